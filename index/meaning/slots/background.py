"""What is told before a question is asked: "they say the C1 hide money | so how far up are they for I1"."""

from __future__ import annotations

from collections.abc import Callable

from index.language.late_pattern import LatePattern

_ASKS = LatePattern(
    r"(?:^| )(?:\||,)(?: (?:so|now|and|then|but|well|ok|please|therefore|hence|anyway))* (?="
    r"(?:what|how|which|who|whose|whos|where|when|is|are|do|does|did|has|have|can|could|"
    r"show|give|tell|compare|put|list|rank|name|identify|sort|order|percentage|share|count|i ask)\b)"
)
_TOLD = LatePattern(
    r"\b(?:is|are|am|was|were|has|have|had|i've|i'm|we're|seems?|says?|said|saying|reads?|heard?|hears|thinks?"
    r"|thought|told|tells|"
    r"writes?|wrote|used to|had|went|keeps?|ends? up|know|knows|saw|looks?|watched|invade|would like|want|trying"
    r"|writing|claim(?:ed|s)?|swore|swears?|drafting|preparing|being|illustrate)\b"
)
_ALREADY_ASKS = LatePattern(
    r"\b(?:what|what's|whats|how|which|who|whos|whose|where|when|why|compare|show|give|tell|list|rank|name|put"
    r"|score|scores|mark|rating)\b"
)
_POINTS_BACK = LatePattern(
    r"\b(?:it|this|those|these|them|both|either|each|one|same(?! time)|such)\b|\bthat(?= [,|]|$)|\b(?:for|on|in|of"
    r"|is|about|at|by) that\b"
)


def without_background(text: str, names: Callable[[str], bool]) -> str:
    """A masked text from where it asks, if all before that only tells something and what follows names what it is about itself.

    `names` says whether a part names such a thing. The whole text where the question points back to what was told.
    """
    for match in _ASKS.finditer(text):
        told, asking = text[: match.start()], text[match.end() :]
        if _ALREADY_ASKS.search(told):
            return text
        if _TOLD.search(told) and names(asking) and not _POINTS_BACK.search(asking):
            return asking
    return text
