"""`ocqa mcp`: serve assistants over the Model Context Protocol."""

from __future__ import annotations

import argparse
import gc

from app.cli.left_out import left_out
from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, port
from app.settings import Settings

_PORT = 8765


def add_mcp_command(commands: Commands, say: Say) -> None:
    """Add `ocqa mcp`."""
    parser = add_command(commands, "mcp", "serve an assistant over the Model Context Protocol", example="--http --port 8765")
    parser.add_argument("--http", action="store_true", help="over HTTP on this machine, instead of standard input and output")
    parser.add_argument("--port", type=port, default=_PORT, help=f"with --http: the port to listen on (default: {_PORT})")
    add_index_flag(parser)
    parser.set_defaults(run=lambda options, settings: _run(options, settings, say))


def _run(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    # A fifth of the time until the first answer would go into looking for garbage among modules. Serving enables it again.
    gc.disable()
    from app.mcp.serve import HOST, PATH, run_http, run_stdio

    with left_out("pandas"):
        if options.http:
            say(f"serving http://{HOST}:{options.port}{PATH} (end with Ctrl+C)")
            run_http(settings.index, options.port)
        else:
            run_stdio(settings.index)
    return 0
