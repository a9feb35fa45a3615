"""The numbers of retrieval and confidence, read once from `index/data/weights.toml`, which says where each comes from."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """What one unit of each signal (`index.retrieval.signals.Signals`) adds to the relevance of a passage.

    `definition` is added for definitions, which are never a gold label.
    """

    passage: float
    sentence: float
    words: float
    words_together: float
    asked_words: float
    keyword: float
    topic: float
    older: float
    length: float
    definition: float


@dataclass(frozen=True, slots=True)
class RetrievalNumbers:
    """`proposed` passages from each index; `clearly_better` in units of relevance."""

    proposed: int
    clearly_better: float


@dataclass(frozen=True, slots=True)
class LikenessNumbers:
    """Cosines of words: below `weak`, nothing is near; from `found` up, the word is there; from `shown` up, the pair is shown."""

    weak: float
    found: float
    shown: float


@dataclass(frozen=True, slots=True)
class HighlightNumbers:
    """The share of the best score that a second sentence needs, and the weight of shared words in that score."""

    second_sentence: float
    shared_words: float


@dataclass(frozen=True, slots=True)
class Band:
    """A value is strong from `strong` up, and weak below `weak`."""

    strong: float
    weak: float


@dataclass(frozen=True, slots=True)
class FixedConfidence:
    """The confidence, 0 to 1, of answers that no model estimates."""

    looked_up: float
    looked_up_if_read_right: float
    no_page: float
    no_word: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A constant and a weight for each field of `index.retrieval.evidence.Evidence`, by name, in log-odds."""

    constant: float
    weights: Mapping[str, float]

    def chance(self, values: Mapping[str, float]) -> float:
        """The estimated chance, 0 to 1. `values` are the evidence by name; KeyError for a weight without a value."""
        total = self.constant + sum(weight * values[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """`answerable`: the pages searched have an answer. `right`: the first passage is one.

    A question is declined if `right` is below `declined_below`; without a judge, if `answerable` is.
    """

    answerable: Logistic
    right: Logistic
    declined_below: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The whole file. `bands` are by the name of a signal; `judged` is the model that has the judge's word, `confidence` the one
    without it."""

    ranking: RankingWeights
    retrieval: RetrievalNumbers
    likeness: LikenessNumbers
    highlight: HighlightNumbers
    bands: Mapping[str, Band]
    fixed: FixedConfidence
    confidence: ConfidenceModel
    judged: ConfidenceModel

    def model(self, *, judged: bool) -> ConfidenceModel:
        """The model for a question whose passages were judged, or were not."""
        return self.judged if judged else self.confidence


@cache
def weights() -> Weights:
    """The packaged numbers, read at the first call."""
    data = tomllib.loads(files("index").joinpath("data", "weights.toml").read_text(encoding="utf-8"))
    fixed = dict(data["confidence"])
    declined_below, judged = fixed.pop("declined_below"), data["judged"]
    return Weights(
        ranking=RankingWeights(**data["ranking"]),
        retrieval=RetrievalNumbers(**data["retrieval"]),
        likeness=LikenessNumbers(**data["likeness"]),
        highlight=HighlightNumbers(**data["highlight"]),
        bands={name: Band(**band) for name, band in data["bands"].items()},
        fixed=FixedConfidence(**fixed),
        confidence=ConfidenceModel(Logistic(**data["answerable"]), Logistic(**data["right"]), declined_below),
        judged=ConfidenceModel(Logistic(**judged["answerable"]), Logistic(**judged["right"]), judged["declined_below"]),
    )
