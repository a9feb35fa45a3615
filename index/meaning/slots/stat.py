"""Which figure of a group is asked for, and whether a count is wanted as a percentage."""

from __future__ import annotations

from index.meaning.asked import Asked
from index.meaning.phrase_patterns import found_in
from index.scores.statistics import Stat


def stat_of(asked: Asked) -> Stat | None:
    """The mean, median, lowest or highest figure, if the words say one; a mean or median goes before "highest"."""
    ways = [f.way for f in found_in("stat", asked.text)]
    for stat in (Stat.MEDIAN, Stat.MEAN, Stat.MAX, Stat.MIN):
        if stat.value in ways:
            first = next(w for w in ways if w in ("min", "max")) if stat in (Stat.MAX, Stat.MIN) else stat.value
            return Stat(first)
    return None


def share_of(asked: Asked) -> bool:
    """Whether a percentage is asked for rather than a number."""
    return "%" in asked.question.text or any(f.way == "share" for f in found_in("stat", asked.text))
