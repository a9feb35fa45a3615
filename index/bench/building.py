"""Builds with the `ocqa` command: all sources, one changed sentence, nothing changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Corpus
from corpus.sources import load_corpus
from corpus.taxonomy import load_taxonomy
from index.bench.child import Commands, Cost, cost_of
from index.bench.figures import Bar, Bars, Cell, Part, Table, Told
from index.language.sentences import sentence_spans

WHOLE, CHANGED, SAME = "all sources", "one changed sentence", "nothing changed"
_SHORTEST = 40
_ADDED = b" This sentence was not here before."
_MEGA = 2**20


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: what was built, what it cost, and the report of `ocqa build --json`."""

    name: str
    cost: Cost
    report: Mapping[str, Any]


def measure_builds(commands: Commands, sources: Sequence[Path], scratch: Path, told: Told) -> tuple[Built, ...]:
    """Build a copy of the sources, change it, build it again, and once more. Raises BenchError if a build fails."""
    roots = tuple(_copied(source, scratch / f"sources-{number}") for number, source in enumerate(sources))
    line = [*commands.ocqa, "build", "--json", "--index", str(scratch / "built")]
    line += [part for root in roots for part in ("--sources", str(root))]

    def build(name: str) -> Built:
        told(f"building: {name}")
        cost = cost_of(line, commands.folder)
        return Built(name, cost, json.loads(cost.output))

    built = [build(WHOLE)]
    if change_a_sentence(roots):
        built.append(build(CHANGED))
    return (*built, build(SAME))


def change_a_sentence(roots: Sequence[Path]) -> bool:
    """Add a sentence after one that occurs once in a profile's file; False if there is none."""
    for root in roots:
        for name, sentence in _sentences(load_corpus([root], load_taxonomy())):
            path = root.parent / name
            data = path.read_bytes()
            if data.count(sentence) == 1:
                path.write_bytes(data.replace(sentence, sentence + _ADDED))
                return True
    return False


def build_part(built: Sequence[Built]) -> Part:
    """The figures of the builds, and of the steps of each."""
    rows: list[tuple[Cell, ...]] = []
    for one in built:
        cost, work = one.cost, one.report["work"]
        embedded = work["chunks_embedded"] + work["sentences_embedded"]
        peak = cost.peak / _MEGA if cost.peak else None
        rows.append((one.name, cost.seconds, cost.cpu, peak, one.report["counts"]["paragraphs"], embedded))
    head = ("build", "wall time, s", "CPU time, s", "peak memory, MB", "paragraphs", "texts embedded")
    steps = list(dict.fromkeys(step for one in built for step in one.report["seconds"]))
    by_step: list[tuple[Cell, ...]] = [(step, *(one.report["seconds"].get(step) for one in built)) for step in steps]
    return Part(
        name="build",
        title="Building",
        tables=(
            Table("Whole processes, one run each", head, tuple(rows)),
            Table("Steps as the build reports them", ("step", *(f"{one.name}, s" for one in built)), tuple(by_step)),
        ),
        bars=(Bars("Building, wall time", "s", tuple(Bar(one.name, one.cost.seconds) for one in built)),),
        remarks=(
            "A build is a whole process: it starts Python, reads the sources, and opens the model if it has to embed.",
            *(() if any(one.name == CHANGED for one in built) else ("No file has a sentence that could be changed.",)),
        ),
    )


def _copied(source: Path, folder: Path) -> Path:
    """A copy that may be changed. It keeps the name of the folder, which can be the edition."""
    target = folder / source.resolve().name
    if source.is_file():
        folder.mkdir(parents=True)
        return Path(shutil.copy(source, target))
    return Path(shutil.copytree(source, target))


def _sentences(corpus: Corpus) -> list[tuple[str, bytes]]:
    """Sentences long enough to occur only once, with the name of their file."""
    found = []
    for profile in corpus.profiles:
        for text in (text for section in profile.sections for text in section.paragraphs):
            for start, end in sentence_spans(text):
                if end - start >= _SHORTEST:
                    found.append((profile.source, text[start:end].encode()))
    return found
