"""The first answer of fresh processes, compared with the baseline, and what a cold start imports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from index.bench.child import Commands, seconds_of, words_of
from index.bench.figures import Bar, Bars, Cell, Part, Spread, Table, Told, ratio
from index.bench.first_page import first_page

PLAIN = "baseline, text question"
ANSWERED = "page, first answer"
_UP = "page, server is up"
_STANDARD = "standard library"
_SHOWN = 14
_IMPORT_RUNS = 3


@dataclass(frozen=True, slots=True)
class Start:
    """Something to start afresh; `run` returns the seconds measured, by name."""

    run: Callable[[], Mapping[str, float]]


def starts_of(commands: Commands, index: Path, text: str, scores: str, plain: Path) -> tuple[Start, ...]:
    """What to start cold: help, a question of each kind, the page, and the baseline that was saved in `plain`."""

    def command(name: str, *line: str) -> Start:
        return Start(lambda: {name: seconds_of(line, commands.folder)})

    def page() -> Mapping[str, float]:
        found = first_page(commands, index, text)
        return {_UP: found.up, ANSWERED: found.answered}

    at = ("--index", str(index))
    return (
        command("ocqa --help", *commands.ocqa, "--help"),
        command("ocqa ask, score question", *commands.ocqa, "ask", scores, *at),
        command("ocqa ask, text question", *commands.ocqa, "ask", text, *at),
        command(PLAIN, sys.executable, "-m", "index.bench.baseline", str(plain), text),
        Start(page),
    )


def measure_starts(starts: Sequence[Start], runs: int, told: Told) -> dict[str, tuple[float, ...]]:
    """Seconds by name, in turn, so that other load on the machine affects all alike; each is run once before, unmeasured."""
    for start in starts:
        start.run()
    found: dict[str, list[float]] = {}
    for number in range(runs):
        told(f"cold start {number + 1} of {runs}")
        for start in starts:
            for name, seconds in start.run().items():
                found.setdefault(name, []).append(seconds)
    return {name: tuple(seconds) for name, seconds in found.items()}


def measure_imports(commands: Commands, index: Path, questions: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Import seconds by package for each question, medians of a few processes."""
    interpreter, *rest = commands.ocqa
    found = {}
    for name, question in questions.items():
        line = [interpreter, "-X", "importtime", *rest, "ask", question, "--index", str(index)]
        runs = [imports_of(words_of(line, commands.folder)) for _ in range(_IMPORT_RUNS)]
        packages = sorted({package for run in runs for package in run})
        found[name] = {package: median(run.get(package, 0.0) for run in runs) for package in packages}
    return found


def imports_of(words: str) -> dict[str, float]:
    """Seconds by top-level package from `python -X importtime`: each module's own time, without its imports."""
    seconds: dict[str, float] = {}
    for line in words.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        if not line.startswith("import time:") or not own.strip().isdigit():
            continue
        module = rest.partition("|")[2].strip().partition(".")[0]
        package = _STANDARD if module in sys.stdlib_module_names else module
        seconds[package] = seconds.get(package, 0.0) + int(own) / 1e6
    return seconds


def cold_part(starts: Mapping[str, Sequence[float]], imports: Mapping[str, Mapping[str, float]]) -> Part:
    """The figures of fresh processes; ratios to the baseline of the same run."""
    spreads = {name: Spread.of(seconds) for name, seconds in starts.items()}
    plain = spreads[PLAIN].median if PLAIN in spreads else None
    rows: list[tuple[Cell, ...]] = [
        (name, s.median, ratio(s.median, plain), s.least, s.most, s.count) for name, s in spreads.items()
    ]
    head = ("fresh process", "median, s", "ratio to the baseline", "fastest, s", "slowest, s", "runs")
    return Part(
        name="cold",
        title="Cold: a fresh process",
        tables=(Table("From the start of a process to its end", head, tuple(rows)), *_import_tables(imports)),
        bars=(Bars("Fresh process, median", "s", tuple(Bar(n, s.median, reference=n == PLAIN) for n, s in spreads.items())),),
        remarks=(
            "Files are in the page cache: each process is started once before, unmeasured.",
            "The baseline imports sentence-transformers and faiss, opens the model and the stored vectors, encodes the "
            "question, searches and prints one text. It has no scores, filters nothing and checks nothing.",
            "The page is measured from the start of its server until a waiting visitor has the whole answer.",
        ),
    )


def _import_tables(imports: Mapping[str, Mapping[str, float]]) -> tuple[Table, ...]:
    """One table with a column for each question, slowest packages first, the rest in one row."""
    if not imports:
        return ()
    packages = {package for found in imports.values() for package in found}
    longest = sorted(packages, key=lambda p: (-max(found.get(p, 0.0) for found in imports.values()), p))
    rows: list[tuple[Cell, ...]] = [(p, *(found.get(p, 0.0) for found in imports.values())) for p in longest[:_SHOWN]]
    others = longest[_SHOWN:]
    if others:
        rows.append((f"{len(others)} others", *(sum(found.get(p, 0.0) for p in others) for found in imports.values())))
    rows.append(("all", *(sum(found.values()) for found in imports.values())))
    head = ("imported by ocqa ask", *(f"{name}, s" for name in imports))
    return (Table(f"Imports of a cold answer, medians of {_IMPORT_RUNS} runs (slowed by the measurement)", head, tuple(rows)),)
