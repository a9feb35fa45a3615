"""`ocqa import`: saved files and folders of them are taken in file by file, and each different fault is said once."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.next_build import Run, build_after, command_words
from app.cli.progress import Say
from app.settings import Settings
from corpus.errors import OcqaError, QuestionError, SourceError
from corpus.records import Problem, Severity

if TYPE_CHECKING:
    from corpus.intake import Taken
    from corpus.taxonomy import Taxonomy


@dataclass
class _Report:
    """What became of each file so far; files of a folder go by their path."""

    items: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)

    def refused(self, name: str, error: SourceError) -> None:
        self.problems.append(Problem(name, error.place, error.message, error.hint, Severity.ERROR))
        self.items.append({"given": name, "outcome": "refused", "reason": error.message, "hint": error.hint})

    def taken(self, name: str, taken: Taken, taxonomy: Taxonomy) -> None:
        self.fresh.add(taken.file)
        self.problems += taken.holds.problems
        self.items.append(_taken_as_json(name, taken))
        self.lines.append(_taken_line(name, taken, taxonomy))


def run_import(options: argparse.Namespace, settings: Settings, sources: Path, say: Say, build: Run) -> int:
    """Take the files in, report, and build if asked to; 1 if one was refused."""
    from app.reports.problem_lines import problem_lines
    from corpus.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    if options.edition is not None and options.edition not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        raise QuestionError(f"{options.edition} is not an edition of the Index", f"the editions are {known}")
    report = _Report()
    for given in options.files:
        _take(given, sources, options, report, taxonomy)
    for line in problem_lines(report.problems):
        say(line)
    if report.passed_over:
        endings = ", ".join(sorted({path.suffix or "no extension" for path in report.passed_over}))
        say(f"left out: {len(report.passed_over)} files that are no page, workbook or table ({endings})")
    failed = sum(item["outcome"] == "refused" for item in report.items)
    following = build_after(settings, sources)
    some = failed < len(report.items)
    if options.json:
        shown = {"sources": str(sources), "items": report.items, "next": command_words(following)}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print("\n".join([*report.lines, *([f"next: {command_words(following)}"] if some and not options.build else [])]))
    built = build(following) if some and options.build else 0
    return max(built, int(failed > 0))


def _take(given: str, sources: Path, options: argparse.Namespace, report: _Report, taxonomy: Taxonomy) -> None:
    from corpus.intake import expand, take_in
    from corpus.sources import unforeseen

    start = Path(given).expanduser()
    try:
        expanded = expand(start)
    except SourceError as error:
        report.refused(given, error)
        return
    report.passed_over += expanded.passed_over
    for path in expanded.files:
        name = given if path == start else str(path)
        try:
            taken = take_in(path, sources, taxonomy, options.edition, replace=options.replace, fresh=report.fresh)
        except SourceError as error:
            report.refused(name, error)
        except OcqaError:
            raise
        except Exception as error:  # nobody foresaw it; the other files are taken in all the same
            fault = unforeseen(name, error)
            report.refused(name, SourceError(fault.message, fault.hint))
        else:
            report.taken(name, taken, taxonomy)


def _taken_line(name: str, taken: Taken, taxonomy: Taxonomy) -> str:
    from corpus.recognise import described, workbook_known

    known = workbook_known(taken.holds.kind, taken.sha256)
    return f"{name}: {taken.outcome} as {taken.file}; {described(taken.holds, taxonomy)}" + (f"; {known}" if known else "")


def _taken_as_json(name: str, taken: Taken) -> dict[str, Any]:
    from corpus.recognise import workbook_known

    holds = taken.holds
    return {
        "given": name,
        "outcome": taken.outcome,
        "file": taken.file,
        "sha256": taken.sha256,
        "kind": holds.kind,
        "countries": holds.countries,
        "editions": holds.editions,
        "paragraphs": len(holds.paragraphs),
        "scores": len(holds.scores),
        "known": workbook_known(holds.kind, taken.sha256),
        "problems": [str(problem) for problem in holds.problems],
    }
