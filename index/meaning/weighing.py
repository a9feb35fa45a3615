"""How likely each reading of a question is the one that was meant: decision trees over its evidence and its kind. Pure.

The trees are in `index/data/reading_trees.json`, fitted by `tests/fitting/fit_weighing.py` on authors who wrote none of the
questions that the learned reader was trained on; the lines are in `index/data/reading_lines.toml`.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from index.meaning.candidate import CandidateReading, ReadingEvidence
from index.meaning.trees import Trees, trees_of


@dataclass(frozen=True, slots=True)
class ReadingLines:
    """A question whose best reading is less likely than `unsure_below` is not answered; one that is read as about text has a line
    of its own, since what was found in the text is judged as well. From `certain_from` on, a reading of both the parser and the
    learned reader by words alone needs no vector."""

    unsure_below: float
    text_unsure_below: float
    certain_from: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading and the probability, 0 to 1, that it is the one that was meant."""

    candidate: CandidateReading
    probability: float


@dataclass(frozen=True, slots=True)
class _Weights:
    kinds: tuple[str, ...]
    trees: Trees


@cache
def reading_lines() -> ReadingLines:
    """The packaged lines, read at the first call."""
    text = files("index").joinpath("data", "reading_lines.toml").read_text(encoding="utf-8")
    return ReadingLines(**tomllib.loads(text))


def weighed(candidates: Iterable[CandidateReading]) -> tuple[Weighed, ...]:
    """The readings with their probabilities, the likeliest first."""
    found = [Weighed(c, probability_of(c.label, c.evidence)) for c in candidates]
    return tuple(sorted(found, key=lambda w: -w.probability))


def probability_of(label: str, evidence: ReadingEvidence) -> float:
    """The probability that a reading of this kind with this evidence is the one that was meant."""
    stored = _weights()
    score = stored.trees.score((*astuple(evidence), *(float(label == kind) for kind in stored.kinds)))
    return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))


@cache
def _weights() -> _Weights:
    data = json.loads(files("index").joinpath("data", "reading_trees.json").read_text(encoding="utf-8"))
    if data["evidence"] != [field.name for field in fields(ReadingEvidence)]:
        raise ValueError("reading_trees.json was fitted for other evidence: run tests/fitting/fit_weighing.py again")
    return _Weights(tuple(data["kinds"]), trees_of(data))
