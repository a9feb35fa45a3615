"""The `ocqa` command. Data goes to stdout and messages to stderr; the exit code is part of the interface:

0    success; an honest "the corpus does not say" is a success
1    failure: no index or a damaged one, unreadable sources, a build that stopped, problems under --strict, bad lines in a batch,
     figures asked for with scores, rank, compare or profile of which none is loaded
2    usage error: unknown flags or names, or a text that is not a question
130  interrupted
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from app.cli.progress import counter
from app.cli.shared_arguments import EXAMPLE, Commands, add_command, add_index_flag
from app.cli.terminal import harmless_output
from app.settings import Settings, read_settings
from corpus.errors import OcqaError, QuestionError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # The matrix products of a question are too small to share among threads. NumPy reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and quotes hold letters that the encodings of some terminals lack.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    with harmless_output(sys.stdout, sys.stderr):
        return _run(given)


def _run(given: list[str]) -> int:
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        return int(options.run(options, read_settings(getattr(options, "index", None), getattr(options, "sources", ()) or ())))
    except QuestionError as error:
        return _failed(error, 2)
    except OcqaError as error:
        return _failed(error, 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # nobody foresaw it: said in a line, with the details that a report of the fault needs
        traceback.print_exc()
        return _failed(OcqaError(f"ocqa failed ({type(error).__name__}: {error})", "please report the lines above"), 1)
    except KeyboardInterrupt:
        _say("interrupted")
        return 130


def command() -> NoReturn:
    """The installed command: run `main` and end the process."""
    # Set by a shell that wants to know how the line can go on.
    if "_ARGCOMPLETE" in os.environ:
        from app.cli.completion import complete

        complete(_parser)
    prompt = bool(_PROMPT.intersection(sys.argv[1:2]))
    if prompt and "--batch" not in sys.argv:
        # The process ends before garbage matters, and collecting it would take a tenth of its time.
        gc.disable()
    code = main()
    if prompt:
        # Closing everything piece by piece would take a tenth of the time of an answer, and nothing is left to be written.
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser of this command, or of all where there is no such command: a module is imported only for a command that runs.

    Each sets `run`, which is called with the parsed options and the settings.
    """
    parser = argparse.ArgumentParser(
        prog="ocqa",
        description="Ask country profiles on organized crime in plain language.",
        epilog="exit codes: 0 success, 1 failure, 2 usage error or not a question, 130 interrupted\n"
        f'example: ocqa ask "{EXAMPLE}"',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    adders = dict.fromkeys([_ADDERS[command]] if command in _ADDERS else _ADDERS.values())
    for add in adders:
        add(commands)
    return parser


def _add_ask(commands: Commands) -> None:
    from app.cli.ask import add_ask_command

    add_ask_command(commands, _say)


def _add_tables(commands: Commands) -> None:
    from app.cli.tables import add_table_commands

    add_table_commands(commands, _say)


def _add_info(commands: Commands) -> None:
    info = add_command(commands, "info", "show what the index holds", example="--json")
    info.add_argument("--json", action="store_true", help="print it as JSON")
    add_index_flag(info)
    info.set_defaults(run=_info)


def _add_build(commands: Commands) -> None:
    from app.cli.build import add_build_command

    add_build_command(commands, _say, counter)


def _add_generations(commands: Commands) -> None:
    from app.cli.generations import add_generation_commands

    add_generation_commands(commands, _say)


def _add_page(commands: Commands) -> None:
    from app.cli.page import add_page_command

    add_page_command(commands, _say, main)


def _add_eval(commands: Commands) -> None:
    from app.cli.evaluate import add_eval_command

    add_eval_command(commands, _say, counter)


def _add_fetch(commands: Commands) -> None:
    from app.cli.fetch import add_fetch_commands

    add_fetch_commands(commands, _say, main)


def _add_export(commands: Commands) -> None:
    from app.cli.export import add_export_command

    add_export_command(commands, _say)


def _add_mcp(commands: Commands) -> None:
    from app.cli.mcp import add_mcp_command

    add_mcp_command(commands, _say)


def _add_serve(commands: Commands) -> None:
    from app.cli.serve import add_serve_command

    add_serve_command(commands, _say)


def _add_completion(commands: Commands) -> None:
    from app.cli.completion import add_completion_command

    add_completion_command(commands)


def _add_bench(commands: Commands) -> None:
    from app.cli.bench import add_bench_command

    add_bench_command(commands, _say)


# Each command and what adds it, in the order of the help.
_ADDERS: dict[str, Callable[[Commands], None]] = {
    "ask": _add_ask,
    "scores": _add_tables,
    "rank": _add_tables,
    "compare": _add_tables,
    "profile": _add_tables,
    "info": _add_info,
    "build": _add_build,
    "history": _add_generations,
    "rollback": _add_generations,
    "verify": _add_generations,
    "page": _add_page,
    "eval": _add_eval,
    "fetch": _add_fetch,
    "import": _add_fetch,
    "export": _add_export,
    "mcp": _add_mcp,
    "serve": _add_serve,
    "bench": _add_bench,
    "completion": _add_completion,
}
# Commands that answer and end: nothing of them is left to be put in order.
_PROMPT = {"ask", "scores", "rank", "compare", "profile"}


class _Version(argparse.Action):
    """Looked up only when asked for: that takes longer than the rest of the parser together."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"ocqa {version('ocqa')}")
        parser.exit()


def _info(options: argparse.Namespace, settings: Settings) -> int:
    from app.reports.getting_pages import ways_to_get_pages
    from app.reports.index_text import overview, overview_text
    from index.generations.snapshot import open_snapshot

    snapshot = open_snapshot(settings.index)
    shown = overview(snapshot)
    ways = ways_to_get_pages(snapshot.text_editions, snapshot.taxonomy, settings.index_elsewhere)
    if options.json:
        print(json.dumps(shown, ensure_ascii=False, indent=1), end="")
    else:
        print(overview_text(shown), end="")
        if ways is not None:
            print("\n".join([ways.words, *(f"  {what}: {command}" for what, command in ways.commands)]))
    return 0


def _failed(error: OcqaError, code: int) -> int:
    _say(f"error: {error.message}")
    if error.hint:
        _say(f"hint: {error.hint}")
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    command()
