"""The server as an assistant meets it: through the SDK's own client, over both transports, as processes of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx2
import pytest
from mcp import MCPError
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from app.programs.arguments import answer_request
from app.programs.operations import OPERATIONS
from index.answers.answer import ask
from index.generations.snapshot import Snapshot

T = TypeVar("T")
COMMAND = ["-m", "app.cli.main", "mcp"]
# The shorter names are those of the question of FIELD.md, finding 13, asked of the OECD's members alone.
QUESTION = "which OECD countries saw criminality rise by at least 0.2 between 2021 and 2023 and resilience fall by more than 0.3"


def in_a_thread(talk: Callable[[], Awaitable[T]]) -> T:
    """The result of a conversation; in a thread of its own, since a browser that other tests left open has a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, talk).result()


@asynccontextmanager
async def over_stdio(index: Path) -> AsyncIterator[Client]:
    server = StdioServerParameters(command=sys.executable, args=[*COMMAND, "--index", str(index)], env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        yield client


@pytest.fixture(scope="module")
def address(shipped_index: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, *COMMAND, "--http", "--port", str(port), "--index", str(shipped_index)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
        server.terminate()


async def _talk(client: Client) -> dict[str, Any]:
    """What a client can ask for, once each."""
    tools = (await client.list_tools()).tools
    called = {t.name: await client.call_tool(t.name, dict(OPERATIONS[t.name].example)) for t in tools}
    resources = (await client.list_resources()).resources
    return {
        "name": client.server_info.name if client.server_info else "",
        "instructions": client.instructions,
        "tools": tools,
        "called": called,
        "resources": [r.uri for r in resources],
        "templates": [t.uri_template for t in (await client.list_resource_templates()).resource_templates],
        "profile": (await client.read_resource("ocqa://profile/PER/2021")).contents[0].text,
        "prompt": (await client.get_prompt("country_briefing", {"country": "Peru", "edition": "2021"})).messages[0].content.text,
    }


@pytest.fixture(scope="module", params=["stdio", "http"])
def told(request: pytest.FixtureRequest, shipped_index: Path) -> dict[str, Any]:
    async def talk() -> dict[str, Any]:
        if request.param == "stdio":
            async with over_stdio(shipped_index) as client:
                return await _talk(client)
        async with Client(request.getfixturevalue("address")) as client:
            return await _talk(client)

    return in_a_thread(talk)


def test_every_tool_only_reads_and_gives_what_the_engine_gives(told: dict[str, Any], shipped: Snapshot) -> None:
    assert {t.name for t in told["tools"]} == set(OPERATIONS) - {"profile"}
    for tool in told["tools"]:
        result = told["called"][tool.name]
        direct = json.loads(json.dumps(answer_request(shipped, tool.name, OPERATIONS[tool.name].example)))
        assert not result.is_error and result.structured_content == direct
        assert json.loads(result.content[0].text) == direct
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert tool.description and tool.output_schema and tool.input_schema["additionalProperties"] is False


def test_descriptions_of_all_tools_stay_short(told: dict[str, Any]) -> None:
    # About four characters a token: a client pays for them in every conversation.
    assert sum(len(t.description) for t in told["tools"]) < 5_000


def test_profiles_and_the_taxonomy_are_resources(told: dict[str, Any], shipped: Snapshot) -> None:
    profile = json.loads(told["profile"])
    peru = ask(shipped, "criminality score of Peru in 2021").facts[0]
    assert {s["indicator"]: s["value"] for s in profile["scores"]}["criminality"] == peru.value
    assert len(profile["sections"]) == 11 and profile["sections"][0]["passages"][0]["text"]
    assert {"ocqa://profile/PER/2021", "ocqa://taxonomy/groups", "ocqa://definition/flora_crimes"} <= set(told["resources"])
    assert "ocqa://profile/{country}/{edition}" in told["templates"]


def test_the_prompt_says_what_is_loaded_and_to_cite(told: dict[str, Any]) -> None:
    assert "Peru" in told["prompt"] and "2021" in told["prompt"] and "cite the source" in told["prompt"]
    assert "do not" in told["prompt"].casefold()


def test_the_compound_question_is_answered_in_one_call(told: dict[str, Any], shipped: Snapshot) -> None:
    found = told["called"]["filter_countries"].structured_content
    assert {row["country"] for row in found["rows"]} == set(ask(shipped, QUESTION).result.countries)
    assert all(len(figure["sources"]) == 2 for row in found["rows"] for figure in row["figures"])


def test_mistakes_tell_an_assistant_what_to_send(shipped_index: Path) -> None:
    async def talk() -> None:
        async with over_stdio(shipped_index) as client:
            wrong = await client.call_tool("rank", {"indicator": "nonsense"})
            assert wrong.is_error and "cocaine_trade" in wrong.content[0].text
            with pytest.raises(MCPError, match="the tools are ask"):
                await client.call_tool("drop_table", {})
            for uri in ("ocqa://profile/XYZ/2021", "ocqa://nothing", "ocqa://profile/PER/1999"):
                with pytest.raises(MCPError, match="ocqa://"):
                    await client.read_resource(uri)
            for arguments in ({"country": "Atlantis"}, {"country": "Peru", "edition": "soon"}):
                with pytest.raises(MCPError, match="send"):
                    await client.get_prompt("country_briefing", arguments)
            # The connection has outlived all of it.
            assert (await client.call_tool("define", {"indicator": "resilience"})).structured_content["since"] == 2021

    in_a_thread(talk)


def test_without_an_index_a_tool_says_how_to_build_one(tmp_path: Path) -> None:
    async def talk() -> None:
        async with over_stdio(tmp_path / "none") as client:
            assert len((await client.list_tools()).tools) == 9
            result = await client.call_tool("ask", {"question": "cocaine in Peru"})
            assert result.is_error and "ocqa build" in result.content[0].text

    in_a_thread(talk)


def test_another_site_cannot_reach_the_server_through_a_browser(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        sent = headers | {"Accept": "application/json, text/event-stream"}
        assert httpx2.post(address, json=body, headers=sent).status_code in (403, 421)


def test_the_greeting_waits_for_nothing_that_only_answers_need(shipped_index: Path) -> None:
    """The engine is imported after the first answer; what the process has imported by then is what makes it slow."""
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}) + "\n"
    script = (
        "import sys, threading, app.mcp.engine as engine\n"
        "heavy = ('numpy', 'faiss', 'duckdb', 'onnxruntime', 'jsonschema', 'mcp.client.client', 'index.answers.answer')\n"
        "engine.Engine.warm_up = lambda self: print([m for m in heavy if m in sys.modules], file=sys.stderr)\n"
        f"sys.argv = ['ocqa', 'mcp', '--index', {str(shipped_index)!r}]\n"
        "from app.cli.main import command\ncommand()\n"
    )
    # What is compared with is in the process of the engine's module alone, which imports it only when it is called.
    done = subprocess.run(
        [sys.executable, "-c", script], input=line, capture_output=True, text=True, timeout=60, env={**os.environ}
    )
    assert json.loads(done.stdout)["result"]["serverInfo"]["name"] == "ocqa"
    assert done.stderr.strip().splitlines()[-1] == "[]"
