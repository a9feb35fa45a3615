"""Further answers of one process: whole answers compared with encoding the question alone, and their stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from index.answers.answer import ask
from index.bench.clock import seconds_of_call
from index.bench.figures import Bar, Bars, Cell, Part, Spread, Table, Told, milliseconds, ratio
from index.bench.sample_questions import Asked
from index.bench.stages import ENCODE, REST, Stages, watched
from index.generations.snapshot import Snapshot

ENCODING, TEXT, SCORES = "encoding a question only", "ask, text question", "ask, score question"


@dataclass(frozen=True, slots=True)
class Warm:
    """Seconds of each call by kind, and mean seconds of a text question by stage."""

    seconds: Mapping[str, tuple[float, ...]]
    stages: Mapping[str, float]


def measure_warm(snapshot: Snapshot, asked: Asked, rounds: int, told: Told) -> Warm:
    """Ask every question in each round, encoding a different one in between, after one unmeasured round. Needs both kinds."""
    text = asked.text
    for question in (*text, *asked.scores):
        ask(snapshot, question)
    encode = snapshot.encoder.get().encode_question
    found: dict[str, list[float]] = {ENCODING: [], TEXT: [], SCORES: []}
    for number in range(rounds):
        told(f"warm round {number + 1} of {rounds}: {len(text)} text questions, {len(asked.scores)} score questions")
        for at, question in enumerate(text):
            found[TEXT].append(seconds_of_call(ask, snapshot, question))
            # A different question, so that nothing cached for this one helps.
            other = text[(at + len(text) // 2) % len(text)]
            found[ENCODING].append(seconds_of_call(encode, other))
        for question in asked.scores:
            found[SCORES].append(seconds_of_call(ask, snapshot, question))
    return Warm({name: tuple(times) for name, times in found.items()}, _stages(snapshot, text))


def warm_part(warm: Warm, origin: str) -> Part:
    """The figures of further answers; ratios to encoding alone in the same run."""
    spreads = {name: Spread.of(seconds) for name, seconds in warm.seconds.items()}
    alone = spreads[ENCODING].median
    rows: list[tuple[Cell, ...]] = [
        (n, milliseconds(s.median), milliseconds(s.p95), ratio(s.p95, s.median), ratio(s.median, alone), s.count)
        for n, s in spreads.items()
    ]
    head = ("one process, warm", "p50, ms", "p95, ms", "p95 / p50", "p50, ratio to encoding only", "calls")
    bars = tuple(Bar(n, milliseconds(s.median), milliseconds(s.p95), reference=n == ENCODING) for n, s in spreads.items())
    whole = sum(warm.stages.values())
    stages: list[tuple[Cell, ...]] = [(n, milliseconds(s), ratio(s, whole)) for n, s in warm.stages.items()]
    return Part(
        name="warm",
        title="Warm: further answers of one process",
        tables=(
            Table("Whole answers", head, tuple(rows)),
            Table("Stages of a text question, means of a separate pass", ("stage", "ms", "share"), tuple(stages)),
        ),
        bars=(Bars("Warm, median and 95th percentile", "ms", bars),),
        remarks=(f"Questions are {origin}.",),
    )


def _stages(snapshot: Snapshot, questions: Sequence[str]) -> dict[str, float]:
    """Mean seconds of a question by stage, longest first."""
    watching, encoder = watched(snapshot)
    stages = Stages()
    encoder.watch(stages)
    ask(watching, questions[0])
    stages.seconds.clear()
    with stages.watching():
        whole = fmean(seconds_of_call(ask, watching, question) for question in questions)
    means = {name: seconds / len(questions) for name, seconds in stages.seconds.items()}
    assert ENCODE in means
    ordered = dict(sorted(means.items(), key=lambda item: -item[1]))
    return {**ordered, REST: max(0.0, whole - sum(means.values()))}
