"""What a question about scores asks, as one frozen value: what, where, when, under which conditions, in which order.

A query knows nothing of wording or storage: `parse` makes it from words, `statement` makes SQL of it, `query_words` says it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.contract.answer_kind import Kind


@dataclass(frozen=True, slots=True)
class Level:
    """A score in an edition."""

    indicator: str
    edition: int


@dataclass(frozen=True, slots=True)
class Change:
    """A score in the edition `end` minus the same score in the edition `start`."""

    indicator: str
    start: int
    end: int


Measure = Level | Change


class Stat(StrEnum):
    """A figure of a group, in the words of the answer contract."""

    MEAN = "mean"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class OfCountry:
    """A named country's figure, as the other side of a condition."""

    country: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A figure of a group, "world" for all, as the other side of a condition."""

    group: str
    stat: Stat
    measure: Measure


Operand = Decimal | Level | Change | OfCountry | OfGroup


class Op(StrEnum):
    """How the two sides of a condition compare."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    # The size of a change whatever its sign.
    MOVED_AT_LEAST = "moved >="
    MOVED_MORE = "moved >"

    @property
    def words(self) -> str:
        """The comparison as it stands in a sentence."""
        return _OP_WORDS[self]


_OP_WORDS = {
    Op.ABOVE: "above",
    Op.AT_LEAST: "at least",
    Op.BELOW: "below",
    Op.AT_MOST: "at most",
    Op.EQUAL: "exactly",
    Op.MOVED_AT_LEAST: "up or down by at least",
    Op.MOVED_MORE: "up or down by more than",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison that a country must satisfy."""

    left: Measure
    op: Op
    right: Operand


class Order(StrEnum):
    """Which end of the scale comes first."""

    HIGHEST = "highest"
    LOWEST = "lowest"


AnyOf = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question about scores.

    `measures` are what is asked for, the first decides the order; `countries` restrict to those named; of each tuple in `groups`
    a country must belong to one and to none of `without_groups`; of each tuple in `where` one condition must hold;
    `limit` keeps the first so many places of `order`, ties at the cut included (1 for a superlative). `family` are the indicators
    that compete where the question asks for indicators of one country; then conditions hold for each of them and their measures
    name no indicator. `within` is where a rank is taken. `members_of` is the edition whose regions count.
    """

    kind: Kind
    measures: tuple[Measure, ...]
    members_of: int
    countries: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    without_countries: tuple[str, ...] = ()
    without_groups: tuple[str, ...] = ()
    where: tuple[AnyOf, ...] = ()
    order: Order | None = None
    limit: int | None = None
    stat: Stat | None = None
    family: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that is asked for or tested."""
        return tuple(dict.fromkeys(m.indicator for m in self.all_measures if m.indicator))

    @property
    def editions(self) -> tuple[int, ...]:
        """Every edition that is looked into, the earliest first."""
        return tuple(sorted({e for m in self.all_measures for e in editions_of(m)}))

    @property
    def all_measures(self) -> tuple[Measure, ...]:
        """The measures asked for, then those of the conditions."""
        found: list[Measure] = list(self.measures)
        for condition in (c for any_of in self.where for c in any_of):
            found.append(condition.left)
            if isinstance(condition.right, (Level, Change)):
                found.append(condition.right)
            elif isinstance(condition.right, (OfCountry, OfGroup)):
                found.append(condition.right.measure)
        return tuple(dict.fromkeys(found))

    @property
    def named_groups(self) -> tuple[str, ...]:
        """Every group that restricts the query or in which a rank is taken."""
        return tuple(dict.fromkeys([g for any_of in self.groups for g in any_of] + [g for g in self.within if g != "world"]))


def editions_of(measure: Measure) -> tuple[int, ...]:
    """The editions a measure looks into."""
    return (measure.edition,) if isinstance(measure, Level) else (measure.start, measure.end)


def levels_of(measures: Iterable[Measure]) -> tuple[Level, ...]:
    """The scores that measures are made of, without repeats."""
    levels = [Level(m.indicator, e) for m in measures for e in editions_of(m)]
    return tuple(dict.fromkeys(levels))
