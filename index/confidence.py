"""The chance that the first passage answers the question, from how well it fits, and the line below which it is declined.

A logistic function of four signals. Its numbers were fitted on development questions, answerable and not, by
`tests/data/fit_confidence.py`; they say how sure the system is and never change the order of passages.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from index.retrieve import Hit


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of a logistic function; a chance below `declined_below` is declined."""

    constant: float
    passage: float
    sentence: float
    coverage: float
    topic: float
    declined_below: float


MODEL = ConfidenceModel(constant=-7.0, passage=6.0, sentence=6.0, coverage=3.0, topic=0.5, declined_below=0.5)


def topic_fit(hit: Hit, *, linked: bool) -> float:
    """1 where the passage's section speaks of an indicator asked for, -1 where of none of them, 0 where none was asked for."""
    return (1.0 if hit.signals.topic else -1.0) if linked else 0.0


def confidence(hit: Hit, coverage: float, *, linked: bool, model: ConfidenceModel = MODEL) -> float:
    """The estimated chance, 0 to 1, that this passage answers the question."""
    total = (
        model.constant
        + model.passage * hit.signals.passage
        + model.sentence * hit.signals.sentence
        + model.coverage * coverage
        + model.topic * topic_fit(hit, linked=linked)
    )
    return 1.0 / (1.0 + math.exp(-total))
