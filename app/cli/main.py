"""The `ocqa` command. Data goes to stdout and messages to stderr; the exit code is part of the interface:

0    success; an honest "the corpus does not say" is a success
1    failure: no index or a damaged one, unreadable sources, a build that stopped, problems under --strict, bad lines in a batch
2    usage error: unknown flags, or a text that is not a question
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.cli.arguments import Commands, add_command, add_index_flag, positive
from app.cli.bench import add_bench_command
from app.cli.build import add_build_command
from app.cli.eval_sets import feedback_file, keep_feedback
from app.cli.evaluate import add_eval_command
from app.cli.fetch import add_fetch_commands
from app.cli.generations import add_generation_commands
from app.cli.page import add_page_command
from app.cli.progress import counter
from app.settings import FEEDBACK_VARIABLE, Settings, read_settings
from corpus.errors import OcqaError, QuestionError

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot

EXAMPLE = "who controls illegal gold mining in Peru"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # The matrix products of a question are too small to share among threads. NumPy reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and quotes hold letters that the encodings of some terminals lack.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
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
    asks = sys.argv[1:2] == ["ask"]
    if asks and "--batch" not in sys.argv:
        # The process ends before garbage matters, and collecting it would take a tenth of its time.
        gc.disable()
    code = main()
    if asks:
        # Closing everything piece by piece would take a tenth of the time of an answer, and nothing is left to be written.
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    """All commands; each sets `run`, which is called with the parsed options and the settings."""
    parser = argparse.ArgumentParser(
        prog="ocqa",
        description="Ask country profiles on organized crime in plain language.",
        epilog="exit codes: 0 success, 1 failure, 2 usage error or not a question, 130 interrupted\n"
        f'example: ocqa ask "{EXAMPLE}"',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ask_command(commands)
    info = add_command(commands, "info", "show what the index holds", example="--json")
    info.add_argument("--json", action="store_true", help="print it as JSON")
    add_index_flag(info)
    info.set_defaults(run=_info)
    add_build_command(commands, _say, counter)
    add_generation_commands(commands, _say)
    add_page_command(commands, _say, main)
    add_eval_command(commands, _say, counter)
    add_fetch_commands(commands, _say)
    add_bench_command(commands, _say)
    return parser


def _add_ask_command(commands: Commands) -> None:
    ask = add_command(commands, "ask", "answer a question, or a file of questions", example=f'"{EXAMPLE}"')
    ask.add_argument("question", nargs="?", help=f'such as "{EXAMPLE}"')
    ask.add_argument("--json", action="store_true", help="print the whole answer as one JSON object")
    ask.add_argument("--batch", metavar="FILE", help="answer the questions in a JSON Lines file")
    ask.add_argument("--output", metavar="FILE", help="where --batch writes its answers, one JSON object per line")
    ask.add_argument("--limit", type=positive, default=10, metavar="N", help="list at most N passages (default: 10)")
    feedback_help = f"record your opinion in the file ${FEEDBACK_VARIABLE}: right, wrong, or the number of the right passage"
    ask.add_argument("--feedback", type=_opinion, metavar="OPINION", help=feedback_help)
    ask.add_argument("--save", action="store_true", help="save the question; every build then compares its answers")
    add_index_flag(ask)
    ask.set_defaults(run=_ask)


class _Version(argparse.Action):
    """Looked up only when asked for: that takes longer than the rest of the parser together."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"ocqa {version('ocqa')}")
        parser.exit()


def _opinion(text: str) -> str:
    if text not in ("right", "wrong") and not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not right, wrong or the number of a passage")
    return text


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    _check_call(options, settings)
    with _without("pandas"):
        from index.answers.early_encoder import early_encoder

        ahead = None if options.batch else early_encoder(settings.index, options.question)
        from index.generations.snapshot import open_snapshot  # reads much of the program, while the encoder opens

        snapshot = open_snapshot(settings.index)
        if ahead is not None:
            snapshot = ahead.given_to(snapshot)
        if snapshot.warning:
            _say(f"warning: {snapshot.warning}")
        return _ask_batch(options, snapshot) if options.batch else _ask_one(options, settings, snapshot)


@contextmanager
def _without(library: str) -> Iterator[None]:
    """Keep this library from being imported: DuckDB would import pandas at the first bound value, 0.2 s for nothing."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[library]


def _check_call(options: argparse.Namespace, settings: Settings) -> None:
    if bool(options.batch) == (options.question is not None):
        raise QuestionError("give either a question or --batch FILE", f'for example: ocqa ask "{EXAMPLE}"')
    if bool(options.batch) != bool(options.output):
        raise QuestionError("--batch and --output go together", "ocqa ask --batch QUESTIONS.jsonl --output ANSWERS.jsonl")
    if options.batch and (options.feedback or options.save):
        raise QuestionError("--feedback and --save apply to a single question", "ask that question without --batch")
    if options.feedback:
        feedback_file(settings)


def _ask_batch(options: argparse.Namespace, snapshot: Snapshot) -> int:
    from app.cli.batch import answer_file

    show = counter("answered")
    report = answer_file(snapshot, Path(options.batch), Path(options.output), lambda n: show(n, None))
    for complaint in report.complaints:
        _say(complaint)
    complained = f"; {len(report.complaints)} of them say what was wrong with their line" if report.complaints else ""
    _say(f"{report.lines} answers written to {options.output}{complained}")
    return 1 if report.complaints else 0


def _ask_one(options: argparse.Namespace, settings: Settings, snapshot: Snapshot) -> int:
    from app.reports.answer_text import as_text
    from index.answers.answer import ask

    answer = ask(snapshot, options.question, limit=options.limit)
    if options.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1))
    else:
        print(as_text(answer, snapshot.taxonomy, color=sys.stdout.isatty()), end="")
    if options.feedback:
        keep_feedback(answer.to_dict(), options.feedback, settings, _say)
    if options.save:
        from index.evals.drift import SAVED, save_question

        path = settings.index / SAVED
        _say(f"kept in {path}" if save_question(path, options.question) else f"{path} has this question already")
    return 0


def _info(options: argparse.Namespace, settings: Settings) -> int:
    from app.reports.index_text import overview, overview_text
    from index.generations.snapshot import open_snapshot

    shown = overview(open_snapshot(settings.index))
    print(json.dumps(shown, ensure_ascii=False, indent=1) if options.json else overview_text(shown), end="")
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
