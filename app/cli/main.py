"""The `ocqa` command. Data goes to stdout, words go to stderr, the exit code is a promise:

0    done; an honest "the corpus does not say" is done
1    failed: no index, a damaged one, unreadable sources, a build that stopped, problems under --strict, bad lines in a batch
2    a wrong call: unknown flags, or a text that is no question
130  interrupted
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.cli.bench import add_bench_command
from app.cli.build import add_build_commands, run_build, run_history, run_rollback, run_verify
from app.cli.eval_sets import feedback_file, keep_feedback
from app.cli.evaluate import add_eval_command, run_eval
from app.cli.fetch import add_fetch_commands
from app.cli.progress import counter
from app.settings import ADMIN_VARIABLE, FEEDBACK_VARIABLE, INDEX_VARIABLE, Settings, read_settings
from corpus.errors import IndexMissing, OcqaError, QuestionError

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot

# Colours that can be read on each other: AA contrast, faded text included.
_THEME = {
    "light.primaryColor": "#0b5394",
    "light.textColor": "#101418",
    "light.linkColor": "#0b4a8f",
    "dark.primaryColor": "#8ec5ff",
    "dark.linkColor": "#9ecbff",
}
EXAMPLE = "who controls illegal gold mining in Peru"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # The matrix products of a question are too small to share among threads. NumPy reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and quotes hold letters that the encodings of some terminals lack.
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, read_settings(getattr(options, "index", None), getattr(options, "sources", ()) or ())))
    except QuestionError as error:
        return _failed(error, 2)
    except OcqaError as error:
        return _failed(error, 1)
    except KeyboardInterrupt:
        _say("interrupted")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def command() -> NoReturn:
    """The installed command: `main`, and the end of the process."""
    asks = sys.argv[1:2] == ["ask"]
    if asks and "--batch" not in sys.argv:
        # The process ends before garbage matters, and looking for it takes a tenth of its time.
        gc.disable()
    code = main()
    if asks:
        # To let go of all that is open piece by piece takes a tenth of the time of an answer, and nothing is left to be written.
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ocqa",
        description="Ask country profiles on organized crime in plain language.",
        epilog="Exit codes: 0 done, 1 failed, 2 wrong call or no question, 130 interrupted.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index_help = f"the index folder (else ${INDEX_VARIABLE}, else a folder of your user account)"

    ask = commands.add_parser("ask", help="answer a question, or a file of questions")
    ask.add_argument("question", nargs="?", help=f'such as "{EXAMPLE}"')
    ask.add_argument("--json", action="store_true", help="print the whole answer as one JSON object")
    ask.add_argument("--batch", metavar="FILE", help="answer the questions of a JSON Lines file")
    ask.add_argument("--output", metavar="FILE", help="where --batch writes its answers, one JSON object a line")
    ask.add_argument("--limit", type=_positive, default=10, metavar="N", help="at most N passages (10)")
    feedback_help = f"keep in the file ${FEEDBACK_VARIABLE}: right, wrong, or the number of the right passage"
    ask.add_argument("--feedback", type=_opinion, metavar="OPINION", help=feedback_help)
    ask.add_argument("--save", action="store_true", help="keep the question among those that every build compares")
    ask.set_defaults(run=_ask)

    info = commands.add_parser("info", help="say what the index holds")
    info.add_argument("--json", action="store_true", help="print it as JSON")
    info.set_defaults(run=_info)

    made = add_build_commands(commands)
    made["build"].set_defaults(run=lambda options, settings: run_build(options, settings, _say, counter))
    made["history"].set_defaults(run=run_history)
    made["rollback"].set_defaults(run=lambda options, settings: run_rollback(options, settings, _say))
    made["verify"].set_defaults(run=lambda options, settings: run_verify(options, settings, _say))

    page = commands.add_parser("page", help="open the page; builds the index first where there is none or --sources is given")
    page.add_argument("--sources", action="append", metavar="DIR", help="as for build")
    page.add_argument("--port", type=_positive, default=8501, help="the port to listen on (8501)")
    page.add_argument("--admin", action="store_true", help="let visitors of the page put files in and start builds")
    page.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    page.set_defaults(run=_page)

    evals = add_eval_command(commands)
    evals.set_defaults(run=lambda options, settings: run_eval(options, settings, _say, counter))

    add_fetch_commands(commands, _say)
    add_bench_command(commands, _say, index_help)

    for command in (ask, info, page, evals, *made.values()):
        command.add_argument("--index", metavar="DIR", help=index_help)
    return parser


class _Version(argparse.Action):
    """Looked up only when asked for, which takes longer than all the rest of the parser."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(f"ocqa {version('ocqa')}")
        parser.exit()


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value


def _opinion(text: str) -> str:
    if text not in ("right", "wrong") and not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is neither right nor wrong nor the number of a passage")
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
    """Nothing imports this library meanwhile: DuckDB would import pandas at the first bound value, for 0.2 s and no use."""
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
        raise QuestionError("--feedback and --save are about one question", "ask that question without --batch")
    if options.feedback:
        feedback_file(settings)


def _ask_batch(options: argparse.Namespace, snapshot: Snapshot) -> int:
    from app.cli.batch import answer_file

    show = counter("answered")
    report = answer_file(snapshot, Path(options.batch), Path(options.output), lambda n: show(n, None))
    for complaint in report.complaints:
        _say(complaint)
    complained = f"; {len(report.complaints)} lines were no questions" if report.complaints else ""
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


def _page(options: argparse.Namespace, settings: Settings) -> int:
    if options.sources or not _has_index(settings.index):
        _say(f"building the index in {settings.index}")
        build = ["build", "--index", str(settings.index)]
        for folder in settings.sources:
            build += ["--sources", str(folder)]
        if (code := main(build)) != 0:
            return code
    # Streamlit's own process: its watcher trips over torch, and its statistics would leave the machine.
    command = [
        sys.executable, "-m", "streamlit", "run", str(Path(__file__).parents[1] / "page.py"),
        "--server.address", "localhost",
        "--server.port", str(options.port),
        "--server.headless", str(options.no_browser).lower(),
        "--server.showEmailPrompt", "false",
        "--server.fileWatcherType", "none",
        "--browser.gatherUsageStats", "false",
        "--client.toolbarMode", "minimal",
        *(part for name, value in _THEME.items() for part in (f"--theme.{name}", value)),
        "--client.showErrorDetails", "none",
    ]  # fmt: skip
    environment = {
        **os.environ,
        INDEX_VARIABLE: str(settings.index),
        ADMIN_VARIABLE: "1" if options.admin else "",
    }
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    # In the place of this process, so that whoever ends it ends the page.
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def _has_index(index: Path) -> bool:
    from index.generations.folders import current_folder

    try:
        current_folder(index)
    except IndexMissing:
        return False
    return True


def _failed(error: OcqaError, code: int) -> int:
    _say(f"error: {error.message}")
    if error.hint:
        _say(f"hint: {error.hint}")
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    command()
