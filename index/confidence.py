"""The chance that the first passage answers the question, and the line below which it is declined.

A logistic function of what speaks for the passage and against it. Its numbers are fitted on the development questions in
`tests/data` by `tests/fit_confidence.py`; they say how sure the system is and never change the order of passages.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass

from index.keyword import stems
from index.passages import keyword_text
from index.question import Question
from index.retrieve import Hit
from index.snapshot import Snapshot

_ASKS_QUANTITY = re.compile(
    r"\b(?:how (?:many|much|often|large|big|old|long)"
    r"|what (?:share|percentage|percent|proportion|fraction|number|amount|price|rate|year)"
    r"|which year|in what year|since when|price of|number of|cost of|budget)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|"
    r"most|majority|bulk|nearly all|per ?cent)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first passage. Shares are 0 to 1, and 1 where the question has no such words.

    `sentence` is the cosine of its best sentence; `own_words` is the share of the words that say what is asked and that the
    passage holds, `topic_words` the same for the words that name the topic; `no_quantity` is 1 where a number is asked for and
    the passage has none; `missing_country` is 1 where a country that the question mentions does not occur in the passage.
    """

    sentence: float
    own_words: float
    topic_words: float
    no_quantity: float
    missing_country: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A constant, one weight for each field of Evidence in its order, and the chance below which a question is declined."""

    constant: float
    weights: tuple[float, ...]
    declined_below: float


MODEL = ConfidenceModel(constant=-6.2, weights=(9.9, 1.2, 0.3, -4.0, -4.7), declined_below=0.4)


def evidence_of(hit: Hit, question: Question, snapshot: Snapshot) -> Evidence:
    """Weigh the first passage against the question."""
    held = set(stems(keyword_text(hit.passage, snapshot.taxonomy)))
    names = [
        {stem for name in (c.name, *c.aliases, *c.demonyms) for stem in stems(name)}
        for c in (snapshot.taxonomy.countries[m] for m in question.mentions)
    ]
    return Evidence(
        sentence=hit.signals.sentence,
        own_words=_share(question.words, held),
        topic_words=_share(question.topic_words, set(stems(hit.passage.text))),
        no_quantity=float(bool(_ASKS_QUANTITY.search(question.text)) and not _QUANTITY.search(hit.passage.text)),
        missing_country=float(any(not held & stems_of_name for stems_of_name in names)),
    )


def confidence(evidence: Evidence, model: ConfidenceModel = MODEL) -> float:
    """The estimated chance, 0 to 1, that the passage answers the question."""
    total = model.constant + sum(w * x for w, x in zip(model.weights, astuple(evidence), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def _share(words: tuple[str, ...], held: set[str]) -> float:
    asked = set(stems(" ".join(words)))
    return len(asked & held) / len(asked) if asked else 1.0
