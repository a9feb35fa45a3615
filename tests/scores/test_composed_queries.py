"""Groups side by side, a step over another, places, shares, indicators over a group: as a plain computation gives them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_scores import Plain, in_order, reckoned, shown

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.group_results import GroupRankingResult, IndicatorRankingResult
from index.contract.typed_results import AggregateResult, CountResult, IndicatorSetResult, RankingResult, SetResult, Unavailable
from index.scores.availability import refusal_of
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Order, Query
from index.scores.query_rows import QueryResult
from index.scores.query_text import query_words
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook
from index.scores.sql import country_statement, group_statement
from index.scores.sql_figures import indicator_ranking_statement
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
CONTINENTS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "continent")
REGIONS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "region")
GROUPS = ("Africa", "Americas", "South America", "West Africa", "European Union", "OECD", "Oceania")
SOME = ("criminality", "resilience", "cocaine_trade", "financial_crimes", "law_enforcement")
MARKETS = tuple(i.id for i in TAXONOMY.measured(2025) if i.parent == "criminal_markets")
EDITIONS = (2021, 2023, 2025)

LEVELS = st.builds(Level, st.sampled_from(SOME), st.sampled_from((2023, 2025))) | st.builds(
    Level, st.sampled_from(("criminality", "heroin_trade", "resilience")), st.just(2021)
)
CHANGES = st.builds(Change, st.sampled_from(SOME), st.just(2023), st.just(2025)) | st.builds(
    Change, st.sampled_from(("criminality", "heroin_trade")), st.just(2021), st.sampled_from((2023, 2025))
)
MEASURES = LEVELS | CHANGES
NUMBERS = st.integers(-2, 32).map(lambda n: Decimal(n) / 4)
SIGNS = st.sampled_from([Op.ABOVE, Op.AT_LEAST, Op.BELOW, Op.AT_MOST])
OPERANDS = (
    NUMBERS
    | LEVELS
    | st.builds(OfCountry, st.sampled_from(("PER", "KEN", "FJI")), LEVELS)
    | st.builds(OfGroup, st.sampled_from(("world", *GROUPS)), st.just(Stat.MEDIAN), LEVELS)
)
CONDITIONS = st.builds(Condition, MEASURES, SIGNS, OPERANDS)
WHERE = st.lists(st.lists(CONDITIONS, min_size=1, max_size=2).map(tuple), max_size=1).map(tuple)
SCOPES = st.lists(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True).map(tuple), max_size=1).map(tuple)
ORDERS = st.sampled_from(Order)
STATS = st.sampled_from((Stat.MEAN, Stat.MEDIAN, Stat.MIN, Stat.MAX))
BY = st.sampled_from((CONTINENTS, REGIONS, ("Asia", "Europe"), ("OECD", "European Union", "West Africa")))
FIRST = st.builds(
    Query, kind=st.just(Kind.RANKING), measures=MEASURES.map(lambda m: (m,)), members_of=st.just(2025), groups=SCOPES,
    where=WHERE, order=ORDERS, limit=st.integers(1, 30),
) | st.builds(
    Query, kind=st.just(Kind.GROUP_RANKING), measures=MEASURES.map(lambda m: (m,)), members_of=st.just(2025), by=BY,
    order=ORDERS, limit=st.integers(1, 2),
)  # fmt: skip
CUTS = st.tuples(st.none() | st.integers(1, 6), st.none()) | st.tuples(st.none(), st.integers(1, 6))


def answered(book: ScoreBook, query: Query) -> tuple[QueryResult, Plain]:
    """The result, if the scores are loaded; whatever it is, it can be put into words."""
    assume(refusal_of(query, book.taxonomy, book.loaded) is None)
    outcome = result_of(book, query)
    assert outcome.text.endswith(".") and "  " not in outcome.text and query_words(query, book.taxonomy)
    assert outcome.statement.sql.count("?") == len(outcome.statement.values)
    return outcome, book.plain  # type: ignore[attr-defined]


@settings(max_examples=60)
@given(
    measure=MEASURES, by=BY, scope=SCOPES, where=WHERE, order=ORDERS, cut=CUTS, stat=st.none() | STATS, among=st.none() | FIRST
)  # fmt: skip
def test_groups_stand_in_the_order_of_a_statistic_of_their_countries(
    measure: Measure, by: tuple[str, ...], scope: tuple[tuple[str, ...], ...], where: tuple[tuple[Condition, ...], ...],
    order: Order, cut: tuple[int | None, int | None], stat: Stat | None, among: Query | None, book: ScoreBook,
) -> None:  # fmt: skip
    limit, place = cut
    query = Query(
        Kind.GROUP_RANKING, (measure,), 2025, groups=scope, where=where, order=order, limit=limit, place=place, stat=stat, by=by,
        among=among,
    )  # fmt: skip
    outcome, plain = answered(book, query)
    figures, expected = plain.group_figures(query), plain.group_ranking(query)
    if not expected:
        assert isinstance(outcome.result, Unavailable)
        return
    assert isinstance(outcome.result, GroupRankingResult)
    assert outcome.result.groups == tuple(expected)
    assert outcome.result.values == tuple(shown(figures[g][0]) for g in expected)
    assert outcome.result.counts == tuple(figures[g][1] for g in expected)
    assert len(outcome.facts) <= 60


@settings(max_examples=60)
@given(measure=MEASURES, by=BY, scope=SCOPES, condition=CONDITIONS, share=st.booleans(), stat=st.none() | STATS)
def test_a_count_of_groups_is_of_those_whose_own_statistic_meets_the_condition(
    measure: Measure, by: tuple[str, ...], scope: tuple[tuple[str, ...], ...], condition: Condition, share: bool,
    stat: Stat | None, book: ScoreBook,
) -> None:  # fmt: skip
    query = Query(Kind.COUNT, (measure,), 2025, groups=scope, where=((condition,),), by=by, share=share, stat=stat)
    outcome, plain = answered(book, query)
    measures = query.all_measures
    total = len(plain.group_figures(Query(Kind.COUNT, measures, 2025, groups=scope, by=by)))
    if not total:
        assert isinstance(outcome.result, Unavailable)
        return
    expected = sorted(plain.group_figures(query))
    assert isinstance(outcome.result, CountResult)
    assert (outcome.result.groups, outcome.result.value) == (tuple(expected), len(expected))
    assert outcome.result.share == (pytest.approx(100 * len(expected) / total, abs=0.0501) if share else None)


@settings(max_examples=60)
@given(
    kind=st.sampled_from([Kind.SET, Kind.RANKING]), measure=MEASURES, scope=SCOPES, where=WHERE, order=ORDERS, cut=CUTS,
    among=st.none() | FIRST,
)  # fmt: skip
def test_a_place_and_a_first_step_leave_the_countries_that_a_plain_computation_leaves(
    kind: Kind, measure: Measure, scope: tuple[tuple[str, ...], ...], where: tuple[tuple[Condition, ...], ...], order: Order,
    cut: tuple[int | None, int | None], among: Query | None, book: ScoreBook,
) -> None:  # fmt: skip
    limit, place = cut
    query = Query(kind, (measure,), 2025, groups=scope, where=where, order=order, limit=limit, place=place, among=among)
    outcome, plain = answered(book, query)
    if among is not None and not plain.first_step(among):
        assert isinstance(outcome.result, Unavailable)
        return
    assert isinstance(outcome.result, SetResult | RankingResult)
    assert outcome.result.countries == tuple(plain.table(query))


@settings(max_examples=60)
@given(measure=MEASURES, scope=SCOPES, where=WHERE, share=st.booleans(), among=st.none() | FIRST)
def test_a_count_and_its_share_are_of_the_countries_left_by_scope_and_first_step(
    measure: Measure, scope: tuple[tuple[str, ...], ...], where: tuple[tuple[Condition, ...], ...], share: bool,
    among: Query | None, book: ScoreBook,
) -> None:  # fmt: skip
    query = Query(Kind.COUNT, (measure,), 2025, groups=scope, where=where, share=share, among=among)
    outcome, plain = answered(book, query)
    if isinstance(outcome.result, Unavailable):
        assert among is not None and not plain.first_step(among) & {c for _, c, _ in plain.values}
        return
    assert isinstance(outcome.result, CountResult)
    assert outcome.result.countries == tuple(sorted(plain.admitted(query)))
    if share and where:
        assert outcome.result.of == len(plain.admitted(query, conditions=False))
    if share and outcome.result.of:
        assert outcome.result.share == pytest.approx(100 * outcome.result.value / outcome.result.of, abs=0.0501)


@settings(max_examples=40)
@given(measure=MEASURES, scope=SCOPES, where=WHERE, stat=STATS, among=FIRST)
def test_a_statistic_of_a_first_step_is_over_its_countries(
    measure: Measure, scope: tuple[tuple[str, ...], ...], where: tuple[tuple[Condition, ...], ...], stat: Stat, among: Query,
    book: ScoreBook,
) -> None:  # fmt: skip
    query = Query(Kind.AGGREGATE, (measure,), 2025, groups=scope, where=where, stat=stat, among=among)
    outcome, plain = answered(book, query)
    values = [plain.figure(c, measure) or Fraction(0) for c in plain.admitted(query)]
    if not values:
        assert isinstance(outcome.result, Unavailable)
        return
    assert isinstance(outcome.result, AggregateResult)
    assert (outcome.result.value, outcome.result.of) == (shown(reckoned(values, stat)), len(values))


@settings(max_examples=60)
@given(
    measure=st.sampled_from((Level("", 2021), Level("", 2025), Change("", 2023, 2025), Change("", 2021, 2025))), scope=SCOPES,
    where=WHERE, least=st.none() | NUMBERS, order=ORDERS, cut=CUTS, stat=st.none() | STATS, among=st.none() | FIRST,
)  # fmt: skip
def test_indicators_stand_in_the_order_of_a_statistic_over_the_countries(
    measure: Measure, scope: tuple[tuple[str, ...], ...], where: tuple[tuple[Condition, ...], ...], least: Decimal | None,
    order: Order, cut: tuple[int | None, int | None], stat: Stat | None, among: Query | None, book: ScoreBook,
) -> None:  # fmt: skip
    own = ((Condition(measure, Op.AT_LEAST, least),),) if least is not None else ()
    query = Query(
        Kind.INDICATOR_RANKING, (measure,), 2025, groups=scope, where=(*where, *own), order=order, limit=cut[0], place=cut[1],
        stat=stat, family=MARKETS, among=among,
    )  # fmt: skip
    outcome, plain = answered(book, query)
    figures = plain.indicator_figures(query)
    expected = in_order(figures, query)
    if not expected:
        assert isinstance(outcome.result, Unavailable) or outcome.result.indicators == ()  # type: ignore[union-attr]
        return
    # Over the one country of a first step they are that country's own.
    assert isinstance(outcome.result, IndicatorRankingResult | IndicatorSetResult)
    assert outcome.result.indicators == tuple(expected)
    assert outcome.result.values == tuple(shown(figures[i]) for i in expected)


def test_no_name_or_number_of_either_step_appears_in_the_sql() -> None:
    level = Level("cocaine_trade", 2023)
    where = ((Condition(level, Op.ABOVE, Decimal("7.25")),),)
    first = Query(Kind.RANKING, (level,), 2023, groups=(("Africa",),), where=where, order=Order.HIGHEST, limit=17)
    regions = Query(Kind.GROUP_RANKING, (level,), 2023, by=("West Africa", "OECD"), order=Order.LOWEST, place=11, among=first)
    each = Query(Kind.INDICATOR_RANKING, (Level("", 2023),), 2023, where=where, family=("heroin_trade",), among=regions)
    last = Query(Kind.SET, (level,), 2023, where=where, among=regions)
    for statement in (country_statement(last), group_statement(regions), indicator_ranking_statement(each)):
        named = ("cocaine", "heroin", "2023", "Africa", "OECD", "7.25", "725", "17", "11")
        assert not any(str(value) in statement.sql for value in named)
        assert statement.sql.count("?") == len(statement.values)
