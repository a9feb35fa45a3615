"""The first answer of the page: from the start of a fresh server until a visitor has the whole answer."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from index.bench.child import BenchError, Commands


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Seconds from the start of the server until it is up, and until the first answer is complete."""

    up: float
    answered: float


def first_page(commands: Commands, index: Path, question: str) -> FirstPage:
    """Start a server and let a waiting visitor ask. Raises BenchError if no answer comes."""
    port = _free_port()
    visitor = subprocess.Popen(
        [*commands.visitor, str(port), question],
        cwd=commands.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    server: subprocess.Popen[bytes] | None = None
    try:
        assert visitor.stdout is not None
        visitor.stdout.readline()
        start = time.perf_counter()
        server = subprocess.Popen(
            [*commands.ocqa, "page", "--index", str(index), "--port", str(port), "--no-browser"],
            cwd=commands.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        up = _when_said(visitor.stdout.readline(), start, "the page's server did not start")
        return FirstPage(up, _when_said(visitor.stdout.readline(), start, "the page did not answer"))
    finally:
        for process in (visitor, server):
            if process is not None:
                process.terminate()
                process.wait()


def _when_said(line: str, start: float, trouble: str) -> float:
    """The seconds until now. Raises BenchError if the visitor reports a failure."""
    seconds = time.perf_counter() - start
    said = json.loads(line) if line else {"error": ""}
    if said.get("error") is not None:
        raise BenchError(trouble, said["error"])
    return seconds


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
