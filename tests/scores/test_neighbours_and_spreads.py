"""Who stands next to a country, and how many countries each group holds: as a plain computation gives them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_scores import Plain

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.group_results import GroupRankingResult
from index.contract.typed_results import SetResult, Unavailable
from index.scores.availability import refusal_of
from index.scores.neighbours import neighbour_result
from index.scores.query import Change, Level, Measure, Order, Query
from index.scores.query_rows import QueryResult
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook
from index.scores.statistics import Stat

COUNTRIES = tuple("PER KEN FJI HTI MMR FIN TUR NGA DEU".split())
COCAINE = Level("cocaine_trade", 2025)
TAXONOMY = load_taxonomy()
CONTINENTS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "continent")
REGIONS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "region")
GROUPS = ("Africa", "Americas", "South America", "European Union", "Oceania")
SOME = st.sampled_from(("criminality", "resilience", "cocaine_trade", "law_enforcement"))
MEASURES = st.builds(Level, SOME, st.sampled_from((2023, 2025))) | st.builds(Change, SOME, st.just(2023), st.just(2025))
SCOPES = st.lists(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True).map(tuple), max_size=1).map(tuple)
BY = st.sampled_from((CONTINENTS, REGIONS, ("OECD", "European Union", "West Africa")))
ORDERS = st.sampled_from(Order)
FIRST = st.builds(
    Query, st.just(Kind.RANKING), MEASURES.map(lambda m: (m,)), st.just(2025), groups=SCOPES, order=ORDERS, limit=st.integers(1, 30)
)
CRIME, RESILIENCE = Level("criminality", 2025), Level("resilience", 2025)


def answered(book: ScoreBook, query: Query) -> tuple[QueryResult, Plain]:
    """The result, if the scores are loaded, and the same scores as plain numbers."""
    assume(refusal_of(query, book.taxonomy, book.loaded) is None)
    outcome = result_of(book, query)
    assert outcome.text.endswith(".") and "  " not in outcome.text
    return outcome, book.plain  # type: ignore[attr-defined]


@settings(max_examples=80)
@given(measure=MEASURES, scope=SCOPES, country=st.sampled_from(COUNTRIES), step=st.sampled_from((1, -1)))
def test_the_neighbour_of_a_country_holds_the_nearest_lower_or_higher_figure(
    measure: Measure, scope: tuple[tuple[str, ...], ...], country: str, step: int, book: ScoreBook
) -> None:
    query = Query(Kind.SET, (measure,), 2025, groups=scope, beside=(country, step))
    outcome, plain = answered(book, query)
    figures = {c: f for c in plain.admitted(replace(query, beside=None)) if (f := plain.figure(c, measure)) is not None}
    if country not in figures:
        assert isinstance(outcome.result, Unavailable)
        return
    own = figures[country]
    beyond = [f for f in figures.values() if (f < own if step > 0 else f > own)]
    nearest = (max if step > 0 else min)(beyond, default=None)
    assert isinstance(outcome.result, SetResult)
    assert outcome.result.countries == tuple(sorted(c for c, f in figures.items() if f == nearest))


def beside(book: ScoreBook, country: str, step: int, *, within: str = "", measure: Level = CRIME) -> QueryResult:
    groups = ((within,),) if within else ()
    return result_of(book, Query(Kind.SET, (measure,), 2025, groups=groups, beside=(country, step)))


def test_the_first_has_none_ahead_and_the_sentence_says_where_it_stands(whole: ScoreBook) -> None:
    outcome = beside(whole, "MMR", -1)
    assert isinstance(outcome.result, SetResult) and outcome.result.countries == ()
    assert "none stands ahead of Myanmar" in outcome.text and "Myanmar stands 1st of 193" in outcome.text


def test_all_who_share_the_next_place_are_named_and_the_country_itself_is_not(whole: ScoreBook) -> None:
    outcome = beside(whole, "COL", 1, measure=COCAINE)
    assert isinstance(outcome.result, SetResult)
    assert len(outcome.result.countries) > 1 and "COL" not in outcome.result.countries
    assert len(set(outcome.result.values)) == 1 and "stand next behind Colombia" in outcome.text


def test_the_facts_hold_the_scores_of_the_neighbours_and_of_the_country(whole: ScoreBook) -> None:
    outcome = beside(whole, "HTI", 1, within="Caribbean")
    assert isinstance(outcome.result, SetResult) and outcome.result.within == "Caribbean"
    assert {fact.country for fact in outcome.facts} == {"HTI", *outcome.result.countries}


def test_a_country_outside_the_group_has_no_neighbour_in_it(whole: ScoreBook) -> None:
    outcome = beside(whole, "PER", 1, within="Africa")
    assert isinstance(outcome.result, Unavailable) and "Peru" in outcome.text


def test_a_query_without_a_country_to_stand_beside_is_a_mistake_of_the_caller(whole: ScoreBook) -> None:
    with pytest.raises(ValueError, match="no neighbour"):
        neighbour_result(whole, Query(Kind.SET, (CRIME,), 2025))


@settings(max_examples=60)
@given(measure=MEASURES, by=BY, order=ORDERS, limit=st.none() | st.integers(1, 4), among=st.none() | FIRST)
def test_a_spread_counts_the_countries_of_each_group_that_has_any(
    measure: Measure, by: tuple[str, ...], order: Order, limit: int | None, among: Query | None, book: ScoreBook
) -> None:
    query = Query(Kind.GROUP_RANKING, (measure,), 2025, by=by, order=order, limit=limit, stat=Stat.COUNT, among=among)
    outcome, plain = answered(book, query)
    expected = spread(plain, query)
    if not expected:
        assert isinstance(outcome.result, Unavailable)
        return
    assert isinstance(outcome.result, GroupRankingResult)
    assert outcome.result.stat == "count"
    assert dict(zip(outcome.result.groups, outcome.result.counts, strict=True)) == expected
    assert outcome.result.values == tuple(float(n) for n in outcome.result.counts)
    down = order is not Order.LOWEST
    assert list(outcome.result.counts) == sorted(outcome.result.counts, reverse=down)


def spread(plain: Plain, query: Query) -> dict[str, int]:
    """How many countries of each group have the figure and come through the first step; those of the first ranks only."""
    left = {c for c in plain.admitted(query) if plain.figure(c, query.measures[0]) is not None}
    sizes = {g: n for g in query.by if (n := len(left & plain.members(g, query.members_of)))}
    down = query.order is not Order.LOWEST
    rank = {g: 1 + sum((m > n) if down else (m < n) for m in sizes.values()) for g, n in sizes.items()}
    return {g: n for g, n in sizes.items() if query.limit is None or rank[g] <= query.limit}


def test_a_spread_over_a_first_step_says_of_which_countries_it_is(whole: ScoreBook) -> None:
    first = Query(Kind.RANKING, (RESILIENCE,), 2025, order=Order.LOWEST, limit=20)
    query = Query(Kind.GROUP_RANKING, (RESILIENCE,), 2025, by=CONTINENTS, order=Order.HIGHEST, stat=Stat.COUNT, among=first)
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, GroupRankingResult)
    assert sum(outcome.result.counts) >= 20 and "the lowest score for resilience" in outcome.text
