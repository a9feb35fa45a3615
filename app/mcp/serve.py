"""The two ways to connect: standard input and output of this process, or HTTP on this machine."""

from __future__ import annotations

import gc
from importlib.metadata import version
from pathlib import Path

from app.mcp.quick_sdk import prepare_sdk

# Names of the program under which no other site's page can reach the server through a visitor's browser.
HOST, PATH = "127.0.0.1", "/mcp"


def run_stdio(index: Path) -> None:
    """Serve one client over standard input and output until it closes them. Raises OcqaError where the SDK is not installed."""
    prepare_sdk()
    import anyio
    from mcp.server.stdio import stdio_server

    from app.mcp.engine import Engine
    from app.mcp.server import make_server

    server = make_server(Engine(index), version("ocqa"))
    _collect_from_now()

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def _collect_from_now() -> None:
    """Collect garbage, but do not look through the modules again and again: they stay."""
    gc.freeze()
    gc.enable()


def run_http(index: Path, port: int) -> None:
    """Serve clients over streamable HTTP at http://127.0.0.1:PORT/mcp until interrupted. Raises OcqaError without the SDK."""
    prepare_sdk()
    import uvicorn

    from app.mcp.engine import Engine
    from app.mcp.server import make_server

    server = make_server(Engine(index), version("ocqa"))
    _collect_from_now()
    # The SDK refuses other host names and other origins where the host is this machine.
    app = server.streamable_http_app(streamable_http_path=PATH, json_response=True, host=HOST)
    uvicorn.run(app, host=HOST, port=port, log_level="warning")
