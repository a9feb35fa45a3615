"""Measures of a whole set against scikit-learn and against the obvious way to compute them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from index.evals.judged import Columns
from index.evals.set_measures import BY_NAME, MEASURES, applying, cases_of
from index.evals.summary import interval, point, resampled

chances = st.integers(0, 10).map(lambda n: n / 10)
rows = st.lists(st.tuples(chances, st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=30)


def columns(rows: list[tuple[float, bool, bool, int]]) -> Columns:
    chance = np.array([r[0] for r in rows])
    answerable = np.array([r[1] for r in rows], dtype=float)
    first_right = np.array([r[1] and r[2] for r in rows], dtype=float)
    return {
        "chance": chance,
        "confidence": chance,
        "answerable": answerable,
        "first_right": first_right,
        "right": first_right,
        "seconds": np.array([r[3] for r in rows], dtype=float),
        "Right": first_right,
        "nDCG@10": np.where(answerable > 0, first_right / 2, np.nan),
        "Country leaks": np.array([r[3] for r in rows], dtype=float),
    }


@given(rows)
def test_auroc_is_that_of_scikit_learn(rows: list) -> None:
    data = columns(rows)
    if len(set(data["answerable"])) < 2:
        assert np.isnan(point(BY_NAME["AUROC"], data))
    else:
        assert point(BY_NAME["AUROC"], data) == pytest.approx(roc_auc_score(data["answerable"], data["chance"]))


@given(rows)
def test_the_risk_coverage_area_is_the_mean_risk_over_all_coverages(rows: list) -> None:
    data = columns(rows)
    risks = []
    for chance in data["chance"]:
        held = data["chance"] >= chance
        risks.append(1 - data["first_right"][held].mean())
    assert point(BY_NAME["Risk-coverage area"], data) == pytest.approx(np.mean(risks))


@given(rows)
def test_the_calibration_error_is_the_weighted_gap_of_ten_bins(rows: list) -> None:
    data = columns(rows)
    error = 0.0
    for low in range(10):
        held = [i for i, c in enumerate(data["confidence"]) if min(int(c * 10), 9) == low]
        if held:
            error += len(held) / len(rows) * abs(data["confidence"][held].mean() - data["right"][held].mean())
    assert point(BY_NAME["ECE"], data) == pytest.approx(error)


@given(rows, st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_a_weight_equals_repeating_the_case(rows: list, times: list[int]) -> None:
    weights = np.array(times[: len(rows)], dtype=float)
    repeated = [row for row, n in zip(rows, times, strict=False) for _ in range(n)]
    if not repeated:
        return
    for measure in applying(columns(rows)):
        weighted = float(measure.statistic(columns(rows), weights[None])[0])
        assert weighted == pytest.approx(point(measure, columns(repeated)), nan_ok=True), measure.name


def test_latency_quantiles_are_times_that_were_measured() -> None:
    data = {"seconds": np.array([0.4, 0.1, 0.3, 0.2])}
    assert point(BY_NAME["Latency p50"], data) == pytest.approx(200)
    assert point(BY_NAME["Latency p95"], data) == pytest.approx(400)


def test_bootstrap_samples_are_the_same_at_every_call_and_as_large_as_the_set() -> None:
    weights = resampled(7)
    assert weights.shape == (1000, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert (weights == resampled(7)).all()


def test_an_interval_covers_the_mean_of_coin_tosses_as_often_as_it_should() -> None:
    """The 95% interval of the mean of 100 tosses covers the true half in about 95 of 100 experiments."""
    generator = np.random.default_rng(7)
    covered = 0
    for _ in range(200):
        tosses = {"Right": generator.integers(0, 2, 100).astype(float)}
        low, high = interval(BY_NAME["Right"].statistic(tosses, resampled(100)))
        covered += low <= 0.5 <= high
    assert 180 <= covered <= 199


def test_a_measure_counts_only_cases_it_applies_to() -> None:
    data = columns([(0.5, True, True, 0), (0.5, False, False, 0)])
    assert cases_of(BY_NAME["nDCG@10"], data) == 1 and point(BY_NAME["nDCG@10"], data) == 0.5
    assert cases_of(BY_NAME["Right"], data) == 2 and point(BY_NAME["Right"], data) == 0.5


def test_every_measure_says_what_it_means() -> None:
    assert len({m.name for m in MEASURES}) == len(MEASURES)
    assert all(m.meaning for m in MEASURES)
