"""What a question asks for, as one frozen value with a field for each thing that can be asked.

Every reader of questions gives a meaning; `plans` turns it into queries, `offers` puts it back into a complete question. A
meaning holds what was said and nothing that follows from what is loaded: no edition unless one was named.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from index.contract.answer_kind import Kind
from index.scores.query import Op, Quantifier
from index.scores.statistics import Stat


class Direction(StrEnum):
    """Which end comes first: the highest or lowest score, the largest rise or the largest fall. Never "worst" or "best"."""

    HIGH = "high"
    LOW = "low"
    UP = "up"
    DOWN = "down"


class By(StrEnum):
    """What is set side by side in place of countries."""

    REGION = "region"
    CONTINENT = "continent"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class OfPlace:
    """The figure of a country (ISO code) or a group as the right-hand side of a test; `stat` is for a group."""

    place: str
    stat: Stat = Stat.MEAN


@dataclass(frozen=True, slots=True)
class OfIndicator:
    """The country's own score for another indicator as the right-hand side of a test."""

    indicator: str


@dataclass(frozen=True, slots=True)
class Test:
    """What a score (or its change, if `change`) must satisfy. `indicator` is "" for each indicator of a family.

    `plus` is added to the right-hand side: "at least 3 points above heroin trade".
    """

    # Not one of pytest's.
    __test__: ClassVar[bool] = False

    indicator: str
    op: Op
    right: Decimal | OfPlace | OfIndicator
    change: bool = False
    plus: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question without its words. Countries are ISO codes, groups and indicators ids, all in the order of the question.

    - `groups`: a country must be in one group of each tuple. In a group ranking or a difference of groups, those compared.
    - `editions`: as named: one; several; two for a change. Empty if none was named.
    - `latest`: whether the latest edition was asked for in words.
    - `order`, `limit`, `place`: "the three highest" is HIGH and 3; "the third highest" is HIGH with place 3; one is limit 1.
    - `tests`: all must hold; in each tuple, one is enough.
    - `stat`: mean, median, lowest or highest of a group; `share`: a percentage rather than a number of countries.
    - `by`: regions, continents or editions set side by side.
    - `yes_no`: a yes/no question; `quantifier` where it is about all, any or none of a group. The claim is made by `order` with
      `limit` or `place`, or by `tests`.
    - `number`: in a yes/no question, how many countries it claims to meet the tests, or what share of them in percent if `share`.
    - `among`: only the countries (or the group) that an earlier step gives.
    - `change`: whether changes are meant where `order` does not say so: "the average change".
    - `beside`: in a set, the country one place behind the one in `countries`, in `order` (ahead of it if -1, both if 0).
    - `by_places`: the rank is meant, not the score: "climbed most places".
    - `field`: what of the page's head is asked for. `topic`: the entry of `about`.
    """

    kind: Kind
    countries: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    without_countries: tuple[str, ...] = ()
    without_groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()
    latest: bool = False
    order: Direction | None = None
    limit: int | None = None
    place: int | None = None
    tests: tuple[tuple[Test, ...], ...] = ()
    stat: Stat | None = None
    share: bool = False
    by: By | None = None
    yes_no: bool = False
    quantifier: Quantifier | None = None
    number: tuple[Op, Decimal] | None = None
    among: Meaning | None = None
    change: bool = False
    beside: int | None = None
    by_places: bool = False
    field: str | None = None
    topic: str | None = None
