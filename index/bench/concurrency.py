"""Concurrency: one process in which more and more threads ask."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from index.answers.answer import ask
from index.bench.figures import Cell, Curve, Line, Part, Spread, Table, Told, milliseconds, ratio
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Crowd:
    """A number of threads asking: total seconds, those of each question, and how many failed or were answered differently.

    `otherwise` counts answers or passages that differ from those that a single thread got.
    """

    threads: int
    seconds: float
    each: tuple[float, ...]
    errors: int
    otherwise: int


def measure_crowds(snapshot: Snapshot, questions: Sequence[str], threads: Sequence[int], told: Told) -> tuple[Crowd, ...]:
    """Let each number of threads ask every question once between them, after a single thread has asked them all."""
    alone = {question: _gist(ask(snapshot, question)) for question in questions}

    def one(question: str) -> tuple[float, bool, bool]:
        start = time.perf_counter()
        try:
            gist = _gist(ask(snapshot, question))
        except Exception:  # any failure under load counts
            return time.perf_counter() - start, True, False
        return time.perf_counter() - start, False, gist != alone[question]

    crowds = []
    for count in threads:
        told(f"{count} threads ask {len(questions)} questions")
        with ThreadPoolExecutor(count) as pool:
            start = time.perf_counter()
            found = list(pool.map(one, questions))
            seconds = time.perf_counter() - start
        each, failed, otherwise = zip(*found, strict=True)
        crowds.append(Crowd(count, seconds, each, sum(failed), sum(otherwise)))
    return tuple(crowds)


def many_part(crowds: Mapping[str, Sequence[Crowd]], origin: str) -> Part:
    """Throughput and latency by number of threads and kind of question."""
    rates = tuple(Line(kind, tuple((float(c.threads), _rate(c)) for c in some)) for kind, some in crowds.items())
    times = []
    for kind, some in crowds.items():
        times.append(Line(f"{kind}, p50", tuple((float(c.threads), milliseconds(Spread.of(c.each).median)) for c in some)))
        times.append(Line(f"{kind}, p95", tuple((float(c.threads), milliseconds(Spread.of(c.each).p95)) for c in some)))
    return Part(
        name="many",
        title="Concurrency: threads asking in one process",
        tables=tuple(_table(kind, some) for kind, some in crowds.items()),
        curves=(
            Curve("Throughput by threads", "threads", "answers/s", rates),
            Curve("Latency by threads", "threads", "ms", tuple(times)),
        ),
        remarks=(f"Questions are {origin}; each is asked once by one of the threads, after a single thread has asked them all.",),
    )


def _table(kind: str, crowds: Sequence[Crowd]) -> Table:
    """By number of threads; ratios to the first row of the same run."""
    first = _rate(crowds[0])
    rows: list[tuple[Cell, ...]] = []
    for crowd in crowds:
        times = Spread.of(crowd.each)
        shown = (milliseconds(times.median), milliseconds(times.p95), crowd.errors, crowd.otherwise, times.count)
        rows.append((crowd.threads, _rate(crowd), ratio(_rate(crowd), first), *shown))
    head = ("threads", "answers/s", "ratio to the first row", "p50, ms", "p95, ms", "errors", "different answers", "questions")
    return Table(kind, head, tuple(rows))


def _rate(crowd: Crowd) -> float:
    return len(crowd.each) / crowd.seconds


def _gist(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.answer, tuple(passage.id for passage in answer.passages)
