"""Differences, trends and correlations over the official workbook, as plain arithmetic gives them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from workbook import Term, World

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    TrendResult,
)
from index.contract.typed_results import (
    Unavailable,
)
from index.scores.availability import refusal_of
from index.scores.query import Level, OfGroup, Order, Query
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


@pytest.mark.parametrize(
    ("query", "values", "words"),
    [
        (Query(Kind.DIFFERENCE, (CRIME,), 2025, ("PER", "CHL")), ("PER", "CHL"), "1.14 points higher for Peru than for Chile"),
        (
            Query(Kind.DIFFERENCE, (Level("cocaine_trade", 2025), Level("heroin_trade", 2025)), 2025, ("PER",)),
            (9.0, 4.5),
            "4.50 points higher than its score for heroin trade",
        ),
        (
            Query(Kind.DIFFERENCE, (CRIME,), 2025, ("PER",), against=OfGroup("Americas", Stat.MEAN, CRIME)),
            (6.62, 5.27),
            "1.35 points above the mean for the Americas",
        ),
        (
            Query(Kind.DIFFERENCE, (CRIME,), 2025, by=("Europe", "Asia")),
            (4.74, 5.52),
            "0.77 points lower for Europe than for Asia",
        ),
    ],
)
def test_a_difference_is_the_first_figure_minus_the_second(
    query: Query, values: tuple[object, object], words: str, whole: ScoreBook, official: World
) -> None:
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, DifferenceResult)
    if isinstance(values[0], str):
        values = tuple(float(official.value(str(c), Term("criminality", 2025))) for c in values)  # type: ignore[assignment]
    assert outcome.result.values == values
    assert words in outcome.text
    shown_apart = round(outcome.result.values[0] - outcome.result.values[1], 2)
    rounded_once = any("rounded once" in note for note in outcome.notes)
    assert (outcome.result.value == shown_apart) is not rounded_once


def test_a_trend_gives_level_direction_and_rank_in_each_edition(whole: ScoreBook, official: World) -> None:
    for country in ("PER", "GUY", "FJI", "HTI"):
        for indicator in ("criminality", "resilience", "cocaine_trade"):
            levels = tuple(Level(indicator, e) for e in (2021, 2023, 2025))
            result = result_of(whole, Query(Kind.TREND, levels, 2025, (country,))).result
            assert isinstance(result, TrendResult)
            for edition, value, rank in zip(result.editions, result.values, result.ranks, strict=True):
                term = Term(indicator, edition)
                own = official.value(country, term)
                assert (value, rank) == (float(own), 1 + sum(official.value(c, term) > own for c in official.countries))


def test_a_trend_says_what_rose_what_fell_and_what_is_like_for_like(whole: ScoreBook) -> None:
    levels = tuple(Level("criminality", e) for e in (2021, 2023, 2025))
    outcome = result_of(whole, Query(Kind.TREND, levels, 2025, ("GUY",)))
    assert outcome.text.startswith(
        "Guyana's score for criminality was 5.10 in 2021, 5.97 in 2023 and 5.78 in 2025: it rose by 0.87, then fell by 0.19, and "
        "ended 0.68 higher than in 2021, which is worse. Over the indicators measured in both editions, it rose by 0.73"
    )
    assert isinstance(outcome.result, TrendResult)
    assert outcome.result.like_for_like == (0.73, None)
    step = result_of(whole, Query(Kind.TREND, tuple(Level("cocaine_trade", e) for e in (2021, 2023, 2025)), 2025, ("GUY",)))
    assert "it rose by 0.50 (one step of 0.5) overall, which is worse" in step.text


def test_the_edition_in_which_a_score_was_highest_is_chosen(whole: ScoreBook) -> None:
    levels = tuple(Level("resilience", e) for e in (2021, 2023, 2025))
    outcome = result_of(whole, Query(Kind.TREND, levels, 2025, ("FJI",), pick=Order.HIGHEST))
    assert isinstance(outcome.result, TrendResult)
    assert outcome.result.chosen == (2023,)
    assert outcome.text.startswith("Fiji's score for resilience was highest in 2023, at 5.42")


def test_a_trend_of_a_group_is_that_of_its_mean(whole: ScoreBook, official: World) -> None:
    levels = tuple(Level("criminality", e) for e in (2021, 2023, 2025))
    outcome = result_of(whole, Query(Kind.TREND, levels, 2025, groups=(("Oceania",),)))
    assert isinstance(outcome.result, TrendResult)
    means = [official.mean(Term("criminality", e), official.groups[2025, "Oceania"]) for e in (2021, 2023, 2025)]
    assert outcome.result.values == tuple(float(round(mean + Decimal("1e-9"), 2)) for mean in means)
    assert (outcome.result.group, outcome.result.ranks) == ("Oceania", (None, None, None))


def test_an_edition_that_had_no_such_score_is_left_out_of_a_trend_and_named(whole: ScoreBook) -> None:
    levels = tuple(Level("financial_crimes", e) for e in (2021, 2023, 2025))
    query = Query(Kind.TREND, levels, 2025, ("PER",))
    assert refusal_of(query, whole.taxonomy, whole.loaded) is None
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, TrendResult)
    assert outcome.result.editions == (2023, 2025)
    assert "Financial crimes first appears in the 2023 edition." in outcome.notes
    refusal = refusal_of(Query(Kind.TREND, levels[:2], 2025, ("PER",)), whole.taxonomy, whole.loaded)
    assert refusal is not None and "no development can be shown" in refusal.why


def test_a_correlation_has_both_coefficients_and_says_nothing_about_cause(whole: ScoreBook, official: World) -> None:
    outcome = result_of(whole, Query(Kind.CORRELATION, (CRIME, RESILIENCE), 2025))
    assert isinstance(outcome.result, CorrelationResult)
    first_scores, second_scores = (
        [float(official.value(c, Term(i, 2025))) for c in sorted(official.countries)] for i in ("criminality", "resilience")
    )
    assert outcome.result.pearson == round(_pearson(first_scores, second_scores), 2)
    assert outcome.result.spearman == round(_pearson(_ranks(first_scores), _ranks(second_scores)), 2)
    assert outcome.result.n == 193
    assert outcome.text.endswith("This says nothing about cause.")


def test_two_countries_are_too_few_for_a_correlation(whole: ScoreBook) -> None:
    query = Query(Kind.CORRELATION, (CRIME, RESILIENCE), 2025, groups=(("Australia and New Zealand",),))
    outcome = result_of(whole, query)
    assert isinstance(outcome.result, Unavailable)
    assert "at least 3 countries" in outcome.text


def _ranks(values: list[float]) -> list[float]:
    return [sum(v < own for v in values) + (1 + sum(v == own for v in values)) / 2 for own in values]


def _pearson(first_scores: list[float], second_scores: list[float]) -> float:
    one, other = (sum(v) / len(v) for v in (first_scores, second_scores))
    shared = sum((a - one) * (b - other) for a, b in zip(first_scores, second_scores, strict=True))
    return shared / math.sqrt(sum((a - one) ** 2 for a in first_scores) * sum((b - other) ** 2 for b in second_scores))
