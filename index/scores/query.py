"""What a question about scores asks for, as one frozen value: measures, countries, editions, conditions and order.

A query knows nothing of wording or storage: `index.questions.query_parser` reads it from words, `sql` turns it into SQL and
`query_text` puts it back into words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from index.contract.answer_kind import Kind
from index.scores.statistics import Stat


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


@dataclass(frozen=True, slots=True)
class OfCountry:
    """A named country's figure, as the right-hand side of a condition."""

    country: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A statistic of a group ("world" for all countries), as the right-hand side of a condition."""

    group: str
    stat: Stat
    measure: Measure


Operand = Decimal | Level | Change | OfCountry | OfGroup


class Op(StrEnum):
    """How the two sides of a condition are compared."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    # The size of a change, whatever its sign.
    MOVED_AT_LEAST = "moved >="
    MOVED_MORE = "moved >"

    @property
    def words(self) -> str:
        """The comparison as written in a sentence."""
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
    """One comparison that a country must satisfy. `plus` is added to the right-hand side, in points."""

    left: Measure
    op: Op
    right: Operand
    plus: Decimal = Decimal(0)


class Order(StrEnum):
    """Whether the highest or the lowest figure comes first."""

    HIGHEST = "highest"
    LOWEST = "lowest"


AnyOf = tuple[Condition, ...]


class Quantifier(StrEnum):
    """How many of the countries must meet the conditions for the answer to be yes."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """Yes if the one figure found compares so: a value, a change, a mean, a count, a difference."""

    op: Op
    right: Operand


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """Yes if what is named first is among the first `limit` in this order, ties included.

    Named first is a country of a rank or a comparison, a group of a group ranking, or `indicator` among a country's or a group's
    indicators. With several countries of a rank, each must be among the first.
    """

    order: Order
    limit: int = 1
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class QuantifierClaim:
    """Yes if all, any or none of the countries admitted by the rest of the query meet `where`."""

    quantifier: Quantifier


Claim = FigureClaim | OrderClaim | QuantifierClaim


@dataclass(frozen=True, slots=True)
class Query:
    """A question about scores.

    - `measures`: what is asked for; the first decides the order.
    - `members_of`: the edition whose regions define group membership.
    - `countries`: if any, only these countries.
    - `groups`: a country must belong to at least one group of each tuple, and to none of `without_groups`.
    - `where`: at least one condition of each tuple must hold. Where groups are set side by side, see `group_conditions`.
    - `limit`: how many of the first ranks in `order` are kept, ties at the cut included; 1 for a superlative.
    - `family`: the indicators compared where the question asks for indicators of one country; the conditions then apply to each,
      and their measures name no indicator.
    - `within`: the groups in which a rank is taken.
    - `place`: only the countries that stand exactly there in `order`: 3 for the third highest, ties included.
    - `by`: the groups set side by side, by name, in a group ranking.
    - `among`: only the countries that this other query admits, or the countries of the groups that it gives.
    - `against`: the group's figure from which a difference is taken.
    - `claim`: what a yes/no question claims of the result.
    - `share`: whether a count is also wanted as a percentage.
    - `beside`: a country and 1 or -1: only those next behind it, or next ahead of it, by the first measure, the highest first.
    - `pick`: in a trend, whether the editions with the highest or the lowest figure are asked for.
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
    place: int | None = None
    by: tuple[str, ...] = ()
    among: Query | None = None
    against: OfGroup | None = None
    claim: Claim | None = None
    share: bool = False
    pick: Order | None = None
    beside: tuple[str, int] | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator asked for or tested."""
        return tuple(dict.fromkeys(m.indicator for m in self.all_measures if m.indicator))

    @property
    def editions(self) -> tuple[int, ...]:
        """Every edition looked up, the earliest first."""
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
        """Every group that restricts the query or within which a rank is taken."""
        return tuple(dict.fromkeys([g for any_of in self.groups for g in any_of] + [g for g in self.within if g != "world"]))


def group_conditions(query: Query) -> tuple[tuple[AnyOf, ...], tuple[AnyOf, ...]]:
    """The conditions on countries and those on the statistic of each group, in a query that sets groups side by side.

    A set or a count of groups puts all of them to the groups. In a ranking, a condition on the measure ranked by is put to the
    groups, since "regions with a mean above 6" is what it says; the others restrict the countries.
    """
    if query.kind is not Kind.GROUP_RANKING and query.kind is not Kind.DIFFERENCE:
        return (), query.where
    of_groups = tuple(a for a in query.where if all(c.left == query.measures[0] for c in a))
    return tuple(a for a in query.where if a not in of_groups), of_groups


def without_needless(query: Query) -> Query:
    """The query without a condition that the first in its order meets anyway: the one that rose most is among those that rose."""
    measure = query.measures[0]
    if query.limit != 1 or query.place is not None or query.order is None or not isinstance(measure, Change):
        return query
    op = Op.ABOVE if query.order is Order.HIGHEST else Op.BELOW
    needless = (Condition(measure, op, Decimal(0)),)
    return replace(query, where=tuple(any_of for any_of in query.where if any_of != needless))


def editions_of(measure: Measure) -> tuple[int, ...]:
    """The editions of a measure, the earlier first."""
    return (measure.edition,) if isinstance(measure, Level) else (measure.start, measure.end)


def levels_of(measures: Iterable[Measure]) -> tuple[Level, ...]:
    """The scores that measures are computed from, without repeats."""
    levels = [Level(m.indicator, e) for m in measures for e in editions_of(m)]
    return tuple(dict.fromkeys(levels))
