"""What is passed on from the words of a question: spans of words with what they do, and the given sides of comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.questions.cues import Role


@dataclass(frozen=True, slots=True)
class Bound:
    """The side of a comparison that is given: a number, named countries, an indicator, or a figure of a group.

    `op` is a sign, or "worse", "better" and their like, whose sign depends on the indicator. `group` is "" for the world,
    "region" or "continent" for that of the country or group that the question is about.
    """

    op: str
    number: Decimal | None = None
    countries: tuple[str, ...] = ()
    either: bool = False
    indicator: str = ""
    stat: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `start` to `end` (half-open) of a question and what they do.

    `value` says which way a cue goes, or how years are joined: "" (one), "list", "range", "since", "from". `ids` are those of
    a name, `number` is the number of a number, `years` are editions or years that are none. A name that is no official one
    has the value "synonym", one that is only implied by a word such as "crime" the value "implied"; a place or group that
    cannot be settled says so in its value. `bare` marks "up" and "down" that stand alone, `lies` words
    that may say where a score lies.
    """

    role: Role
    start: int
    end: int
    value: str = ""
    ids: tuple[str, ...] = ()
    number: Decimal | None = None
    years: tuple[int, ...] = ()
    bounds: tuple[Bound, ...] = ()
    bare: bool = False
    lies: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a question as typed, its spans from left to right, and the positions of words that nothing explains.

    `openings` are the positions where a sentence or a new start begins, so that a capital letter there says nothing.
    """

    words: tuple[str, ...]
    openings: frozenset[int]
    spans: tuple[TaggedSpan, ...]
    unknown: tuple[int, ...]
