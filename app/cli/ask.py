"""`ocqa ask`: a question, or a file of questions, to answers."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.left_out import left_out
from app.cli.progress import Say, counter
from app.cli.shared_arguments import EXAMPLE, Commands, add_command, add_index_flag, add_strictness_flag, positive
from app.settings import FEEDBACK_VARIABLE, Settings
from corpus.errors import QuestionError

if TYPE_CHECKING:
    from corpus.taxonomy import Taxonomy
    from index.contract.answer_object import Answer
    from index.generations.snapshot import Snapshot

_TEXT, _JSON, _MARKDOWN, _CSV = _FORMATS = ("text", "json", "markdown", "csv")


def add_ask_command(commands: Commands, say: Say) -> None:
    """Add `ocqa ask`, which answers a question or a file of questions."""
    ask = add_command(commands, "ask", "answer a question, or a file of questions", example=f'"{EXAMPLE}"')
    ask.add_argument("question", nargs="?", help=f'such as "{EXAMPLE}"')
    ask.add_argument("--format", choices=_FORMATS, default=_TEXT, help=f"how to print the answer (default: {_TEXT})")
    ask.add_argument("--json", dest="format", action="store_const", const=_JSON, help=f"the same as --format {_JSON}")
    ask.add_argument("--batch", metavar="FILE", help="answer the questions in a JSON Lines file")
    ask.add_argument("--output", metavar="FILE", help="where --batch writes its answers, one JSON object per line")
    ask.add_argument("--limit", type=positive, default=10, metavar="N", help="list at most N passages (default: 10)")
    feedback_help = f"record your opinion in the file ${FEEDBACK_VARIABLE}: right, wrong, or the number of the right passage"
    ask.add_argument("--feedback", type=_opinion, metavar="OPINION", help=feedback_help)
    ask.add_argument("--save", action="store_true", help="save the question; every build then compares its answers")
    add_strictness_flag(ask)
    add_index_flag(ask)
    ask.set_defaults(run=lambda options, settings: _ask(options, settings, say))


def _opinion(text: str) -> str:
    if text not in ("right", "wrong") and not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not right, wrong or the number of a passage")
    return text


def _ask(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    _check_call(options, settings)
    with left_out("pandas"):
        from index.answers.early_encoder import early_encoder

        ahead = None if options.batch else early_encoder(settings.index, options.question)
        from index.generations.snapshot import open_snapshot  # reads much of the program, while the encoder opens

        snapshot = replace(open_snapshot(settings.index), strictness=options.strictness)
        if ahead is not None:
            snapshot = ahead.given_to(snapshot)
        if snapshot.warning:
            say(f"warning: {snapshot.warning}")
        return _ask_batch(options, snapshot, say) if options.batch else _ask_one(options, settings, snapshot, say)


def _check_call(options: argparse.Namespace, settings: Settings) -> None:
    if bool(options.batch) == (options.question is not None):
        raise QuestionError("give either a question or --batch FILE", f'for example: ocqa ask "{EXAMPLE}"')
    if bool(options.batch) != bool(options.output):
        raise QuestionError("--batch and --output go together", "ocqa ask --batch QUESTIONS.jsonl --output ANSWERS.jsonl")
    if options.batch and (options.feedback or options.save):
        raise QuestionError("--feedback and --save apply to a single question", "ask that question without --batch")
    if options.batch and options.format not in (_TEXT, _JSON):
        raise QuestionError(f"--batch writes JSON Lines, not {options.format}", "leave out --format")
    if options.feedback:
        from app.cli.eval_sets import feedback_file

        feedback_file(settings)


def _ask_batch(options: argparse.Namespace, snapshot: Snapshot, say: Say) -> int:
    from app.cli.batch import answer_file

    show = counter("answered")
    report = answer_file(snapshot, Path(options.batch), Path(options.output), lambda n: show(n, None))
    for complaint in report.complaints:
        say(complaint)
    complained = f"; {len(report.complaints)} of them say what was wrong with their line" if report.complaints else ""
    say(f"{report.lines} answers written to {options.output}{complained}")
    return 1 if report.complaints else 0


def _ask_one(options: argparse.Namespace, settings: Settings, snapshot: Snapshot, say: Say) -> int:
    from index.answers.answer import ask

    answer = ask(snapshot, options.question, limit=options.limit)
    if options.format == _JSON:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1))
    elif options.format == _TEXT:
        _print_text(answer, settings, snapshot)
    else:
        _print_file(answer, options.format, snapshot.taxonomy, say)
    if options.feedback:
        from app.cli.eval_sets import keep_feedback

        keep_feedback(answer.to_dict(), options.feedback, settings, say)
    if options.save:
        from index.evals.drift import SAVED, save_question

        path = settings.index / SAVED
        say(f"kept in {path}" if save_question(path, options.question) else f"{path} has this question already")
    return 0


def _print_text(answer: Answer, settings: Settings, snapshot: Snapshot) -> None:
    from app.reports.answer_text import as_text
    from app.reports.getting_pages import pages_missing

    print(as_text(answer, snapshot.taxonomy, color=sys.stdout.isatty()), end="")
    missing = pages_missing(answer, snapshot.text_editions, snapshot.taxonomy)
    if missing is not None:
        command = missing.command(snapshot.taxonomy, settings.index_elsewhere)
        print(f"\n{missing.words(snapshot.taxonomy)}\n  {command}")


def _print_file(answer: Answer, format: str, taxonomy: Taxonomy, say: Say) -> None:
    """The answer as the page's download has it."""
    from app.content.answer_files import as_markdown, table_rows
    from app.content.table_files import csv_text

    if format == _MARKDOWN:
        print(as_markdown(answer, taxonomy), end="")
        return
    print(csv_text(table_rows(answer, taxonomy)), end="")
    # Rows alone do not tell whether they answer the question or are the nearest that was found.
    for line in (answer.answer, *answer.notes):
        say(line)
