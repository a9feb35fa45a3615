"""From a query to SQL with bound values. Pure: no name or number from a question ever enters the text of a statement.

Scores are stored as decimals, so sums, differences and comparisons are exact. Ranks equal those of `ranking`. A query over the
result of another holds that other as a sub-select, so that one statement answers both steps.
"""

from __future__ import annotations

from dataclasses import replace

from index.scores.query import AnyOf, Level, OfCountry, Order, Query, group_conditions
from index.scores.sql_parts import (
    MEMBERS,
    Draft,
    aliases_of,
    condition_test,
    country_figure,
    expression,
    family_test,
    group_test,
    hundredths,
    summed_hundredths,
)
from index.scores.sql_parts import Statement as Statement
from index.scores.statistics import STAT_COLUMNS, Stat


def country_statement(query: Query) -> Statement:
    """One row for each country the query admits, in its order, ties by code.

    Columns: country, place (its competition rank, the highest figure first), total (rows before the cut), sharing (rows with the
    same figure), then value and source of every score the query looks up, named `value_n` and `source_n` in the order of
    `levels_of(query.all_measures)`.
    """
    draft = Draft()
    columns = _country_table(draft, query)
    draft.add(f"order by {expression(query.measures[0], aliases_of(query))} {direction(query)}, s1.country")
    return draft.done(columns)


def aggregate_statement(query: Query) -> Statement:
    """The statistic `query.stat` over the countries the query admits (for a mean, their sum), and how many they are."""
    if query.stat is None:
        raise ValueError("the query asks for no statistic")
    draft = Draft()
    draft.add(f"select {STAT_COLUMNS[query.stat]}\nfrom (\nselect {expression(query.measures[0], aliases_of(query))} as value")
    _from(draft, query)
    _where(draft, query)
    draft.add(")")
    return draft.done(("value", "countries"))


def means_statement(query: Query) -> Statement:
    """The countries that have all the scores of the query, counted, then the sum in hundredths of each of its measures."""
    draft = Draft()
    aliases = aliases_of(query)
    sums = [
        f"{summed_hundredths(Stat.MEAN, expression(m, aliases))} as amount_{n}" for n, m in enumerate(query.measures, start=1)
    ]
    draft.add(f"select count(*) as countries, {', '.join(sums)}")
    _from(draft, query)
    _where(draft, query)
    return draft.done(("countries", *(f"amount_{n}" for n in range(1, len(sums) + 1))))


def group_statement(query: Query) -> Statement:
    """One row for each group of `by`: the statistic (by default the mean) over its countries that the query admits.

    Which conditions are put to countries and which to groups is said by `group_conditions`.
    Columns: grouping, place (its competition rank in the order asked for), total (groups before the cut), sharing, amount (the
    figure in hundredths, for a mean the sum), countries (how many were used).
    """
    draft = Draft()
    _group_table(draft, query)
    draft.add("order by place, grouping")
    return draft.done(("grouping", "place", "total", "sharing", "amount", "countries"))


def indicator_statement(query: Query) -> Statement:
    """One row for each indicator of the family that the query admits, for its one country, in the order asked for.

    Columns: indicator, place (its competition rank in that order), total, then value and source in the later edition and in the
    earlier one, the same twice for a score. A right-hand side of another country or a group is its figure for each indicator.
    """
    draft = Draft()
    measure = query.measures[0]
    end = measure.edition if isinstance(measure, Level) else measure.end
    start = measure.edition if isinstance(measure, Level) else measure.start
    figure = "b.value" if isinstance(measure, Level) else "b.value - a.value"
    draft.add(
        f"select b.indicator, rank() over (order by {figure} {direction(query)}) as place, count(*) over () as total,\n"
        "  b.value as value_1, b.source as source_1, a.value as value_2, a.source as source_2\n"
        "from scores b join scores a on a.country = b.country and a.indicator = b.indicator and a.edition = ?",
        start,
    )
    draft.add("where b.country = ? and b.edition = ?", query.countries[0], end)
    draft.add(f"  and b.indicator in ({marks(query.family)})", *query.family)
    for any_of in query.where:
        tested = [family_test(condition, figure, query) for condition in any_of]
        draft.add(f"  and ({' or '.join(test for test, _ in tested)})", *(value for _, values in tested for value in values))
    cut(draft, query, figure)
    draft.add("order by place, b.indicator")
    return draft.done(("indicator", "place", "total", "value_1", "source_1", "value_2", "source_2"))


def cut(draft: Draft, query: Query, figure: str) -> None:
    """Keep the first ranks, or those who hold one place: where a tie spans the place, all who are tied."""
    rank = f"rank() over (order by {figure} {direction(query)})"
    if query.place is not None:
        sharing = f"count(*) over (partition by {figure})"
        draft.add(f"qualify {rank} <= ? and {rank} + {sharing} > ?", query.place, query.place)
    elif query.limit is not None:
        draft.add(f"qualify {rank} <= ?", query.limit)


