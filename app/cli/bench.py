"""`ocqa bench`: how fast this machine answers and builds, beside a plain baseline; as tables, plots and JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, positive
from app.settings import Settings
from corpus.errors import OcqaError, QuestionError

if TYPE_CHECKING:
    from index.bench.figures import Part, Report

_OUTPUT = "ocqa-bench"


def add_bench_command(commands: Commands, say: Say) -> None:
    """Add `bench` to the commands."""
    parser = add_command(
        commands,
        "bench",
        "measure how fast this machine answers and builds, beside a plain baseline",
        example="--parts cold,warm",
    )
    add_index_flag(parser)
    sources_help = "what is built, in a temporary folder; may be repeated (default: $OCQA_SOURCES, else the shipped corpus)"
    parser.add_argument("--sources", action="append", metavar="DIR", help=sources_help)
    parser.add_argument(
        "--questions",
        nargs="+",
        metavar="SET",
        default=[],
        help="question sets to ask (default: questions made for what is loaded)",
    )
    parser.add_argument(
        "--parts", type=_names, metavar="NAME,...", help="only these parts: cold, build, warm, many, peers, growth"
    )
    parser.add_argument("--sizes", type=_sizes, metavar="N,...", help="numbers of passages for the growth curves")
    parser.add_argument(
        "--output", metavar="FOLDER", default=_OUTPUT, help=f"where tables and plots are written (default: {_OUTPUT})"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=lambda options, settings: run_bench(options, settings, say))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(positive(part) for part in text.split(","))


def run_bench(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Measure, and write the report anew after every part, so that an interruption loses only the part it interrupts."""
    from tempfile import TemporaryDirectory

    from app.reports.bench_text import report_json, report_markdown
    from corpus.sources import shipped_sources
    from index.bench.child import Commands
    from index.bench.figures import Report
    from index.bench.machine import busy_remarks, load, machine_table, this_machine
    from index.bench.run import PARTS, Bench, Effort, run_parts

    names = options.parts or tuple(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        raise QuestionError(f"there is no part {', '.join(unknown)}", f"the parts are {', '.join(PARTS)}")
    effort = replace(Effort(), sizes=options.sizes) if options.sizes else Effort()
    folder = Path(__file__).resolve().parents[2]
    interpreter = (sys.executable, "-m")
    commands = Commands((*interpreter, "app.cli.main"), (*interpreter, "app.screens.headless_visitors"), folder)
    sources = tuple(source.resolve() for source in settings.sources or (shipped_sources(),))
    sets = tuple(Path(name) for name in options.questions)
    machine, before, started = this_machine(), load(), datetime.now(UTC).isoformat(timespec="seconds")
    remarks = busy_remarks(before, machine.cores)
    for remark in remarks:
        say(remark)
    parts: list[Part] = []
    with TemporaryDirectory(prefix="ocqa-bench-") as scratch:
        bench = Bench(settings.index.resolve(), sources, sets, commands, Path(scratch), say, effort)
        # Opens index and questions, so that what is wrong with them is said before anything is measured.
        say(f"{len(bench.asked.text)} text questions, {len(bench.asked.scores)} score questions, {bench.asked.origin}")
        for part in run_parts(bench, names):
            parts.append(part)
            table = machine_table(machine, before, load())
            report = Report(version("ocqa"), started, table, tuple(parts), remarks)
            _write(Path(options.output), _files(report))
        bench.snapshot.close()
    say(f"written: {Path(options.output) / 'bench.md'}, bench.html, bench.json and plots")
    print(report_json(report) if options.json else report_markdown(report), end="")
    return 0


def _files(report: Report) -> Mapping[str, str]:
    """What is written, by name."""
    from app.reports.bench_html import report_html
    from app.reports.bench_plots import plots_of, svg_file
    from app.reports.bench_text import report_json, report_markdown

    files: dict[str, str] = {}
    plots: dict[str, list[tuple[str, str]]] = {}
    for part in report.parts:
        for number, (title, drawing) in enumerate(plots_of(part), start=1):
            name = f"bench-{part.name}-{number}.svg"
            plots.setdefault(part.name, []).append((title, name))
            files[name] = svg_file(drawing)
    return {
        **files,
        "bench.json": report_json(report),
        "bench.md": report_markdown(report, plots),
        "bench.html": report_html(report),
    }


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OcqaError(f"{folder} cannot be written ({error.strerror})", "choose another folder with --output") from error
