"""Answers over the official workbook, with figures that were worked out from it apart from the program."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from workbook import Term, World

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.group_results import (
    GroupRankingResult,
    IndicatorRankingResult,
)
from index.contract.typed_results import (
    AggregateResult,
    CountResult,
    IndicatorSetResult,
    RankingResult,
    RankResult,
    SetResult,
    Unavailable,
    ValueResult,
)
from index.scores.query import Change, Condition, Level, OfCountry, OfGroup, Op, Order, Query
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
CONTINENTS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "continent")
REGIONS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "region")
AFRICA = tuple(g.name for g in TAXONOMY.groups.values() if g.continent == "Africa")
MARKETS = tuple(i.id for i in TAXONOMY.measured(2025) if i.parent == "criminal_markets")
STRENGTHS = tuple(i.id for i in TAXONOMY.measured(2025) if i.parent == "resilience")
CRIME, RESILIENCE = Level("criminality", 2025), Level("resilience", 2025)


def first(number: int) -> Query:
    return Query(Kind.RANKING, (CRIME,), 2025, order=Order.HIGHEST, limit=number)


def above(measure: Level | Change, number: str) -> tuple[tuple[Condition, ...], ...]:
    return ((Condition(measure, Op.ABOVE, Decimal(number)),),)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (CONTINENTS, {"Asia": 5.30, "Africa": 5.17, "Americas": 5.06, "Europe": 4.48, "Oceania": 3.07}),
        (
            AFRICA,
            {"East Africa": 5.66, "West Africa": 5.47, "Central Africa": 5.11, "North Africa": 4.86, "Southern Africa": 4.68},
        ),
    ],
)
def test_mean_criminality_by_continent_and_by_region_of_africa(
    groups: tuple[str, ...], expected: dict[str, float], whole: ScoreBook
) -> None:
    outcome = result_of(whole, Query(Kind.GROUP_RANKING, (Level("criminality", 2021),), 2021, by=groups, order=Order.HIGHEST))
    assert isinstance(outcome.result, GroupRankingResult)
    assert dict(zip(outcome.result.groups, outcome.result.values, strict=True)) == expected
    assert list(outcome.result.groups) == list(expected)


def test_the_least_criminal_continent_is_named_alone(whole: ScoreBook) -> None:
    query = Query(Kind.GROUP_RANKING, (Level("criminality", 2021),), 2021, by=CONTINENTS, order=Order.LOWEST, limit=1)
    outcome = result_of(whole, query)
    assert outcome.text == (
        "Of the five continents, Oceania has the lowest mean score for criminality in the 2021 edition: 3.07 "
        "(14 countries; higher is worse)."
    )
    assert len(outcome.facts) == 14


def test_a_ranking_of_changes_in_averages_is_given_like_for_like_in_a_note(whole: ScoreBook) -> None:
    query = Query(Kind.GROUP_RANKING, (Change("criminality", 2021, 2025),), 2025, by=CONTINENTS, order=Order.HIGHEST)
    notes = result_of(whole, query).notes
    assert any("do not cover the same indicators" in note for note in notes)
    assert any(note.startswith("Like-for-like change in the mean of criminality: Europe +0.18") for note in notes)


def test_two_groups_are_compared_in_one_sentence(whole: ScoreBook) -> None:
    outcome = result_of(whole, Query(Kind.GROUP_RANKING, (CRIME,), 2025, by=("Europe", "Asia"), order=Order.HIGHEST))
    assert "is higher for Asia than for Europe: Asia 5.52 (46 countries) and Europe 4.74 (44 countries)" in outcome.text


def test_four_of_the_ten_most_criminal_countries_are_in_the_americas(whole: ScoreBook) -> None:
    outcome = result_of(whole, Query(Kind.COUNT, (CRIME,), 2025, groups=(("Americas",),), among=first(10), share=True))
    assert outcome.result == CountResult(4, ("COL", "ECU", "MEX", "PRY"), of=10, share=40.0)
    assert outcome.text.startswith("Of the 10 countries with the highest score for criminality in the 2025 edition (Myanmar, ")
    assert outcome.text.endswith("four (40.0%) are in the Americas: Colombia, Ecuador, Mexico and Paraguay.")
    assert "select country from (" in outcome.statement.sql


def test_six_of_the_twenty_most_criminal_countries_are_in_africa(whole: ScoreBook) -> None:
    outcome = result_of(whole, Query(Kind.COUNT, (CRIME,), 2025, groups=(("Africa",),), among=first(20)))
    assert isinstance(outcome.result, CountResult)
    assert outcome.result.value == 6


def test_the_mean_resilience_of_the_ten_most_criminal_countries(whole: ScoreBook, official: World) -> None:
    """Their sum is 39.55, so the mean is 3.955 exactly, rounded away from zero as the contract says."""
    outcome = result_of(whole, Query(Kind.AGGREGATE, (RESILIENCE,), 2025, among=first(10), stat=Stat.MEAN))
    assert isinstance(outcome.result, AggregateResult)
    crime = {c: official.value(c, Term("criminality", 2025)) for c in official.countries}
    ten = sorted(crime, key=lambda c: -crime[c])[:10]
    assert sum(official.value(c, Term("resilience", 2025)) for c in ten) == Decimal("39.55")
    assert (outcome.result.value, outcome.result.of) == (3.96, 10)


def test_the_countries_of_the_most_criminal_region_are_those_of_the_group_that_a_first_step_gives(whole: ScoreBook) -> None:
    region = Query(Kind.GROUP_RANKING, (CRIME,), 2025, by=REGIONS, order=Order.HIGHEST, limit=1)
    outcome = result_of(whole, Query(Kind.RANKING, (RESILIENCE,), 2025, among=region, order=Order.LOWEST, limit=3))
    assert isinstance(outcome.result, RankingResult)
    assert outcome.result.countries == ("NIC", "SLV", "BLZ")
    assert "8 countries of Central America, the region with the highest mean score for criminality in 2025" in outcome.text


def test_a_second_step_may_ask_for_the_score_rank_or_trend_of_the_country_found(whole: ScoreBook) -> None:
    best = Query(Kind.SET, (RESILIENCE,), 2025, groups=(("Caribbean",),), order=Order.HIGHEST, limit=1)
    cocaine = Level("cocaine_trade", 2025)
    value = result_of(whole, Query(Kind.VALUE, (cocaine,), 2025, among=best))
    assert value.result == ValueResult("BRB", "cocaine_trade", 2025, 6.0)
    found = "The country in the Caribbean with the highest score for resilience in the 2025 edition is Barbados. "
    assert value.text.startswith(found)
    rank = result_of(whole, Query(Kind.RANK, (cocaine,), 2025, among=best, within=("world",)))
    assert isinstance(rank.result, RankResult)
    assert (rank.result.country, rank.result.rank, rank.result.of) == ("BRB", 61, 193)
    worst = Query(Kind.INDICATOR_SET, (Level("", 2025),), 2025, among=best, family=MARKETS, order=Order.HIGHEST, limit=1)
    own = result_of(whole, worst)
    assert own.result == IndicatorSetResult("BRB", 2025, ("cocaine_trade",), (6.0,))


def test_the_indicators_over_the_one_country_of_a_first_step_are_its_own(whole: ScoreBook) -> None:
    worst = Query(Kind.SET, (CRIME,), 2025, groups=(("Asia",),), order=Order.HIGHEST, limit=1)
    query = Query(Kind.INDICATOR_RANKING, (Level("", 2025),), 2025, among=worst, family=MARKETS, order=Order.HIGHEST, limit=1)
    outcome = result_of(whole, query)
    assert outcome.result == IndicatorSetResult("MMR", 2025, ("synthetic_drug_trade",), (10.0,))


def test_a_second_step_without_conditions_or_order_asks_for_the_score(whole: ScoreBook) -> None:
    worst = Query(Kind.SET, (Level("trade_in_counterfeit_goods", 2025),), 2025, (), (("Asia",),), order=Order.HIGHEST, limit=1)
    outcome = result_of(whole, Query(Kind.SET, (Level("territorial_integrity", 2025),), 2025, among=worst))
    assert isinstance(outcome.result, ValueResult)
    assert (outcome.result.country, outcome.result.indicator) == ("CHN", "territorial_integrity")


def test_a_first_step_that_gives_nothing_is_no_answer(whole: ScoreBook) -> None:
    none = Query(Kind.SET, (CRIME,), 2025, where=above(CRIME, "9.5"))
    for kind in (Kind.COUNT, Kind.VALUE, Kind.SET):
        outcome = result_of(whole, Query(kind, (RESILIENCE,), 2025, among=none))
        assert isinstance(outcome.result, Unavailable)


def test_financial_crimes_is_the_highest_market_in_the_world_in_2023(whole: ScoreBook) -> None:
    query = Query(Kind.INDICATOR_RANKING, (Level("", 2023),), 2023, family=MARKETS, order=Order.HIGHEST, limit=1)
    outcome = result_of(whole, query)
    assert outcome.result == IndicatorRankingResult(("financial_crimes",), (5.98,), "world", 2023, "mean")
    assert outcome.text.startswith("Of the 15 criminal markets, financial crimes has the highest mean score over the 193 ")


def test_national_policies_is_the_strongest_resilience_indicator_of_oceania_in_2023(whole: ScoreBook) -> None:
    query = Query(
        Kind.INDICATOR_RANKING, (Level("", 2023),), 2023, groups=(("Oceania",),), family=STRENGTHS, order=Order.HIGHEST, limit=1
    )
    outcome = result_of(whole, query)
    assert outcome.result == IndicatorRankingResult(("national_policies_and_laws",), (6.39,), "Oceania", 2023, "mean")


def test_a_market_added_since_is_left_out_of_a_ranking_of_changes_and_named(whole: ScoreBook) -> None:
    outcome = result_of(
        whole, Query(Kind.INDICATOR_RANKING, (Change("", 2021, 2025),), 2025, family=MARKETS, order=Order.HIGHEST)
    )
    assert isinstance(outcome.result, IndicatorRankingResult)
    assert len(outcome.result.indicators) == 10
    assert any("first appear in the 2023 edition" in note and "financial crimes" in note for note in outcome.notes)


def test_cyber_dependent_crimes_rose_in_eighteen_regions_of_twenty_two(whole: ScoreBook) -> None:
    change = Change("cyber_dependent_crimes", 2023, 2025)
    outcome = result_of(whole, Query(Kind.COUNT, (change,), 2025, by=REGIONS, where=above(change, "0"), share=True))
    assert isinstance(outcome.result, CountResult)
    assert (outcome.result.value, outcome.result.of, outcome.result.share) == (18, 22, 81.8)
    assert outcome.text.startswith("Of the 22 regions, 18 (81.8%) meet the condition by the mean change of their countries")


def test_a_tie_that_spans_the_place_asked_for_is_given_whole_and_said(whole: ScoreBook) -> None:
    third = Query(Kind.SET, (Level("fauna_crimes", 2025),), 2025, groups=(("Oceania",),), order=Order.HIGHEST, place=3)
    outcome = result_of(whole, third)
    assert isinstance(outcome.result, SetResult)
    assert (outcome.result.countries, outcome.result.place) == (("FSM", "KIR", "MHL", "PLW", "VUT"), 3)
    assert outcome.text.endswith(
        "are joint 2nd, counted from the highest score for fauna crimes in the 2025 edition: 7.00 (higher is worse); "
        "no country stands 3rd alone."
    )


def test_a_place_among_the_indicators_of_a_country(whole: ScoreBook) -> None:
    query = Query(Kind.INDICATOR_SET, (Level("", 2025),), 2025, ("PER",), family=MARKETS, order=Order.HIGHEST, place=3)
    outcome = result_of(whole, query)
    assert outcome.result == IndicatorSetResult("PER", 2025, ("trade_in_counterfeit_goods",), (8.5,))
    assert outcome.text == (
        "Peru's 3rd highest score among 15 indicators in the 2025 edition: trade in counterfeit goods (8.50)."
    )
    second = result_of(whole, replace(query, place=2))
    assert second.text == (
        "Counted from Peru's highest score among 15 indicators in the 2025 edition, joint 1st: cocaine trade and non-renewable "
        "resource crimes (9.00); no indicator stands 2nd alone."
    )


def test_a_place_beyond_the_last_is_held_by_no_one(whole: ScoreBook) -> None:
    query = Query(Kind.SET, (CRIME,), 2025, groups=(("South America",),), order=Order.HIGHEST, place=15)
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, SetResult)
    assert outcome.result.countries == ()
    assert outcome.text == "Of the 12 countries in South America, none stands 15th: there are fewer."


def test_the_indicators_of_a_country_can_be_compared_with_those_of_another_or_a_group(whole: ScoreBook, official: World) -> None:
    each = Level("", 2025)
    own = {m: official.values[2025, "PER", m] for m in MARKETS}
    world = {m: official.mean(Term(m, 2025), official.countries) for m in MARKETS}
    for right, other in (
        (OfCountry("COL", each), {m: official.values[2025, "COL", m] for m in MARKETS}),
        (OfGroup("world", Stat.MEAN, each), world),
    ):
        where = ((Condition(each, Op.ABOVE, right),),)
        result = result_of(whole, Query(Kind.INDICATOR_SET, (each,), 2025, ("PER",), family=MARKETS, where=where)).result
        assert isinstance(result, IndicatorSetResult)
        assert set(result.indicators) == {m for m in MARKETS if own[m] > other[m]}
