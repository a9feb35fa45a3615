"""The numbers of the search: what each signal is worth in the order of passages, what each piece of evidence says of an answer.

All are fitted on the development questions, by `tests/fit_ranking.py` and `tests/fit_confidence.py`, and written into the
manifest of every build. Each tuple of weights is in the order of the fields of the class it belongs to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of each signal of `index.signals.Signals` is worth in the relevance of a passage.

    BM25 (`keyword`) proposes passages where there are too many to look at all; beside words held against words its fitted
    weight is nothing. `definition` is for definitions, which no gold place names.
    """

    passage: float = 1.0
    sentence: float = 10.9
    words: float = 10.1
    words_together: float = 10.9
    asked_words: float = 8.3
    keyword: float = 0.0
    topic: float = 1.0
    older: float = -1.5
    length: float = -0.4
    definition: float = -1.5


@dataclass(frozen=True, slots=True)
class Logistic:
    """A constant and one weight for each field of `index.evidence.Evidence`."""

    constant: float
    weights: tuple[float, ...]

    def chance(self, values: Sequence[float]) -> float:
        """The estimated chance, 0 to 1."""
        total = self.constant + sum(w * x for w, x in zip(self.weights, values, strict=True))
        return 1.0 / (1.0 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """`answerable`: the question has an answer on the pages searched; `right`: the first passage is one.

    Declined below a line.
    """

    answerable: Logistic
    right: Logistic
    declined_below: float


WEIGHTS = Weights()
MODEL = ConfidenceModel(
    answerable=Logistic(-2.37, (7.53, -1.37, -2.17, -1.33, -3.41, -3.84, -3.55, -1.93, -1.30, -2.79, -2.42, -2.60, -5.68, -0.56)),
    right=Logistic(-3.32, (8.05, -1.55, -1.33, -1.26, -3.18, -4.05, -3.58, -1.90, -2.73, -2.52, -2.00, -2.29, -5.28, -0.67)),
    declined_below=0.35,
)
