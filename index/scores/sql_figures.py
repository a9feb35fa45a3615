"""Statements for single figures, and for one figure over editions or over indicators. Pure; written like those of `sql`."""

from __future__ import annotations

from collections.abc import Sequence

from index.contract.answer_kind import Kind
from index.scores.query import AnyOf, Level, OfCountry, OfGroup, Query
from index.scores.sql import admit, country_statement, cut, direction, having, marks
from index.scores.sql_parts import (
    Draft,
    Statement,
    country_figure,
    group_expression,
    group_source,
    hundredths,
    summed_hundredths,
)
from index.scores.statistics import Stat


def operand_statement(operand: OfCountry | OfGroup, members_of: int) -> Statement:
    """A named country's figure, or the statistic of a group: amount in hundredths (for a mean the sum), and of how many."""
    draft = Draft()
    if isinstance(operand, OfCountry):
        sql, values = country_figure(operand)
        draft.add(f"select {sql} * 100 as amount, 1 as countries", *values)
    else:
        _group_amount(draft, operand, members_of)
    return draft.done(("amount", "countries"))


def against_statement(own: OfCountry, group: OfGroup, members_of: int) -> Statement:
    """A country's figure in hundredths beside the amount and the number of countries of a group, as in `operand_statement`."""
    draft = Draft()
    sql, values = country_figure(own)
    draft.add(f"select {sql} * 100 as own, amount, countries\nfrom (", *values)
    _group_amount(draft, group, members_of)
    draft.add(")")
    return draft.done(("own", "amount", "countries"))


def trend_statement(country: str, indicator: str, editions: Sequence[int]) -> Statement:
    """A country's score in each of these editions, the earliest first, with its competition rank among all loaded countries.

    Columns: edition, value, source, rank, total, sharing.
    """
    draft = Draft()
    draft.add(
        "select edition, value, source, place, total, sharing\nfrom (\n"
        "select country, edition, value, source, rank() over (partition by edition order by value desc) as place,\n"
        "  count(*) over (partition by edition) as total, count(*) over (partition by edition, value) as sharing"
    )
    draft.add(f"from scores where indicator = ? and edition in ({marks(tuple(editions))})\n)", indicator, *editions)
    draft.add("where country = ? order by edition", country)
    return draft.done(("edition", "value", "source", "rank", "total", "sharing"))


def indicator_ranking_statement(query: Query) -> Statement:
    """One row for each indicator of the family: the statistic (by default the mean) over the countries the query admits.

    A condition that names no indicator is put to each indicator's statistic, the others to the countries. Columns: indicator,
    place (in the order asked for), total (before the cut), sharing, amount (in hundredths, for a mean the sum), countries.
    """
    draft = Draft()
    stat = query.stat or Stat.MEAN
    figure = "b.value" if isinstance(query.measures[0], Level) else "(b.value - a.value)"
    draft.add(
        f"select indicator, rank() over (order by figure {direction(query)}) as place, count(*) over () as total,\n"
        f"  count(*) over (partition by figure) as sharing, amount, countries\nfrom (\nselect b.indicator,\n"
        f"  {summed_hundredths(stat, figure)} as amount, count(*) as countries, {hundredths(stat, figure)} as figure"
    )
    _family_source(draft, query)
    draft.add("group by b.indicator")
    measure = query.measures[0]
    last = Level("", measure.edition if isinstance(measure, Level) else measure.end)
    aliases = {last: "b"} if isinstance(measure, Level) else {Level("", measure.start): "a", last: "b"}
    own = tuple(any_of for any_of in query.where if not _names_indicator(any_of))
    having(draft, own, stat, aliases, query.members_of)
    draft.add(")")
    cut(draft, query, "figure")
    draft.add("order by place, indicator")
    return draft.done(("indicator", "place", "total", "sharing", "amount", "countries"))


def family_countries_statement(query: Query) -> Statement:
    """The countries whose scores go into an indicator ranking, by code."""
    draft = Draft()
    draft.add("select distinct b.country")
    _family_source(draft, query)
    draft.add("order by b.country")
    return draft.done(("country",))


def _family_source(draft: Draft, query: Query) -> None:
    measure = query.measures[0]
    end = measure.edition if isinstance(measure, Level) else measure.end
    draft.add("from scores b")
    if not isinstance(measure, Level):
        draft.add("join scores a on a.country = b.country and a.indicator = b.indicator and a.edition = ?", measure.start)
    draft.add(f"where b.edition = ? and b.indicator in ({marks(query.family)})", end, *query.family)
    admit(draft, query, "b.country")
    named = tuple(any_of for any_of in query.where if _names_indicator(any_of))
    if named:
        tested = country_statement(Query(Kind.SET, (named[0][0].left,), query.members_of, where=named))
        draft.add(f"  and b.country in (select country from (\n{tested.sql}\n))", *tested.values)


def _names_indicator(any_of: AnyOf) -> bool:
    return bool(any_of[0].left.indicator)


def _group_amount(draft: Draft, group: OfGroup, members_of: int) -> None:
    source, values = group_source(group, members_of)
    draft.add(f"select {summed_hundredths(group.stat, group_expression(group))} as amount, count(*) as countries")
    draft.add(source, *values)
