"""The typed results that gather what is known of a country, of what lies behind a score, of the Index, and of a page's head.

Field names and meanings are those of the answer contract, version 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BriefScore:
    """A score in an overview: with its rank where one was computed, and its change since the edition `before`.

    `change` and `before` are None where no earlier edition has the score; `like_for_like` is set for an average that gained
    indicators in between. `sharing` is how many countries have the rank, itself included.
    """

    country: str
    indicator: str
    edition: int
    value: float
    source: str
    rank: int | None = None
    of: int | None = None
    within: str | None = None
    change: float | None = None
    before: int | None = None
    like_for_like: float | None = None
    sharing: int | None = None


@dataclass(frozen=True, slots=True)
class OverviewResult:
    """What a briefing would give: scores, worst and strongest first, and the sections of the page that have text.

    `indicator` is the topic asked for, None for the whole country. `sections` are the headings of the page.
    """

    country: str
    edition: int
    indicator: str | None
    scores: tuple[BriefScore, ...]
    sections: tuple[str, ...]
    type: str = "overview"


@dataclass(frozen=True, slots=True)
class ExplanationPart:
    """A part of a score: its value, the mean of the reference group, the difference from it, and its change if known."""

    indicator: str
    value: float
    mean: float
    difference: float
    change: float | None = None


@dataclass(frozen=True, slots=True)
class ExplanationResult:
    """The parts of a score that lie furthest from the reference group or moved most: arithmetic, never a claim of cause.

    `start` and `end` are set where a change is to be explained.
    """

    country: str
    indicator: str
    edition: int
    parts: tuple[ExplanationPart, ...]
    reference: str
    start: int | None = None
    end: int | None = None
    type: str = "explanation"


@dataclass(frozen=True, slots=True)
class AboutResult:
    """An answer about the Index or this program from a reviewed entry; `source` is an address, or says where it comes from."""

    topic: str
    text: str
    source: str
    type: str = "about"


@dataclass(frozen=True, slots=True)
class PageFactResult:
    """A fact from the head of a country's page, as printed there; `field` is a key of `corpus.records`, such as "capital"."""

    country: str
    edition: int
    field: str
    value: str
    type: str = "page_fact"
