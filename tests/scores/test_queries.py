"""Any query run through SQL gives what a plain computation over the same table gives."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Corpus, Score
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.contract.answer_kind import Kind
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Order, Query, levels_of
from index.scores.ranking import Rank, competition_ranks
from index.scores.score_store import ScoreStore, write_scores
from index.scores.sql import aggregate_statement, country_statement, indicator_statement
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
COUNTRIES = tuple("PER CHL BRA NGA KEN FRA DEU CHN JPN FJI HTI TUR".split())
INDICATORS = ("criminality", "resilience", "cocaine_trade", "heroin_trade", "financial_crimes")
GROUPS = ("Africa", "Americas", "South America", "European Union", "OECD", "Melanesia")
Table = dict[tuple[str, str, int], Decimal]


def invented(countries: tuple[str, ...], seed: int = 7) -> Table:
    """Scores in steps of half a point, so that ties are common; a fifth of the cells is missing."""
    draw = random.Random(seed)
    cells = [(c, i, e) for c in countries for i in INDICATORS for e in TAXONOMY.editions]
    return {
        (c, i, e): Decimal(draw.randint(2, 20)) / 2
        for c, i, e in cells
        if e >= TAXONOMY.indicators[i].since and draw.random() > 0.2
    }


TABLE = invented(COUNTRIES)


def store(table: Table, folder: Path, taxonomy: Taxonomy) -> ScoreStore:
    scores = tuple(Score(c, e, i, float(v), f"sheet {e}, {c} {i}") for (c, i, e), v in sorted(table.items()))
    write_scores(folder / "facts.duckdb", Corpus((), scores, (), ()), taxonomy)
    return ScoreStore.open(folder / "facts.duckdb")


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> Iterator[ScoreStore]:
    opened = store(TABLE, tmp_path_factory.mktemp("scores"), taxonomy)
    yield opened
    opened.close()


# The plain computation


def figure(table: Table, country: str, measure: Measure) -> Decimal | None:
    if isinstance(measure, Level):
        return table.get((country, measure.indicator, measure.edition))
    end, start = (table.get((country, measure.indicator, e)) for e in (measure.end, measure.start))
    return None if end is None or start is None else end - start


def given_side(table: Table, country: str, operand: Operand, members_of: int) -> Decimal | float | None:
    if isinstance(operand, Decimal):
        return operand
    if isinstance(operand, (Level, Change)):
        return figure(table, country, operand)
    if isinstance(operand, OfCountry):
        return figure(table, operand.country, operand.measure)
    among = COUNTRIES if operand.group == "world" else TAXONOMY.members(operand.group, members_of)
    values = [v for c in among if (v := figure(table, c, operand.measure)) is not None]
    if not values:
        return None
    mean = float(sum(values)) / len(values)
    return {Stat.MEAN: mean, Stat.MEDIAN: median(values), Stat.MIN: min(values), Stat.MAX: max(values)}[operand.stat]


COMPARE: dict[Op, Callable[[float, float], bool]] = {
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
    Op.EQUAL: operator.eq,
    Op.MOVED_AT_LEAST: lambda a, b: abs(a) >= b,
    Op.MOVED_MORE: lambda a, b: abs(a) > b,
}


def holds(table: Table, country: str, condition: Condition, members_of: int) -> bool:
    left = figure(table, country, condition.left)
    right = given_side(table, country, condition.right, members_of)
    return left is not None and right is not None and COMPARE[condition.op](float(left), float(right))


def admitted(table: Table, query: Query) -> list[str]:
    found = []
    for country in sorted({c for c, _, _ in table}):
        having = all((country, level.indicator, level.edition) in table for level in levels_of(query.all_measures))
        inside = all(any(country in TAXONOMY.members(g, query.members_of) for g in any_of) for any_of in query.groups)
        out = country in query.without_countries or any(
            country in TAXONOMY.members(g, query.members_of) for g in query.without_groups
        )
        named = not query.countries or country in query.countries
        meets = all(any(holds(table, country, c, query.members_of) for c in any_of) for any_of in query.where)
        if having and inside and not out and named and meets:
            found.append(country)
    return found


def ordered(table: Table, query: Query) -> list[tuple[str, Decimal, int]]:
    """Country, figure and competition rank (the highest first), in the order of the query, ties at the cut included."""
    values = {c: figure(table, c, query.measures[0]) or Decimal(0) for c in admitted(table, query)}
    down = query.order is not Order.LOWEST
    rows = sorted(values, key=lambda c: (-values[c] if down else values[c], c))
    if query.limit is not None:
        rows = [c for c in rows if sum((v > values[c]) if down else (v < values[c]) for v in values.values()) < query.limit]
    return [(c, values[c], 1 + sum(v > values[c] for v in values.values())) for c in rows]


# Queries of every shape


EDITIONS = st.sampled_from(TAXONOMY.editions)
LEVELS = st.builds(Level, st.sampled_from(INDICATORS), EDITIONS)
CHANGES = st.builds(
    lambda i, pair: Change(i, *pair), st.sampled_from(INDICATORS), st.sampled_from([(2021, 2023), (2023, 2025), (2021, 2025)])
)
MEASURES = LEVELS | CHANGES
NUMBERS = st.integers(-8, 40).map(lambda n: Decimal(n) / 4)
SIGNS = st.sampled_from([Op.ABOVE, Op.AT_LEAST, Op.BELOW, Op.AT_MOST, Op.EQUAL])
OPERANDS = (
    NUMBERS
    | LEVELS
    | st.builds(OfCountry, st.sampled_from(COUNTRIES), MEASURES)
    | st.builds(
        OfGroup, st.sampled_from(("world", *GROUPS)), st.sampled_from((Stat.MEAN, Stat.MEDIAN, Stat.MIN, Stat.MAX)), MEASURES
    )
)
CONDITIONS = st.builds(Condition, MEASURES, SIGNS, OPERANDS) | st.builds(
    Condition, CHANGES, st.sampled_from([Op.MOVED_AT_LEAST, Op.MOVED_MORE]), NUMBERS
)
QUERIES = st.builds(
    Query,
    kind=st.sampled_from([Kind.SET, Kind.RANKING, Kind.COUNT, Kind.COMPARISON]),
    measures=MEASURES.map(lambda m: (m,)) | st.tuples(MEASURES, MEASURES),
    members_of=EDITIONS,
    countries=st.just(()) | st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=4, unique=True).map(tuple),
    groups=st.lists(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True).map(tuple), max_size=2).map(tuple),
    without_countries=st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True).map(tuple),
    without_groups=st.lists(st.sampled_from(GROUPS), max_size=1).map(tuple),
    where=st.lists(st.lists(CONDITIONS, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    order=st.sampled_from([None, Order.HIGHEST, Order.LOWEST]),
    limit=st.none() | st.integers(1, 5),
)


@settings(max_examples=300)
@given(query=QUERIES)
def test_a_table_of_countries_equals_the_plain_computation(query: Query, scores: ScoreStore) -> None:
    rows = scores.run(country_statement(query))
    expected = ordered(TABLE, query)
    assert [(row[0], row[1]) for row in rows] == [(country, rank) for country, _, rank in expected]
    levels = levels_of(query.all_measures)
    for row, (country, _, _) in zip(rows, expected, strict=True):
        assert row[4::2] == tuple(TABLE[country, level.indicator, level.edition] for level in levels)
        assert row[5::2] == tuple(f"sheet {level.edition}, {country} {level.indicator}" for level in levels)


@settings(max_examples=150)
@given(query=QUERIES)
def test_ranks_in_sql_equal_those_of_ranking(query: Query, scores: ScoreStore) -> None:
    rows = scores.run(country_statement(query))
    ranks = competition_ranks(figure(TABLE, c, query.measures[0]) or Decimal(0) for c in admitted(TABLE, query))
    assert [Rank(*row[1:4]) for row in rows] == [ranks[figure(TABLE, row[0], query.measures[0]) or Decimal(0)] for row in rows]


@settings(max_examples=150)
@given(query=QUERIES, stat=st.sampled_from((Stat.MEAN, Stat.MEDIAN, Stat.MIN, Stat.MAX)))
def test_a_figure_of_a_group_equals_the_plain_computation(query: Query, stat: Stat, scores: ScoreStore) -> None:
    asked = Query(
        Kind.AGGREGATE, query.measures[:1], query.members_of, query.countries, query.groups, query.without_countries,
        query.without_groups, query.where, stat=stat,
    )  # fmt: skip
    ((value, of),) = scores.run(aggregate_statement(asked))
    values = [v for c in admitted(TABLE, asked) if (v := figure(TABLE, c, asked.measures[0])) is not None]
    assert of == len(values)
    if values:
        plain = {Stat.MEAN: sum(values), Stat.MEDIAN: median(values), Stat.MIN: min(values), Stat.MAX: max(values)}[stat]
        assert Decimal(value) == Decimal(plain)


@settings(max_examples=150)
@given(
    country=st.sampled_from(COUNTRIES),
    edition=st.sampled_from([2021, 2023, 2025]),
    start=st.none() | st.just(2021),
    number=NUMBERS,
    op=SIGNS,
    order=st.sampled_from([None, Order.HIGHEST, Order.LOWEST]),
    limit=st.none() | st.integers(1, 3),
)
def test_the_indicators_of_a_country_equal_the_plain_computation(
    country: str,
    edition: int,
    start: int | None,
    number: Decimal,
    op: Op,
    order: Order | None,
    limit: int | None,
    scores: ScoreStore,
) -> None:
    measure: Measure = Level("", edition) if start is None or start >= edition else Change("", start, edition)
    query = Query(
        Kind.INDICATOR_SET, (measure,), edition, (country,), where=((Condition(measure, op, number),),), order=order,
        limit=limit, family=INDICATORS,
    )  # fmt: skip
    values = {}
    for indicator in INDICATORS:
        own = Level(indicator, edition) if isinstance(measure, Level) else Change(indicator, measure.start, edition)
        value = figure(TABLE, country, own)
        if value is not None and COMPARE[op](float(value), float(number)):
            values[indicator] = value
    down = order is not Order.LOWEST
    kept = [
        i
        for i in sorted(values, key=lambda i: (-values[i] if down else values[i], i))
        if limit is None or sum((v > values[i]) if down else (v < values[i]) for v in values.values()) < limit
    ]
    assert [row[0] for row in scores.run(indicator_statement(query))] == kept


@settings(max_examples=40)
@given(query=QUERIES)
def test_a_country_that_a_query_excludes_changes_nothing(query: Query, scores: ScoreStore, wider: ScoreStore) -> None:
    """Restricted to Africa or South America, scores of Iceland and New Zealand make no difference."""
    restricted = Query(
        query.kind, query.measures, query.members_of, query.countries, (*query.groups, ("Africa", "South America")),
        query.without_countries, query.without_groups,
        tuple(a for a in query.where if not any(isinstance(c.right, OfGroup) for c in a)), query.order, query.limit,
    )  # fmt: skip
    assert wider.run(country_statement(restricted)) == scores.run(country_statement(restricted))


@pytest.fixture(scope="module")
def wider(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> Iterator[ScoreStore]:
    opened = store({**invented(("ISL", "NZL", "AFG"), 3), **TABLE}, tmp_path_factory.mktemp("wider"), taxonomy)
    yield opened
    opened.close()


def test_no_name_or_number_from_a_question_appears_in_the_sql() -> None:
    measure = Level("cocaine_trade", 2023)
    query = Query(
        Kind.SET, (measure,), 2023, ("PER",), (("Africa",),), ("CHL",), ("OECD",),
        ((Condition(measure, Op.ABOVE, Decimal("7.25")),),), Order.HIGHEST, 5,
    )  # fmt: skip
    statement = country_statement(query)
    assert not any(str(value) in statement.sql for value in ("cocaine", "2023", "PER", "Africa", "CHL", "OECD", "7.25"))
    assert statement.sql.count("?") == len(statement.values)
