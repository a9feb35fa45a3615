"""The numbers of the search: what each signal is worth in the order of passages, what each piece of evidence says of an answer.

All are fitted on the development questions, by `tests/fitting/fit_ranking.py` and `tests/fitting/fit_confidence.py`, and
written into the manifest of every build. Each tuple of weights is in the order of the fields of the class it belongs to. The
worth of a lack (`index.retrieval.missing_words`) is too long to stand here and is a file of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of each signal of `index.retrieval.signals.Signals` is worth in the relevance of a passage.

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
    """A constant and one weight for each field of `index.retrieval.evidence.Evidence`."""

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
    answerable=Logistic(
        2.65, (1.44, -1.86, -10.92, -0.78, -3.00, -3.14, -2.54, -2.25, -0.92, -2.80, -1.09, -2.66, -5.67, -0.86, 1.24)
    ),
    right=Logistic(0.74, (2.85, -1.84, -9.22, -0.85, -2.82, -3.44, -2.72, -2.05, -2.94, -2.13, -0.89, -2.11, -5.27, -0.87, 0.85)),
    declined_below=0.35,
)