def _beside(draft: Draft, query: Query, figure: str, country: str, step: int) -> None:
    """Keep those with the nearest lower figure than a country (`step` 1), or the nearest higher one (-1)."""
    own, values = country_figure(OfCountry(country, query.measures[0]))
    nearest, than = ("max", "<") if step > 0 else ("min", ">")
    draft.add(f"qualify {figure} = {nearest}({figure}) filter (where {figure} {than} {own}) over ()", *values)


def admit(draft: Draft, query: Query, country: str) -> None:
    """Add the clauses that leave only the countries, groups and first step of a query, each beginning with "and"."""
    if query.countries:
        draft.add(f"  and {country} in ({marks(query.countries)})", *query.countries)
    for any_of in query.groups:
        tests = " or ".join([f"{country} in {MEMBERS}"] * len(any_of))
        draft.add(f"  and ({tests})", *(value for group in any_of for value in (group, query.members_of)))
    for without in query.without_countries:
        draft.add(f"  and {country} <> ?", without)
    for group in query.without_groups:
        draft.add(f"  and {country} not in {MEMBERS}", group, query.members_of)
    if query.among is not None:
        _among(draft, query.among, country)


def _among(draft: Draft, first: Query, country: str) -> None:
    if first.by:
        draft.add(f"  and {country} in (select country from members where edition = ? and grouping in (", first.members_of)
        draft.add("select grouping from (")
        _group_table(draft, first)
        draft.add(")))")
    else:
        draft.add(f"  and {country} in (select country from (")
        _country_table(draft, first)
        draft.add("))")


def _country_table(draft: Draft, query: Query) -> list[str]:
    aliases = aliases_of(query)
    first = expression(query.measures[0], aliases)
    columns = ["country", "place", "total", "sharing"]
    draft.add(
        f"select s1.country, rank() over (order by {first} desc) as place, count(*) over () as total,\n"
        f"  count(*) over (partition by {first}) as sharing"
    )
    for alias in aliases.values():
        number = alias[1:]
        draft.add(f"  , {alias}.value as value_{number}, {alias}.source as source_{number}")
        columns += [f"value_{number}", f"source_{number}"]
    _from(draft, query)
    _where(draft, query)
    if query.beside is not None:
        _beside(draft, query, first, *query.beside)
    else:
        cut(draft, query, first)
    return columns


def _group_table(draft: Draft, query: Query) -> None:
    aliases = aliases_of(query)
    stat = query.stat or Stat.MEAN
    value = expression(query.measures[0], aliases)
    draft.add(
        f"select grouping, rank() over (order by figure {direction(query)}) as place, count(*) over () as total,\n"
        "  count(*) over (partition by figure) as sharing, amount, countries\n"
        f"from (\nselect m.grouping, {summed_hundredths(stat, value)} as amount, count(*) as countries,\n"
        f"  {hundredths(stat, value)} as figure"
    )
    _from(draft, query)
    draft.add(
        f"join members m on m.country = s1.country and m.edition = ? and m.grouping in ({marks(query.by)})",
        query.members_of,
        *query.by,
    )
    of_countries, of_groups = group_conditions(query)
    _where(draft, replace(query, where=of_countries), aliases)
    draft.add("group by m.grouping")
    having(draft, of_groups, stat, aliases, query.members_of)
    draft.add(")")
    cut(draft, query, "figure")


def having(draft: Draft, where: tuple[AnyOf, ...], stat: Stat, aliases: dict[Level, str], members_of: int) -> None:
    """Add the conditions on the statistic of each group of rows, if there are any."""
    tested = [[group_test(c, stat, aliases, members_of) for c in any_of] for any_of in where]
    if tested:
        clauses = [f"({' or '.join(test for test, _ in tests)})" for tests in tested]
        draft.add(f"having {' and '.join(clauses)}", *(v for tests in tested for _, values in tests for v in values))


def _from(draft: Draft, query: Query) -> None:
    for level, alias in aliases_of(query).items():
        if alias == "s1":
            draft.add("from scores s1")
        else:
            draft.add(
                f"join scores {alias} on {alias}.country = s1.country and {alias}.indicator = ? and {alias}.edition = ?",
                level.indicator,
                level.edition,
            )


def _where(draft: Draft, query: Query, aliases: dict[Level, str] | None = None) -> None:
    aliases = aliases or aliases_of(query)
    level = next(iter(aliases))
    draft.add("where s1.indicator = ? and s1.edition = ?", level.indicator, level.edition)
    admit(draft, query, "s1.country")
    for conditions in query.where:
        tested = [condition_test(condition, aliases, query.members_of) for condition in conditions]
        draft.add(f"  and ({' or '.join(test for test, _ in tested)})", *(value for _, values in tested for value in values))


def direction(query: Query) -> str:
    """The order asked for, in SQL."""
    return "asc" if query.order is Order.LOWEST else "desc"


def marks(values: tuple[object, ...]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
