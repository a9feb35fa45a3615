"""Asking through a door: a server of an index, started for the time being, and a function from questions to its answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from typing import Any

from corpus.errors import OcqaError

Respond = Callable[[str], Mapping[str, Any]]
_SECONDS_TO_START = 60
_SECONDS_TO_END = 15


@contextmanager
def through_http(index: Path, passages: int) -> Iterator[Respond]:
    """Ask `ocqa serve`, a process of its own. Raises OcqaError where it does not start or an answer is none."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli.main", "serve", "--port", str(port), "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS_TO_START)
        try:
            _wait(connection, server)

            def respond(text: str) -> Mapping[str, Any]:
                body = json.dumps({"question": text, "passages": passages})
                connection.request("POST", "/ask", body, {"Content-Type": "application/json"})
                answer: dict[str, Any] = json.loads(connection.getresponse().read())
                if "error" in answer:
                    raise OcqaError(f"ocqa serve refused {text[:60]!r}: {answer['error']}", str(answer["hint"]))
                return answer

            yield respond
        finally:
            connection.close()
            server.terminate()
            try:
                server.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                server.kill()


@contextmanager
def through_mcp(index: Path, passages: int) -> Iterator[Respond]:
    """Ask `ocqa mcp` over its standard input and output. Raises OcqaError where the SDK is missing or an answer is none."""
    try:
        from anyio.from_thread import start_blocking_portal
        from mcp.client import Client
        from mcp.client.stdio import StdioServerParameters, stdio_client
    except ImportError as error:
        message = f"the Model Context Protocol's SDK cannot be used ({error})"
        raise OcqaError(message, 'install it: python -m pip install -e ".[mcp]"') from error
    server = StdioServerParameters(command=sys.executable, args=["-m", "app.cli.main", "mcp", "--index", str(index)])
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(server))) as client,
    ):

        def respond(text: str) -> Mapping[str, Any]:
            result = portal.call(client.call_tool, "ask", {"question": text, "passages": passages})
            if result.is_error or not isinstance(result.structured_content, dict):
                raise OcqaError(f"ocqa mcp refused {text[:60]!r}: {result.content}", "ask it directly: ocqa ask")
            return result.structured_content

        yield respond


DOORS: Mapping[str, Callable[[Path, int], Any]] = {"http": through_http, "mcp": through_mcp}


def _wait(connection: HTTPConnection, server: subprocess.Popen[str]) -> None:
    """Wait until the server can answer."""
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            connection.request("GET", "/health")
            response = connection.getresponse()
            told = response.read().decode()
        except OSError:
            connection.close()
            time.sleep(0.05)
            continue
        if response.status == 200:
            return
        raise OcqaError(f"ocqa serve is not ready: {told}", "build the index: ocqa build")
    said = server.stderr.read() if server.stderr is not None and server.poll() is not None else ""
    raise OcqaError(f"ocqa serve did not start within {_SECONDS_TO_START} s {said}".rstrip(), "start it by hand to see why")
