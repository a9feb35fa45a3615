"""Questions that go on from one before them ("same for Laos", "ok now only the EU ones"), asked by themselves. Pure."""

from __future__ import annotations

import re

from index.contract.refusal import Refusal, RefusalReason
from index.language.late_pattern import LatePattern
from index.questions.question import Question

_OPENING = r"(?:(?:and|ok|okay|so|then|now|but|please|just)[, ]+)*"
_SAME = LatePattern(rf"{_OPENING}(?:the )?same (?:thing |question )?(?:again )?(?:for|on|with|in)\s+(?=\S)", re.IGNORECASE)
_BUT = LatePattern(r",?\s+but(?: (?:for|on|with))?(?=\s)", re.IGNORECASE)
# What was listed is to be narrowed, or asked again, and the question says neither what nor of whom.
_NARROWS = LatePattern(
    rf"{_OPENING}(?:(?:only|keep) (?:to )?(?:the |those |these )?[\w' -]*\b(?:ones|only)\b|(?:the )?same\b|"
    r"only (?:the|those|these|in)\b)",
    re.IGNORECASE,
)
_WHY = "the question seems to go on from an earlier one, which is not known here; ask it in full, with its place and its topic"


def without_going_on(text: str) -> str:
    """The text without "same for …", where what follows may be a question by itself."""
    found = _SAME.match(text)
    return text if found is None else _BUT.sub(" ", text[found.end() :])


def goes_on(question: Question) -> Refusal | None:
    """Why a question that only narrows or repeats an earlier one cannot be answered by itself; None for any other."""
    if question.indicators or question.countries or question.sections or _NARROWS.match(question.text) is None:
        return None
    return Refusal(RefusalReason.NOT_UNDERSTOOD, _WHY)
