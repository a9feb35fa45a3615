"""What a query gives, worked out country by country in plain Python with exact fractions. Shares only `Query` with the engine."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

from index.contract.answer_kind import Kind
from index.scores.query import Change, Condition, Level, Measure, OfCountry, Op, Operand, Order, Query, levels_of
from index.scores.statistics import Stat

COMPARE: dict[Op, Callable[[Fraction, Fraction], bool]] = {
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
    Op.EQUAL: operator.eq,
    Op.MOVED_AT_LEAST: lambda a, b: abs(a) >= b,
    Op.MOVED_MORE: lambda a, b: abs(a) > b,
}


def shown(figure: Fraction) -> float:
    """A figure as an answer gives it: to two decimals, halves away from zero."""
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)) + 0.0


def reckoned(values: list[Fraction], stat: Stat) -> Fraction:
    """A statistic of a group."""
    ways = {Stat.MEAN: lambda v: sum(v, Fraction(0)) / len(v), Stat.MEDIAN: median, Stat.MIN: min, Stat.MAX: max}
    return Fraction(ways[stat](values))


def in_order(figures: Mapping[str, Fraction], query: Query) -> list[str]:
    """Names in the order of a query, ties by name, cut at its place or limit with everything tied there."""
    down = query.order is not Order.LOWEST
    names = sorted(figures, key=lambda n: (-figures[n] if down else figures[n], n))
    rank = {n: 1 + sum((v > figures[n]) if down else (v < figures[n]) for v in figures.values()) for n in names}
    if query.place is not None:
        held = [r for r in rank.values() if r <= query.place]
        at = max(held, default=0)
        spans = at + sum(r == at for r in rank.values()) > query.place
        return [n for n in names if rank[n] == at and spans]
    return [n for n in names if query.limit is None or rank[n] <= query.limit]


@dataclass(frozen=True)
class Plain:
    """Scores by edition, country and indicator; the countries of each group by edition and name."""

    values: Mapping[tuple[int, str, str], Decimal]
    groups: Mapping[tuple[int, str], frozenset[str]]

    def members(self, group: str, edition: int) -> frozenset[str]:
        return frozenset(c for _, c, _ in self.values) if group == "world" else self.groups[edition, group]

    def figure(self, country: str, measure: Measure, indicator: str = "") -> Fraction | None:
        name = measure.indicator or indicator
        if isinstance(measure, Level):
            value = self.values.get((measure.edition, country, name))
            return None if value is None else Fraction(value)
        end, start = (self.figure(country, Level(name, e)) for e in (measure.end, measure.start))
        return None if end is None or start is None else end - start

    def operand(self, operand: Operand, members_of: int, own: Callable[[Measure], Fraction | None]) -> Fraction | None:
        if isinstance(operand, Decimal):
            return Fraction(operand)
        if isinstance(operand, (Level, Change)):
            return own(operand)
        if isinstance(operand, OfCountry):
            return self.figure(operand.country, operand.measure)
        found = [v for c in self.members(operand.group, members_of) if (v := self.figure(c, operand.measure)) is not None]
        return reckoned(found, operand.stat) if found else None

    def meets(self, condition: Condition, members_of: int, own: Callable[[Measure], Fraction | None]) -> bool:
        left, right = own(condition.left), self.operand(condition.right, members_of, own)
        return left is not None and right is not None and COMPARE[condition.op](left, right)

    def admitted(self, query: Query, *, conditions: bool = True) -> set[str]:
        """The countries that a query admits before its order and cut."""
        found = set()
        first = None if query.among is None else self.first_step(query.among)
        for country in {c for _, c, _ in self.values}:
            levels = levels_of(m for m in query.all_measures if m.indicator)
            having = all((level.edition, country, level.indicator) in self.values for level in levels)
            inside = all(any(country in self.members(g, query.members_of) for g in any_of) for any_of in query.groups)
            out = country in query.without_countries or any(
                country in self.members(g, query.members_of) for g in query.without_groups
            )
            named = not query.countries or country in query.countries
            where = query.where if conditions else ()
            own = lambda measure, country=country: self.figure(country, measure)  # noqa: E731
            meets = all(any(self.meets(c, query.members_of, own) for c in any_of) for any_of in where)
            if having and inside and not out and named and meets and (first is None or country in first):
                found.add(country)
        return found

    def first_step(self, first: Query) -> set[str]:
        if first.by:
            return {c for g in self.group_ranking(first) for c in self.members(g, first.members_of)}
        return set(self.table(first))

    def table(self, query: Query) -> list[str]:
        """The countries of a query in its order."""
        return in_order({c: self.figure(c, query.measures[0]) or Fraction(0) for c in self.admitted(query)}, query)

    def statistic(self, query: Query, countries: set[str], measure: Measure) -> Fraction | None:
        found = [v for c in countries if (v := self.figure(c, measure)) is not None]
        return reckoned(found, query.stat or Stat.MEAN) if found else None

    def group_figures(self, query: Query) -> dict[str, tuple[Fraction, int]]:
        """Each group's statistic and number of countries; conditions on the measure, or all of a count, are put to the groups."""
        of_groups = [
            a for a in query.where if query.kind is not Kind.GROUP_RANKING or all(c.left == query.measures[0] for c in a)
        ]
        found = {}
        for group in query.by:
            inside = set()
            for country in self.admitted(query, conditions=False) & self.members(group, query.members_of):
                own = lambda measure, country=country: self.figure(country, measure)  # noqa: E731
                rest = [a for a in query.where if a not in of_groups]
                if all(any(self.meets(c, query.members_of, own) for c in any_of) for any_of in rest):
                    inside.add(country)
            whole = lambda measure, inside=inside: self.statistic(query, inside, measure)  # noqa: E731
            figure = whole(query.measures[0])
            if figure is not None and all(any(self.meets(c, query.members_of, whole) for c in a) for a in of_groups):
                found[group] = (figure, len(inside))
        return found

    def group_ranking(self, query: Query) -> list[str]:
        return in_order({group: figure for group, (figure, _) in self.group_figures(query).items()}, query)

    def indicator_figures(self, query: Query) -> dict[str, Fraction]:
        """Each indicator's statistic over the countries admitted that have it; its own conditions are put to the statistic."""
        countries = self.admitted(Query(
            Kind.SET, (), query.members_of, query.countries, query.groups, query.without_countries, query.without_groups,
            tuple(a for a in query.where if a[0].left.indicator), among=query.among,
        ))  # fmt: skip
        found = {}
        for indicator in query.family:
            values = [v for c in countries if (v := self.figure(c, query.measures[0], indicator)) is not None]
            if not values:
                continue
            figure = reckoned(values, query.stat or Stat.MEAN)
            own = [c for a in query.where if not a[0].left.indicator for c in a]
            if all(COMPARE[c.op](figure, Fraction(c.right)) for c in own if isinstance(c.right, Decimal)):
                found[indicator] = figure
        return found
