"""`ocqa eval`: measure, compare, decide. Reads and writes files and prints; all measuring is in `index.evals`.

Exit codes are those of `ocqa`, and 1 also where a result does not pass the gate or a set has errors.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.eval_sets import convert_set, lint_sets, review_feedback
from app.cli.progress import Counter, Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, add_strictness_flag
from app.reports.amounts import counted
from app.settings import Settings
from corpus.errors import OcqaError, QuestionError

if TYPE_CHECKING:
    from index.builder.build import Approve
    from index.encoders.protocol import QuestionEncoder
    from index.evals.ablate import Configuration
    from index.evals.compare import Comparison
    from index.evals.result_file import Result, SetRecord
    from index.evals.run import Respond
    from index.evals.sets import Case
    from index.generations.manifest import Manifest
    from index.generations.snapshot import Snapshot


def add_eval_command(commands: Commands, say: Say, counter: Counter) -> None:
    """Add `eval` to the commands; README.md has a table of its flags."""
    parser = add_command(
        commands,
        "eval",
        "measure the index on question sets, and compare results",
        example="tests/data/peru_dev.jsonl --report report.html",
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help="question sets (JSON Lines)")
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON, to be saved and compared")
    parser.add_argument("--run", dest="run_file", metavar="FILE", help="write the retrieved passages as a TREC run")
    parser.add_argument("--report", metavar="FILE", help="write a self-contained HTML page with every failure")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--compare", nargs=2, metavar=("A", "B"), help="compare two saved results, index folders or search configurations"
    )
    what.add_argument("--ablate", action="store_true", help="search with parts left out, to show what each contributes")
    what.add_argument(
        "--model",
        action="append",
        metavar="NAME",
        help="compare with another embedding model: a folder or a name; may be repeated",
    )
    what.add_argument("--lint", action="store_true", help="check the question sets themselves; exit 1 if one has errors")
    what.add_argument(
        "--convert",
        nargs=2,
        metavar=("FROM", "TO"),
        help="convert between JSON Lines (.jsonl), a BEIR folder and TREC qrels (.qrels)",
    )
    what.add_argument("--from-feedback", metavar="FILE", help="review feedback and print the question set it makes")
    parser.add_argument("--yes", action="store_true", help="with --from-feedback: keep everything without asking")
    what.add_argument(
        "--gate", metavar="BASELINE", help="exit 1 if a measure falls significantly against this saved result, or below its floor"
    )
    parser.add_argument("--through", choices=("http", "mcp"), help="ask through ocqa serve or ocqa mcp, started for this")
    add_strictness_flag(parser)
    add_index_flag(parser)
    parser.set_defaults(run=lambda options, settings: run_eval(options, settings, say, counter))


def run_eval(options: argparse.Namespace, settings: Settings, say: Say, counter: Counter) -> int:
    """Do what the flags say and return the exit code."""
    command = _Command(options, settings, say, counter)
    other = any((options.compare, options.ablate, options.model, options.lint, options.convert, options.from_feedback))
    if other and (options.run_file or options.report):
        raise QuestionError(
            "--run and --report need a set to be measured", "leave out the other flags: ocqa eval SET --report FILE"
        )
    if options.from_feedback:
        return review_feedback(Path(options.from_feedback), settings, say, keep_all=options.yes)
    if options.convert:
        source, target = map(Path, options.convert)
        return convert_set(source, target, [Path(name) for name in options.sets], settings, say)
    if options.lint:
        return lint_sets(command.set_paths(), settings, say, as_json=options.json)
    if options.compare:
        return command.compare()
    if options.ablate:
        return command.ablate()
    if options.model:
        return command.models()
    return command.measure()


def passes(baseline: Result, result: Result, say: Say) -> bool:
    """Whether a result passes against a baseline; names every measure that fell."""
    from index.evals.gate import check_gate

    report = check_gate(baseline, result)
    if report.left_out:
        say(f"{counted(len(report.left_out), 'question')} not compared: not in both results, or labelled differently")
    for regression in report.regressions:
        say(f"gate: {regression}")
    say(f"gate: {'passed' if report.passed else 'not passed'}, {counted(report.cases, 'question')} compared")
    return report.passed


def gate_of_build(options: argparse.Namespace, say: Say, counter: Counter) -> Callable[[QuestionEncoder], Approve] | None:
    """What a build must pass before it is published, given the encoder it is built with; None if no gate was asked for.

    Sets and baseline are read at once, so that a mistaken call does not cost a build. Raises QuestionError if one is missing.
    """
    from index.evals.evaluate import evaluate
    from index.evals.result_file import read_result, set_record
    from index.evals.sets import read_sets
    from index.generations.snapshot import open_generation

    if not options.gate and not options.questions:
        return None
    if not options.gate or not options.questions:
        raise QuestionError("--gate and --questions go together", "ocqa build --gate BASELINE.json --questions SET.jsonl")
    paths = [Path(name) for name in options.questions]
    baseline, cases = read_result(Path(options.gate)), read_sets(paths)

    def approve(encoder: QuestionEncoder, folder: Path, manifest: Manifest) -> None:
        snapshot = open_generation(folder, manifest, lambda spec: encoder)
        try:
            result = evaluate(snapshot, cases, [set_record(p) for p in paths], progress=counter("questions asked"))
        finally:
            snapshot.close()
        if not passes(baseline, result, say):
            raise OcqaError("the build did not pass the gate; the published index is unchanged", "see above which measures fell")

    return lambda encoder: partial(approve, encoder)


class _Command:
    """One call of `ocqa eval` and its flags."""

    def __init__(self, options: argparse.Namespace, settings: Settings, say: Say, counter: Counter) -> None:
        self._options = options
        self._settings = settings
        self._say = say
        self._counter = counter

    def measure(self) -> int:
        """Evaluate the sets on the index, write what was asked for, and check the gate."""
        from app.reports.eval_text import result_text
        from index.evals.measures import trec_run
        from index.evals.result_file import read_result, to_json
        from index.generations.snapshot import open_snapshot

        baseline = read_result(Path(self._options.gate)) if self._options.gate else None
        cases = self._cases()
        snapshot = replace(open_snapshot(self._settings.index), strictness=self._options.strictness)
        with self._door() as respond:
            result = self._evaluate(snapshot, cases, respond)
        self._keep(result)
        if self._options.run_file:
            self._write(self._options.run_file, trec_run((s.case.id, s.places) for s in result.scored))
        if self._options.report:
            from app.reports.eval_html import report_html

            self._write(self._options.report, report_html(result, {p.id: p for p in snapshot.passages}))
        print(to_json(result) if self._options.json else result_text(result), end="")
        return 0 if baseline is None or passes(baseline, result, self._say) else 1

    def compare(self) -> int:
        """Compare two results, each read or measured now; where one is a search alone, by the measures of a search."""
        from index.evals.ablate import SEARCH_MEASURES, configurations
        from index.evals.compare import compare

        names = self._options.compare
        searched = any(name in configurations() and not Path(name).exists() for name in names)
        before, after = (self._result_named(name) for name in names)
        self._show([compare(before, after, SEARCH_MEASURES if searched else None)])
        return 0

    def ablate(self) -> int:
        """Measure the search with parts left out."""
        from app.reports.eval_text import ablation_json, ablation_text
        from index.evals.ablate import ablate, remembering
        from index.generations.snapshot import open_snapshot

        snapshot = remembering(open_snapshot(self._settings.index))
        earned = ablate(lambda configuration: self._search(snapshot, configuration))
        print(ablation_json(earned) if self._options.json else ablation_text(earned), end="")
        return 0

    def models(self) -> int:
        """Compare the index with the same passages under other embedding models."""
        from index.encoders.sentence_transformer import open_encoder
        from index.evals.compare import compare
        from index.evals.models import with_model
        from index.generations.snapshot import open_snapshot

        cases, snapshot = self._cases(), open_snapshot(self._settings.index)
        others = [(name, open_encoder(name)) for name in self._options.model]
        before, found = self._evaluate(snapshot, cases), []
        for name, encoder in others:
            counters = {what: self._counter(f"{what} embedded with {Path(name).name}") for what in ("passages", "sentences")}
            found.append(compare(before, self._evaluate(with_model(snapshot, encoder, counters), cases)))
        self._show(found)
        return 0

    def _show(self, comparisons: Sequence[Comparison]) -> None:
        from app.reports.eval_text import comparison_json, comparison_text

        show = comparison_json if self._options.json else comparison_text
        print("\n".join(map(show, comparisons)), end="")

    def _search(self, snapshot: Snapshot, configuration: Configuration) -> Result:
        from index.evals.ablate import searchable, searching
        from index.evals.evaluate import evaluate

        return evaluate(
            snapshot,
            searchable(self._cases()),
            self._set_records(),
            respond=searching(snapshot, configuration),
            configuration=configuration.name,
            progress=self._counter(f"questions searched, {configuration.name}"),
        )

    def _result_named(self, name: str) -> Result:
        from index.evals.ablate import configurations
        from index.evals.result_file import read_result
        from index.generations.snapshot import open_snapshot

        path = Path(name)
        if path.is_file():
            return read_result(path)
        if path.is_dir():
            return self._evaluate(open_snapshot(path), self._cases())
        if name in configurations():
            return self._search(open_snapshot(self._settings.index), configurations()[name])
        raise OcqaError(
            f"{name!r} is neither a saved result nor an index folder nor a configuration",
            f"save a result with ocqa eval SET --json; the configurations are {', '.join(configurations())}",
        )

    def _evaluate(self, snapshot: Snapshot, cases: Sequence[Case], respond: Respond | None = None) -> Result:
        from index.evals.evaluate import evaluate

        return evaluate(snapshot, cases, self._set_records(), respond=respond, progress=self._counter("questions asked"))

    def _door(self) -> AbstractContextManager[Respond | None]:
        """What asks the questions: the server named, or None for this process."""
        from app.cli.doors import DOORS
        from index.evals.run import DEPTH

        if self._options.through is None:
            return nullcontext()
        if self._options.strictness is not None:
            raise QuestionError("a server has the strictness of its index", "leave out --strictness or --through")
        door: AbstractContextManager[Respond] = DOORS[self._options.through](self._settings.index, DEPTH)
        return door

    def _set_records(self) -> list[SetRecord]:
        from index.evals.result_file import set_record

        return [set_record(path) for path in self.set_paths()]

    def _cases(self) -> tuple[Case, ...]:
        from index.evals.sets import read_sets

        return read_sets(self.set_paths())

    def set_paths(self) -> list[Path]:
        """The sets that were named. Raises QuestionError if there are none."""
        if not self._options.sets:
            raise QuestionError("no question set was given", "ocqa eval SET.jsonl, with one question and its labels per line")
        return [Path(name) for name in self._options.sets]

    def _keep(self, result: Result) -> None:
        """Keep the result in the index folder for the page; a read-only index can still be measured."""
        from index.evals.result_file import LATEST, to_json

        path = self._settings.index / LATEST
        temporary = path.with_suffix(f".{os.getpid()}")
        try:
            temporary.write_text(to_json(result), encoding="utf-8")
            temporary.replace(path)
        except OSError as error:
            self._say(f"the page will not show this result: {path} cannot be written ({error.strerror})")

    def _write(self, name: str, text: str) -> None:
        try:
            Path(name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise OcqaError(f"{name} cannot be written ({error.strerror})", "choose another file") from error
        self._say(f"written: {name}")
