"""What kind of thing a question says that it asks for: a reason, a place among others, a figure, an account."""

from __future__ import annotations

from enum import StrEnum

from index.meaning.asked import Asked
from index.meaning.phrase_patterns import phrases_in

TABLE = "asks"


class Asks(StrEnum):
    """The ways of the table, which says what each is."""

    REASON = "reason"
    PLACE = "place"
    FIGURE = "figure"
    WHY = "why"
    ACCOUNT = "account"
    AMONG = "among"
    MEAN = "mean"


def asks_for(asked: Asked, *ways: Asks) -> bool:
    """Whether a word of the question asks for one of these."""
    return any(phrases_in(TABLE, way, asked.text) for way in ways)
