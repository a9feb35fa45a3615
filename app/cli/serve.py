"""`ocqa serve`: answer other programs over HTTP."""

from __future__ import annotations

import argparse

from app.cli.left_out import left_out
from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, port
from app.settings import HOSTS_VARIABLE, TOKEN_VARIABLE, Settings
from corpus.errors import QuestionError

_PORT = 8600
_ONLY_HERE = ("127.0.0.1", "localhost", "::1")
_RATE_ELSEWHERE = 20.0
_SECONDS_TO_END = 10


def add_serve_command(commands: Commands, say: Say) -> None:
    """Add `ocqa serve`."""
    parser = add_command(commands, "serve", "answer other programs over HTTP, as JSON", example="--port 8600")
    parser.add_argument("--port", type=port, default=_PORT, help=f"the port to listen on (default: {_PORT})")
    parser.add_argument(
        "--host",
        default=_ONLY_HERE[0],
        help=f"the address to listen on (default: this machine only); others need ${TOKEN_VARIABLE}",
    )
    parser.add_argument(
        "--rate",
        type=float,
        metavar="N",
        help=f"requests a second from one address (default: any on this machine, {_RATE_ELSEWHERE:.0f} with another --host)",
    )
    add_index_flag(parser)
    parser.set_defaults(run=lambda options, settings: _run(options, settings, say))


def _run(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    elsewhere = options.host not in _ONLY_HERE
    if elsewhere and not settings.token:
        raise QuestionError(
            f"--host {options.host} would let other machines ask without a token",
            f"set {TOKEN_VARIABLE} to a long random text; programs send it as Authorization: Bearer TOKEN",
        )
    if options.rate is not None and options.rate <= 0:
        raise QuestionError(f"--rate {options.rate} is not above 0", "leave it out for the default")
    import uvicorn

    from app.http.limits import Limits
    from app.http.service import make_service

    limits = Limits(
        hosts=(*Limits().hosts, *settings.hosts, *([options.host] if elsewhere else [])),
        token=settings.token,
        rate=options.rate or (_RATE_ELSEWHERE if elsewhere else None),
    )
    if elsewhere and not settings.hosts:
        say(f"asked for under the name {options.host} only; name others in {HOSTS_VARIABLE}, divided by commas")
    say(f"serving http://{options.host}:{options.port}/openapi.json (end with Ctrl+C)")
    with left_out("pandas"):
        uvicorn.run(
            make_service(settings.index, limits),
            host=options.host,
            port=options.port,
            log_level="warning",
            timeout_graceful_shutdown=_SECONDS_TO_END,
            server_header=False,
        )
    return 0
