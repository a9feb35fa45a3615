"""What kind of thing a question says that it asks for: a reason, a place among others, a figure."""

from __future__ import annotations

from index.meaning.asked import Asked
from index.meaning.phrase_patterns import phrases_in

TABLE = "asks"
REASON, PLACE, FIGURE = "reason", "place", "figure"


def asks_for(asked: Asked, way: str) -> bool:
    """Whether a word of the question asks for this (one of REASON, PLACE, FIGURE)."""
    return bool(phrases_in(TABLE, way, asked.text))
