"""The grammar of the figures a profile page prints.

Later editions run a score and its change together, "6.400.05" or "4.50 n/a", and a rank and its change, "in Africa-5": a plain
number parser would read nonsense. The printed changes of ranks are skipped, since their sign means opposite things in the
editions of 2023 and 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LOWEST, HIGHEST = 1.0, 10.0
_SIGN = r"[-+\u2212\u2013]"
_FIGURE = re.compile(rf"(?P<score>\d{{1,2}}\.\d\d)\s*(?:(?P<change>{_SIGN}?\s?\d{{1,2}}\.\d\d)|(?P<new>n/?a))?", re.I)
_CHANGE = re.compile(rf"{_SIGN}?\s?\d{{1,2}}\.\d\d|n/?a", re.I)
_RANK = re.compile(
    rf"(?P<rank>\d{{1,3}})(?:st|nd|rd|th) of (?P<of>\d{{1,3}}) countries(?: in (?P<within>\D{{1,60}}?))?"
    rf"\s*(?:{_SIGN}?\s?\d{{1,3}}|n/?a)?",
    re.I,
)
_FIGURE_LABELS = re.compile(r"(?:\d{1,2}\.\d\d\s+){2,}\d{1,2}\.\d\d")


class Change(StrEnum):
    """What is printed beside a score: nothing (first edition), a number, or "n/a" (no earlier score)."""

    NONE = "none"
    NUMBER = "number"
    NOT_AVAILABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed score with its change; `change` is None unless `kind` is NUMBER."""

    score: float
    kind: Change
    change: float | None = None

    @property
    def in_range(self) -> bool:
        """Whether the score is on the Index's scale."""
        return LOWEST <= self.score <= HIGHEST


@dataclass(frozen=True, slots=True)
class Rank:
    """A printed rank; `within` is None for the world."""

    rank: int
    of: int
    within: str | None


def parse_figure(text: str) -> Figure | None:
    """A score and its change, run together or not; None if the text is anything else."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return None
    score = float(match["score"])
    if match["new"]:
        return Figure(score, Change.NOT_AVAILABLE)
    if match["change"]:
        return Figure(score, Change.NUMBER, parse_change(match["change"]))
    return Figure(score, Change.NONE)


def parse_change(text: str) -> float | None:
    """The number of a printed change; None for "n/a" and for anything that is not a change."""
    if _CHANGE.fullmatch(text.strip()) is None or text.strip().casefold() in ("n/a", "na"):
        return None
    return float(re.sub(r"\s", "", text).replace("\u2212", "-").replace("\u2013", "-"))


def is_change(text: str) -> bool:
    """Whether a line is just a change, as on pages that print it beside the score."""
    return _CHANGE.fullmatch(text.strip()) is not None


def parse_rank(text: str) -> Rank | None:
    """A printed rank without its change; None if the text is anything else."""
    match = _RANK.fullmatch(text.strip())
    if match is None:
        return None
    within = match["within"]
    return Rank(int(match["rank"]), int(match["of"]), within.strip(" -+\u2212\u2013") if within else None)


def is_figure_label(text: str) -> bool:
    """Whether a line has the numbers of the pyramid drawing, which repeat scores without naming their indicators."""
    return _FIGURE_LABELS.fullmatch(text.strip()) is not None
