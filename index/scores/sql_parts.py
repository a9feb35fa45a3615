"""The pieces that statements are made of: drafts, columns, comparisons and right-hand sides. Pure, values always bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.taxonomy import WORLD
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Query, levels_of
from index.scores.statistics import STAT_FUNCTIONS, Stat

MEMBERS = "(select country from members where grouping = ? and edition = ?)"
# The indicator of the row, where a measure names none because it is meant for each of a family.
EACH = "b.indicator"
SCORE_OF = "(select value from scores where country = ? and indicator = ? and edition = ?)"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with a question mark for each of `values`, in order; `columns` names the columns it returns."""

    sql: str
    values: tuple[object, ...]
    columns: tuple[str, ...]


@dataclass(slots=True)
class Draft:
    """SQL being built: text and values are added together, so they cannot get out of step."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        """Add a line of text with the values for its question marks."""
        self.parts.append(sql)
        self.values.extend(values)

    def done(self, columns: Sequence[str]) -> Statement:
        """What was added, as a statement that returns these columns."""
        return Statement("\n".join(self.parts), tuple(self.values), tuple(columns))


def aliases_of(query: Query) -> dict[Level, str]:
    """The table alias of every score that a query looks up: s1, s2 and so on."""
    return {level: f"s{n}" for n, level in enumerate(levels_of(query.all_measures), start=1)}


def expression(measure: Measure, aliases: dict[Level, str]) -> str:
    """A score or a change as SQL."""
    if isinstance(measure, Level):
        return f"{aliases[measure]}.value"
    end, start = (aliases[Level(measure.indicator, e)] for e in (measure.end, measure.start))
    return f"({end}.value - {start}.value)"


def comparison(left: str, op: Op, right: str) -> str:
    """A test of two expressions."""
    if op in (Op.MOVED_AT_LEAST, Op.MOVED_MORE):
        return f"abs({left}) {op.value.split()[1]} {right}"
    return f"{left} {op.value} {right}"


def condition_test(condition: Condition, aliases: dict[Level, str], members_of: int) -> tuple[str, tuple[object, ...]]:
    """One condition on a country as SQL, with its values."""
    right, values = _raised(condition, *_operand(condition.right, aliases, members_of))
    return comparison(expression(condition.left, aliases), condition.op, right), values


def family_test(condition: Condition, figure: str, query: Query) -> tuple[str, tuple[object, ...]]:
    """One condition on each indicator of the query's one country, whose score or change is `figure`."""
    right = condition.right
    if isinstance(right, (Level, Change)):
        right = OfCountry(query.countries[0], right)
    sql, values = _raised(condition, *_operand(right, {}, query.members_of))
    return comparison(figure, condition.op, sql), values


def _raised(condition: Condition, sql: str, values: tuple[object, ...], unit: int = 1) -> tuple[str, tuple[object, ...]]:
    """A right-hand side with the points that are added to it; a point is so many `unit`s."""
    return (f"({sql} + ?)", (*values, condition.plus * unit)) if condition.plus else (sql, values)


def hundredths(stat: Stat, figure: str) -> str:
    """A statistic in hundredths of a point. A mean is a quotient of whole numbers, so equal means are equal and tie."""
    if stat is Stat.COUNT:
        return "count(*) * 100"
    whole = f"cast({figure} * 100 as bigint)"
    return f"sum({whole}) / count(*)" if stat is Stat.MEAN else f"{STAT_FUNCTIONS[stat]}({whole})"


def summed_hundredths(stat: Stat, figure: str) -> str:
    """The same before the division: for a mean the sum in hundredths, which the number of values divides."""
    return f"sum(cast({figure} * 100 as bigint))" if stat is Stat.MEAN else hundredths(stat, figure)


def group_test(condition: Condition, stat: Stat, aliases: dict[Level, str], members_of: int) -> tuple[str, tuple[object, ...]]:
    """One condition on the statistic of a group, for a `having` clause; the right-hand side in hundredths as well."""
    left = hundredths(stat, expression(condition.left, aliases))
    right = condition.right
    values: tuple[object, ...] = ()
    if isinstance(right, Decimal):
        sql, values = "cast(? as double)", (right * 100,)
    elif isinstance(right, OfCountry):
        sql, values = country_figure(right)
        sql = f"{sql} * 100"
    elif isinstance(right, OfGroup):
        source, values = group_source(right, members_of)
        sql = f"(select {hundredths(right.stat, group_expression(right))} {source})"
    else:
        sql = hundredths(stat, expression(right, aliases))
    sql, values = _raised(condition, sql, values, 100)
    return comparison(left, condition.op, sql), values


def _operand(operand: Operand, aliases: dict[Level, str], members_of: int) -> tuple[str, tuple[object, ...]]:
    if isinstance(operand, Decimal):
        return "?", (operand,)
    if isinstance(operand, (Level, Change)):
        return expression(operand, aliases), ()
    if isinstance(operand, OfCountry):
        return country_figure(operand)
    source, values = group_source(operand, members_of)
    return f"(select {STAT_FUNCTIONS[operand.stat]}({group_expression(operand)}) {source})", values


def country_figure(operand: OfCountry) -> tuple[str, tuple[object, ...]]:
    """A named country's score or change as a sub-select, with its values."""
    levels = levels_of((operand.measure,))
    named = (operand.measure.indicator,) if operand.measure.indicator else ()
    found = [(operand.country, *named, level.edition) for level in levels]
    score = SCORE_OF if named else SCORE_OF.replace("indicator = ?", f"indicator = {EACH}")
    if len(found) == 1:
        return score, found[0]
    (earlier, later) = found
    return f"({score} - {score})", (*later, *earlier)


def group_expression(operand: OfGroup) -> str:
    """The figure of each country of a group in `group_source`."""
    return "g1.value" if isinstance(operand.measure, Level) else "g2.value - g1.value"


def group_source(operand: OfGroup, members_of: int) -> tuple[str, tuple[object, ...]]:
    """The `from` and `where` clauses that give a group's countries, with their values."""
    levels = levels_of((operand.measure,))
    indicator, named = ("?", [operand.measure.indicator]) if operand.measure.indicator else (EACH, [])
    sql: str = "from scores g1"
    values: list[object] = []
    if len(levels) == 2:
        sql += f" join scores g2 on g2.country = g1.country and g2.indicator = {indicator} and g2.edition = ?"
        values += [*named, levels[1].edition]
    sql += f" where g1.indicator = {indicator} and g1.edition = ?"
    values += [*named, levels[0].edition]
    if operand.group != WORLD:
        sql += f" and g1.country in {MEMBERS}"
        values += [operand.group, members_of]
    return sql, tuple(values)
