"""Ranks, correlations and averages of the Explore views, checked against the most direct ways to compute them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.taxonomy import Taxonomy
from index.generations.snapshot import Snapshot
from index.scores.averages import group_summary, mean_change
from index.scores.correlation import mean_ranks, pearson, spearman
from index.scores.like_for_like import rounded
from index.scores.query import Change
from index.scores.ranking import between, first, lowest_first, ranked
from index.scores.score import Score

STEPS = st.integers(2, 20).map(lambda n: Decimal(n) / 2)
CODES = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH"]
SCORES = st.dictionaries(st.sampled_from(CODES), STEPS, min_size=1)


def scores_of(values: dict[str, Decimal]) -> list[Score]:
    return [Score(code, "x", 2023, value, f"cell {code}") for code, value in values.items()]


@given(SCORES)
def test_a_rank_is_one_more_than_the_countries_that_score_higher(values: dict[str, Decimal]) -> None:
    placed = ranked(scores_of(values))
    assert {p.score.country for p in placed} == set(values)
    for p in placed:
        assert p.rank == 1 + sum(v > p.score.value for v in values.values())
        assert p.sharing == sum(v == p.score.value for v in values.values())
    assert [p.rank for p in placed] == sorted(p.rank for p in placed)
    assert set(lowest_first(placed)) == set(placed)
    assert [p.score.value for p in lowest_first(placed)] == sorted(values.values())


@given(SCORES, st.integers(1, 9), st.booleans())
def test_a_cut_off_never_splits_a_tie(values: dict[str, Decimal], limit: int, lowest: bool) -> None:
    placed = ranked(scores_of(values))
    ordered = lowest_first(placed) if lowest else placed
    shown = first(ordered, limit)
    assert len(shown) >= min(limit, len(values))
    assert shown == ordered[: len(shown)]
    assert not {p.score.value for p in shown} & {p.score.value for p in ordered[len(shown) :]}
    assert len({p.score.value for p in shown[:-1]}) <= limit and len(shown) - shown[-1].sharing < limit


@given(SCORES, STEPS, STEPS)
def test_bounds_are_included_and_places_stay_the_same(values: dict[str, Decimal], low: Decimal, high: Decimal) -> None:
    placed = ranked(scores_of(values))
    met = between(placed, low, high)
    assert {p.score.country for p in met} == {c for c, v in values.items() if low <= v <= high}
    assert set(met) <= set(placed)


def plain_pearson(x: Sequence[float], y: Sequence[float]) -> float:
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return products / math.sqrt(sum((a - mean_x) ** 2 for a in x) * sum((b - mean_y) ** 2 for b in y))


PAIRS = st.lists(st.tuples(STEPS.map(float), STEPS.map(float)), min_size=3, max_size=30)


@given(PAIRS)
def test_correlations_are_those_of_the_textbook(pairs: list[tuple[float, float]]) -> None:
    x, y = [a for a, _ in pairs], [b for _, b in pairs]
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert pearson(x, y) is None and spearman(x, y) is None
        return
    ranks = [[sum(b < a for b in side) + (side.count(a) + 1) / 2 for a in side] for side in (x, y)]
    assert [mean_ranks(x), mean_ranks(y)] == ranks
    assert pearson(x, y) == pytest.approx(plain_pearson(x, y), abs=1e-9)
    assert spearman(x, y) == pytest.approx(plain_pearson(*ranks), abs=1e-9)
    assert pearson(y, x) == pytest.approx(pearson(x, y), abs=1e-9)


def test_two_countries_have_no_correlation() -> None:
    assert pearson([1, 2], [3, 4]) is None and spearman([1, 2], [3, 4]) is None and pearson([], []) is None


@given(SCORES)
def test_a_summary_is_exact_and_names_every_tied_country(values: dict[str, Decimal]) -> None:
    found = group_summary(scores_of(values))
    assert found is not None
    ordered = sorted(values.values())
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert (found.countries, found.mean) == (len(values), rounded(sum(ordered, Decimal(0)) / len(ordered)))
    assert (found.median, found.lowest, found.highest) == (rounded(middle), ordered[0], ordered[-1])
    assert found.lowest_in == tuple(sorted(c for c, v in values.items() if v == ordered[0]))
    assert found.highest_in == tuple(sorted(c for c, v in values.items() if v == ordered[-1]))


def test_without_scores_there_is_no_summary_and_no_change(taxonomy: Taxonomy) -> None:
    assert group_summary([]) is None
    assert mean_change(Change("criminality", 2021, 2023), ["PER"], [], taxonomy) is None


def full(country: str, edition: int, value: float, taxonomy: Taxonomy, **other: float) -> list[Score]:
    return [
        Score(country, i.id, edition, Decimal(str(other.get(i.id, value))), "cell")
        for i in taxonomy.measured(edition)
        if i.id.startswith(("criminal", "crim")) or i.parent == "criminal_markets"
    ]


def test_a_mean_changes_like_for_like_over_the_indicators_that_both_editions_measured(taxonomy: Taxonomy) -> None:
    change = Change("criminal_markets", 2021, 2023)
    added = {i.id: 1.0 for i in taxonomy.measured(2023) if i.parent == "criminal_markets" and i.since == 2023}
    scores = full("PER", 2021, 6, taxonomy) + full("PER", 2023, 7, taxonomy, criminal_markets=5.0, **added)
    scores += full("CHL", 2021, 4, taxonomy) + full("CHL", 2023, 4, taxonomy, criminal_markets=3.0, **added)
    found = mean_change(change, ["PER", "CHL", "BRA"], scores, taxonomy)
    assert found is not None
    assert (found.countries, found.published, found.like_for_like) == (2, Decimal("-1.00"), Decimal("0.50"))
    assert set(found.added) == set(added)
    without = [s for s in scores if (s.country, s.indicator, s.edition) != ("CHL", "flora_crimes", 2021)]
    left = mean_change(change, ["PER", "CHL"], without, taxonomy)
    assert left is not None and left.like_for_like is None and left.published == Decimal("-1.00")


def test_a_mean_of_the_same_indicators_changes_as_published(taxonomy: Taxonomy) -> None:
    scores = [Score("PER", "resilience", e, Decimal(v), "cell") for e, v in ((2021, "4.58"), (2023, "4.38"))]
    found = mean_change(Change("resilience", 2021, 2023), ["PER"], scores, taxonomy)
    assert found is not None and found.published == found.like_for_like == Decimal("-0.20") and not found.added


def test_scores_come_with_their_sources_and_only_those_asked_for(shipped: Snapshot) -> None:
    scores = shipped.score_store.scores_in(["cocaine_trade", "resilience"], [2021, 2025])
    assert {(s.indicator, s.edition) for s in scores} == {(i, e) for i in ("cocaine_trade", "resilience") for e in (2021, 2025)}
    every = shipped.score_store.all_scores()
    assert all(every[s.country, s.edition, s.indicator] == s.value and s.source for s in scores)
    assert len(scores) == sum(i in ("cocaine_trade", "resilience") and e != 2023 for _, e, i in every)
    assert shipped.score_store.scores_in([], [2021]) == () == shipped.score_store.scores_in(["resilience"], [])


def test_the_like_for_like_change_of_one_country_is_the_one_that_ask_gives(shipped: Snapshot, taxonomy: Taxonomy) -> None:
    from index.answers.answer import ask

    change = Change("criminal_markets", 2021, 2023)
    answer = ask(shipped, "How did Peru's criminal markets average change between 2021 and 2023?")
    leaves = [*taxonomy.leaves(change.indicator, 2023), change.indicator]
    found = mean_change(change, ["PER"], shipped.score_store.scores_in(leaves, [2021, 2023]), taxonomy)
    assert found is not None and answer.result is not None
    assert (float(found.published), float(found.like_for_like or 0)) == (answer.result.value, answer.result.like_for_like)
