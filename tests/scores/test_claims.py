"""Yes/no questions over the official workbook: the verdict, the word it begins with, and the figures that decide it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook import Term, World

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.typed_results import CountResult, SetResult, Unavailable
from index.scores.availability import refusal_of
from index.scores.query import (
    Change,
    Claim,
    Condition,
    FigureClaim,
    Level,
    OfCountry,
    OfGroup,
    Op,
    Order,
    OrderClaim,
    Quantifier,
    QuantifierClaim,
    Query,
)
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
CONTINENTS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
MARKETS = tuple(i.id for i in TAXONOMY.measured(2025) if i.parent == "criminal_markets")
CRIME, EACH = Level("criminality", 2025), Level("", 2025)
COUNTRIES = tuple("PER CHL BRA NGA KEN FRA DEU CHN JPN FJI HTI TUR COL ECU PRY".split())
SCORES = st.sampled_from(("criminality", "resilience", "cocaine_trade", "law_enforcement"))


def verdict_of(book: ScoreBook, query: Query) -> tuple[bool | None, str]:
    """The verdict and the sentence; the sentence begins as the verdict says."""
    assert refusal_of(query, book.taxonomy, book.loaded) is None
    outcome = result_of(book, query)
    verdict = getattr(outcome.result, "verdict", None)
    assert outcome.text.startswith({True: "Yes, ", False: "No, ", None: ""}[verdict])
    return verdict, outcome.text


@pytest.mark.parametrize(
    ("claim", "expected", "words"),
    [
        (FigureClaim(Op.ABOVE, Decimal(6)), True, "Peru scored 6.62 for criminality in the 2025 edition"),
        (FigureClaim(Op.BELOW, Decimal(6)), False, "That is not below 6.00."),
        (FigureClaim(Op.ABOVE, OfGroup("world", Stat.MEAN, CRIME)), True, "above the mean for the world, which is 5.08."),
        (FigureClaim(Op.AT_LEAST, OfCountry("COL", CRIME)), False, "not at least that of Colombia, which is 7.82."),
        (FigureClaim(Op.ABOVE, Level("resilience", 2025)), True, "above resilience in 2025, which is 4.46."),
    ],
)
def test_a_score_is_compared_with_a_number_a_group_a_country_or_another_score(
    claim: Claim, expected: bool, words: str, whole: ScoreBook
) -> None:
    verdict, text = verdict_of(whole, Query(Kind.VALUE, (CRIME,), 2025, ("PER",), claim=claim))
    assert verdict is expected
    assert words in text


def test_a_rise_is_claimed_of_a_change(whole: ScoreBook) -> None:
    query = Query(Kind.CHANGE, (Change("criminality", 2021, 2025),), 2025, ("PER",), claim=FigureClaim(Op.BELOW, Decimal(0)))
    verdict, text = verdict_of(whole, query)
    assert verdict is False
    assert text.startswith("No, Peru's score for criminality rose by 0.27")


def test_a_mean_a_count_a_share_and_a_difference_are_compared(whole: ScoreBook) -> None:
    high = ((Condition(CRIME, Op.ABOVE, Decimal(6)),),)
    africa = (("Africa",),)
    above_asia = FigureClaim(Op.ABOVE, OfGroup("Asia", Stat.MEAN, CRIME))
    fifteen, half = FigureClaim(Op.EQUAL, Decimal(15)), FigureClaim(Op.ABOVE, Decimal(50))
    queries = [
        Query(Kind.AGGREGATE, (CRIME,), 2025, groups=africa, stat=Stat.MEAN, claim=above_asia),
        Query(Kind.COUNT, (CRIME,), 2025, groups=africa, where=high, claim=fifteen),
        Query(Kind.COUNT, (CRIME,), 2025, groups=africa, where=high, claim=half, share=True),
        Query(Kind.DIFFERENCE, (CRIME,), 2025, ("PER", "CHL"), claim=FigureClaim(Op.MOVED_MORE, Decimal(1))),
        Query(Kind.RANK, (CRIME,), 2025, ("PER",), within=("world",), claim=FigureClaim(Op.AT_MOST, Decimal(31))),
    ]
    assert [verdict_of(whole, query)[0] for query in queries] == [False, True, False, True, True]


@settings(max_examples=40)
@given(country=st.sampled_from(COUNTRIES), indicator=SCORES, order=st.sampled_from(Order), limit=st.integers(1, 12))
def test_a_country_is_among_the_first_if_fewer_stand_before_it(
    country: str, indicator: str, order: Order, limit: int, whole: ScoreBook, official: World
) -> None:
    term = Term(indicator, 2025)
    own = official.value(country, term)
    before = [c for c in official.countries if (v := official.value(c, term)) != own and (v > own) is (order is Order.HIGHEST)]
    query = Query(Kind.RANK, (Level(indicator, 2025),), 2025, (country,), within=("world",), claim=OrderClaim(order, limit))
    assert verdict_of(whole, query)[0] is (len(before) < limit)
    table = Query(Kind.SET, (Level(indicator, 2025),), 2025, (country,), claim=OrderClaim(order, limit))
    assert verdict_of(whole, table)[0] is (len(before) < limit)


def test_of_several_countries_each_must_be_among_the_first(whole: ScoreBook) -> None:
    level = (CRIME,)
    both = Query(Kind.RANK, level, 2025, ("PRY", "COL"), within=("South America",), claim=OrderClaim(Order.HIGHEST, 3))
    assert verdict_of(whole, both)[0] is True
    one = Query(Kind.RANK, level, 2025, ("COL", "PER"), within=("South America",), claim=OrderClaim(Order.HIGHEST, 3))
    verdict, text = verdict_of(whole, one)
    assert verdict is False
    assert "Peru ranks 6th of 12" in text


def test_a_rank_claimed_from_the_lowest_score_says_how_it_was_counted(whole: ScoreBook) -> None:
    query = Query(Kind.RANK, (CRIME,), 2025, ("URY",), within=("South America",), claim=OrderClaim(Order.LOWEST, 1))
    verdict, text = verdict_of(whole, query)
    assert verdict is True
    assert "Counted from the lowest score, Uruguay stands 1st of 12." in text


@settings(max_examples=60)
@given(
    pair=st.lists(st.sampled_from(COUNTRIES), min_size=2, max_size=3, unique=True), indicator=SCORES, order=st.sampled_from(Order)
)  # fmt: skip
def test_the_first_named_of_a_comparison_is_only_ahead_if_it_does_not_tie(
    pair: list[str], indicator: str, order: Order, whole: ScoreBook, official: World
) -> None:
    own, *others = (official.value(c, Term(indicator, 2025)) for c in pair)
    query = Query(Kind.COMPARISON, (Level(indicator, 2025),), 2025, tuple(pair), claim=OrderClaim(order))
    ahead = all(own > v for v in others) if order is Order.HIGHEST else all(own < v for v in others)
    assert verdict_of(whole, query)[0] is ahead


def test_a_group_is_first_or_is_told_where_it_stands(whole: ScoreBook) -> None:
    asia = ("Asia", *(c for c in CONTINENTS if c != "Asia"))
    assert verdict_of(whole, Query(Kind.GROUP_RANKING, (CRIME,), 2025, by=asia, claim=OrderClaim(Order.HIGHEST)))[0] is True
    verdict, text = verdict_of(whole, Query(Kind.GROUP_RANKING, (CRIME,), 2025, by=CONTINENTS, claim=OrderClaim(Order.HIGHEST)))
    assert verdict is False
    assert text.endswith("Africa stands 2nd of 5, with 5.34.")
    pair = Query(Kind.GROUP_RANKING, (CRIME,), 2025, by=("Europe", "Asia"), claim=OrderClaim(Order.LOWEST))
    assert verdict_of(whole, pair)[0] is True


def test_an_indicator_is_first_in_a_country_or_over_a_group_or_is_told_where_it_stands(whole: ScoreBook) -> None:
    heroin = OrderClaim(Order.HIGHEST, 3, "heroin_trade")
    verdict, text = verdict_of(whole, Query(Kind.INDICATOR_SET, (EACH,), 2025, ("PER",), family=MARKETS, claim=heroin))
    assert verdict is False
    assert text.endswith("Heroin trade stands joint 13th of 15, with 4.50.")
    money = OrderClaim(Order.HIGHEST, 1, "financial_crimes")
    over_africa = Query(Kind.INDICATOR_RANKING, (EACH,), 2025, groups=(("Africa",),), family=MARKETS, claim=money)
    assert verdict_of(whole, over_africa)[0] is True


def test_countries_claimed_to_be_among_the_first_of_a_set_are_told_where_they_stand(whole: ScoreBook) -> None:
    query = Query(Kind.SET, (CRIME,), 2025, ("PER", "COL"), (("South America",),), claim=OrderClaim(Order.HIGHEST, 3))
    verdict, text = verdict_of(whole, query)
    assert verdict is False
    assert "1st Colombia (7.82); joint 2nd Ecuador and Paraguay (7.48)" in text
    assert text.endswith("Peru stands 6th of 12, with 6.62.")


@settings(max_examples=40)
@given(
    group=st.sampled_from(("South America", "West Africa", "Oceania", "European Union")),
    number=st.integers(1, 9).map(Decimal),
    op=st.sampled_from((Op.ABOVE, Op.BELOW)),
    quantifier=st.sampled_from(Quantifier),
)
def test_all_any_or_none_of_a_group_meet_a_condition(
    group: str, number: Decimal, op: Op, quantifier: Quantifier, whole: ScoreBook, official: World
) -> None:
    members = official.groups[2025, group]
    values = {c: official.value(c, Term("criminality", 2025)) for c in members}
    met = {c for c, v in values.items() if (v > number if op is Op.ABOVE else v < number)}
    where = ((Condition(CRIME, op, number),),)
    query = Query(Kind.SET, (CRIME,), 2025, groups=((group,),), where=where, claim=QuantifierClaim(quantifier))
    expected = {Quantifier.ALL: met == members, Quantifier.ANY: bool(met), Quantifier.NONE: not met}[quantifier]
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, SetResult)
    assert (outcome.result.verdict, set(outcome.result.countries)) == (expected, met)
    assert outcome.text.startswith("Yes, " if expected else "No, ")


def test_the_exceptions_are_named_five_at_most(whole: ScoreBook) -> None:
    def all_above(number: int) -> str:
        where = ((Condition(CRIME, Op.ABOVE, Decimal(number)),),)
        claim = QuantifierClaim(Quantifier.ALL)
        return verdict_of(whole, Query(Kind.SET, (CRIME,), 2025, groups=(("South America",),), where=where, claim=claim))[1]

    assert all_above(5) == (
        "No, 2 of the 12 countries in South America do not meet the condition (criminality in 2025 is above 5.00): "
        "Suriname (4.90) and Uruguay (3.57)."
    )
    assert all_above(7).endswith(" and 3 others.")
    assert all_above(3).endswith(": from Uruguay (3.57) to Colombia (7.82).")


def test_named_countries_are_told_apart_by_a_condition(whole: ScoreBook) -> None:
    where = ((Condition(CRIME, Op.ABOVE, Decimal(6)),),)
    query = Query(Kind.SET, (CRIME,), 2025, ("PER", "CHL"), where=where, claim=QuantifierClaim(Quantifier.ALL))
    verdict, text = verdict_of(whole, query)
    assert verdict is False
    assert text == "No, Peru (6.62) meets the condition (criminality in 2025 is above 6.00); Chile (5.48) does not."


def test_a_country_is_ahead_of_a_group_by_the_difference(whole: ScoreBook) -> None:
    query = Query(
        Kind.DIFFERENCE, (CRIME,), 2025, ("PER",), against=OfGroup("Americas", Stat.MEAN, CRIME), claim=OrderClaim(Order.HIGHEST)
    )
    assert verdict_of(whole, query)[0] is True
    assert verdict_of(whole, replace(query, claim=OrderClaim(Order.LOWEST)))[0] is False


def test_all_groups_may_be_claimed_to_meet_a_condition(whole: ScoreBook) -> None:
    where = ((Condition(CRIME, Op.ABOVE, Decimal(5)),),)
    query = Query(Kind.COUNT, (CRIME,), 2025, by=CONTINENTS, where=where, claim=QuantifierClaim(Quantifier.ALL))
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, CountResult)
    assert (outcome.result.verdict, outcome.result.groups) == (False, ("Africa", "Americas", "Asia"))


def test_a_claim_about_a_second_step_begins_with_yes_or_no_as_well(whole: ScoreBook) -> None:
    best = Query(Kind.SET, (Level("resilience", 2025),), 2025, groups=(("Caribbean",),), order=Order.HIGHEST, limit=1)
    query = Query(Kind.VALUE, (CRIME,), 2025, among=best, claim=FigureClaim(Op.BELOW, Decimal(5)))
    verdict, text = verdict_of(whole, query)
    assert verdict is True
    assert text.startswith("Yes, Barbados scored 2.90") and text.endswith("in the 2025 edition is Barbados.")


def test_a_country_outside_the_group_gets_no_verdict(whole: ScoreBook) -> None:
    query = Query(Kind.RANK, (CRIME,), 2025, ("PER",), within=("Africa",), claim=OrderClaim(Order.HIGHEST, 5))
    assert isinstance(result_of(whole, query).result, Unavailable)


def test_a_place_among_the_first_is_not_claimed_where_countries_are_missing(gappy: ScoreBook, official: World) -> None:
    having = gappy.loaded.having("criminality", 2025)
    ordered = sorted(having, key=lambda c: official.value(c, Term("criminality", 2025)))
    for country, expected in ((ordered[-1], None), (ordered[0], False)):
        query = Query(Kind.RANK, (CRIME,), 2025, (country,), within=("world",), claim=OrderClaim(Order.HIGHEST, 5))
        outcome = result_of(gappy, query)
        assert getattr(outcome.result, "verdict", None) is expected
        assert isinstance(outcome.result, Unavailable) is (expected is None)


def test_a_figure_to_compare_with_must_be_loaded(gappy: ScoreBook) -> None:
    missing = next(c for c in COUNTRIES if c not in gappy.loaded.countries)
    there = next(iter(sorted(gappy.loaded.having("criminality", 2025))))
    query = Query(Kind.VALUE, (CRIME,), 2025, (there,), claim=FigureClaim(Op.ABOVE, OfCountry(missing, CRIME)))
    refusal = refusal_of(query, gappy.taxonomy, gappy.loaded)
    assert refusal is not None and TAXONOMY.countries[missing].name in refusal.why
