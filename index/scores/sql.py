"""From a query to SQL with bound values. Pure: no name or number from a question ever enters the text of a statement.

Scores are stored as decimals, so sums, differences and comparisons are exact. Ranks equal those of `ranking`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.taxonomy import WORLD
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Order, Query, levels_of
from index.scores.statistics import STAT_COLUMNS, STAT_FUNCTIONS

_MEMBERS = "(select country from members where grouping = ? and edition = ?)"
_SCORE_OF = "(select value from scores where country = ? and indicator = ? and edition = ?)"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with a question mark for each of `values`, in order; `columns` names the columns it returns."""

    sql: str
    values: tuple[object, ...]
    columns: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """SQL being built: text and values are added together, so they cannot get out of step."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        self.parts.append(sql)
        self.values.extend(values)

    def done(self, columns: Sequence[str]) -> Statement:
        return Statement("\n".join(self.parts), tuple(self.values), tuple(columns))


def country_statement(query: Query) -> Statement:
    """One row for each country the query admits, in its order, ties by code.

    Columns: country, place (its competition rank, the highest figure first), total (rows before the cut), sharing (rows with the
    same figure), then value and source of every score the query looks up, named `value_n` and `source_n` in the order of
    `levels_of(query.all_measures)`.
    """
    draft = _Draft()
    columns = _country_table(draft, query)
    return draft.done(columns)


def aggregate_statement(query: Query) -> Statement:
    """The statistic `query.stat` over the countries the query admits (for a mean, their sum), and how many they are."""
    if query.stat is None:
        raise ValueError("the query asks for no statistic")
    draft = _Draft()
    draft.add(f"select {STAT_COLUMNS[query.stat]}\nfrom (\nselect {_expression(query.measures[0], _aliases(query))} as value")
    _from_where(draft, query)
    draft.add(")")
    return draft.done(("value", "countries"))


def indicator_statement(query: Query) -> Statement:
    """One row for each indicator of the family that the query admits, for its one country, in the order asked for.

    Columns: indicator, place (its competition rank in that order), total, then value and source in the later edition and in the
    earlier one, the same twice for a score. Raises ValueError for a condition whose right-hand side is not a number.
    """
    draft = _Draft()
    measure = query.measures[0]
    end = measure.edition if isinstance(measure, Level) else measure.end
    start = measure.edition if isinstance(measure, Level) else measure.start
    figure = "b.value" if isinstance(measure, Level) else "b.value - a.value"
    direction = "asc" if query.order is Order.LOWEST else "desc"
    draft.add(
        f"select b.indicator, rank() over (order by {figure} {direction}) as place, count(*) over () as total,\n"
        "  b.value as value_1, b.source as source_1, a.value as value_2, a.source as source_2\n"
        "from scores b join scores a on a.country = b.country and a.indicator = b.indicator and a.edition = ?",
        start,
    )
    draft.add("where b.country = ? and b.edition = ?", query.countries[0], end)
    draft.add(f"  and b.indicator in ({', '.join('?' * len(query.family))})", *query.family)
    for any_of in query.where:
        if not all(isinstance(condition.right, Decimal) for condition in any_of):
            raise ValueError("the indicators of a country can only be compared with numbers")
        tests = " or ".join(_comparison(figure, condition.op, "?") for condition in any_of)
        draft.add(f"  and ({tests})", *(condition.right for condition in any_of))
    if query.limit is not None:
        draft.add("qualify place <= ?", query.limit)
    draft.add("order by place, b.indicator")
    return draft.done(("indicator", "place", "total", "value_1", "source_1", "value_2", "source_2"))


def _aliases(query: Query) -> dict[Level, str]:
    return {level: f"s{n}" for n, level in enumerate(levels_of(query.all_measures), start=1)}


def _country_table(draft: _Draft, query: Query) -> list[str]:
    aliases = _aliases(query)
    first = _expression(query.measures[0], aliases)
    direction = "asc" if query.order is Order.LOWEST else "desc"
    columns = ["country", "place", "total", "sharing"]
    draft.add(
        f"select s1.country, rank() over (order by {first} desc) as place, count(*) over () as total,\n"
        f"  count(*) over (partition by {first}) as sharing"
    )
    for alias in aliases.values():
        number = alias[1:]
        draft.add(f"  , {alias}.value as value_{number}, {alias}.source as source_{number}")
        columns += [f"value_{number}", f"source_{number}"]
    _from_where(draft, query)
    if query.limit is not None:
        draft.add(f"qualify rank() over (order by {first} {direction}) <= ?", query.limit)
    draft.add(f"order by {first} {direction}, s1.country")
    return columns


def _from_where(draft: _Draft, query: Query) -> None:
    aliases = _aliases(query)
    for level, alias in aliases.items():
        if alias == "s1":
            draft.add("from scores s1")
        else:
            draft.add(
                f"join scores {alias} on {alias}.country = s1.country and {alias}.indicator = ? and {alias}.edition = ?",
                level.indicator,
                level.edition,
            )
    level = next(iter(aliases))
    draft.add("where s1.indicator = ? and s1.edition = ?", level.indicator, level.edition)
    if query.countries:
        draft.add(f"  and s1.country in ({', '.join('?' * len(query.countries))})", *query.countries)
    for any_of in query.groups:
        tests = " or ".join([f"s1.country in {_MEMBERS}"] * len(any_of))
        draft.add(f"  and ({tests})", *(value for group in any_of for value in (group, query.members_of)))
    for country in query.without_countries:
        draft.add("  and s1.country <> ?", country)
    for group in query.without_groups:
        draft.add(f"  and s1.country not in {_MEMBERS}", group, query.members_of)
    for conditions in query.where:
        tested = [_condition(condition, aliases, query.members_of) for condition in conditions]
        draft.add(f"  and ({' or '.join(test for test, _ in tested)})", *(value for _, values in tested for value in values))


def _condition(condition: Condition, aliases: dict[Level, str], members_of: int) -> tuple[str, tuple[object, ...]]:
    right, values = _operand(condition.right, aliases, members_of)
    return _comparison(_expression(condition.left, aliases), condition.op, right), values


def _comparison(left: str, op: Op, right: str) -> str:
    if op in (Op.MOVED_AT_LEAST, Op.MOVED_MORE):
        return f"abs({left}) {op.value.split()[1]} {right}"
    return f"{left} {op.value} {right}"


def _expression(measure: Measure, aliases: dict[Level, str]) -> str:
    if isinstance(measure, Level):
        return f"{aliases[measure]}.value"
    end, start = (aliases[Level(measure.indicator, e)] for e in (measure.end, measure.start))
    return f"({end}.value - {start}.value)"


def _operand(operand: Operand, aliases: dict[Level, str], members_of: int) -> tuple[str, tuple[object, ...]]:
    if isinstance(operand, Decimal):
        return "?", (operand,)
    if isinstance(operand, (Level, Change)):
        return _expression(operand, aliases), ()
    if isinstance(operand, OfCountry):
        parts = [(operand.country, level.indicator, level.edition) for level in levels_of((operand.measure,))]
        if len(parts) == 1:
            return _SCORE_OF, parts[0]
        (earlier, later) = parts
        return f"({_SCORE_OF} - {_SCORE_OF})", (*later, *earlier)
    return _group_figure(operand, members_of)


def _group_figure(operand: OfGroup, members_of: int) -> tuple[str, tuple[object, ...]]:
    function = STAT_FUNCTIONS[operand.stat]
    levels = levels_of((operand.measure,))
    figure = "g1.value" if len(levels) == 1 else "g2.value - g1.value"
    sql, values = f"(select {function}({figure}) from scores g1", []
    if len(levels) == 2:
        sql += " join scores g2 on g2.country = g1.country and g2.indicator = ? and g2.edition = ?"
        values += [levels[1].indicator, levels[1].edition]
    sql += " where g1.indicator = ? and g1.edition = ?"
    values += [levels[0].indicator, levels[0].edition]
    if operand.group != WORLD:
        sql += f" and g1.country in {_MEMBERS}"
        values += [operand.group, members_of]
    return sql + ")", tuple(values)
