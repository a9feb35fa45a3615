"""How likely each reading of a question is the one that was meant: a logistic function of its evidence. Pure.

The weights are in `index/data/reading_weights.toml`, fitted by `tests/fitting/fit_weighing.py` on authors who wrote none of the
questions that the learned reader was trained on.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from index.meaning.candidate import CandidateReading, ReadingEvidence


@dataclass(frozen=True, slots=True)
class ReadingWeights:
    """In log-odds: a constant, one for each kind (0 for a kind without one), and a weight for each field of the evidence.

    A question whose best reading is less likely than `unsure_below` is not answered; one that is read as about text has a line of
    its own, since what was found in the text is judged as well. From `certain_from` on, a reading of both
    the parser and the learned reader by words alone needs no vector.
    """

    constant: float
    kinds: Mapping[str, float]
    weights: Mapping[str, float]
    unsure_below: float
    text_unsure_below: float
    certain_from: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading and the probability, 0 to 1, that it is the one that was meant."""

    candidate: CandidateReading
    probability: float


@cache
def reading_weights() -> ReadingWeights:
    """The packaged weights, read at the first call."""
    data = tomllib.loads(files("index").joinpath("data", "reading_weights.toml").read_text(encoding="utf-8"))
    return ReadingWeights(
        data["constant"], data["kinds"], data["weights"], data["unsure_below"], data["text_unsure_below"], data["certain_from"]
    )


def weighed(candidates: Iterable[CandidateReading]) -> tuple[Weighed, ...]:
    """The readings with their probabilities, the likeliest first."""
    found = [Weighed(c, probability_of(c.label, c.evidence)) for c in candidates]
    return tuple(sorted(found, key=lambda w: -w.probability))


def probability_of(label: str, evidence: ReadingEvidence) -> float:
    """The probability that a reading of this kind with this evidence is the one that was meant."""
    stored = reading_weights()
    total = stored.constant + stored.kinds.get(label, 0.0)
    total += sum(stored.weights[f.name] * getattr(evidence, f.name) for f in fields(evidence))
    return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))
