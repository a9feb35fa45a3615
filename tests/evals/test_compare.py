"""Two results compared: p-values against scipy, a one-line verdict, a gate that catches what is planted and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import shuffled
from scipy.stats import permutation_test

from corpus.errors import OcqaError
from index.evals.compare import Verdict, compare
from index.evals.evaluate import evaluate
from index.evals.gate import check_gate
from index.evals.judged import JudgedCase
from index.evals.result_file import About, Result, read_result, result_of, to_json
from index.evals.set_measures import BY_NAME
from index.evals.sets import Case, Gold
from index.evals.significance import bootstrap_interval, holm, least_p, randomization_p
from index.generations.snapshot import Snapshot

ABOUT = About("generation", "model", "as shipped", (), "0", "2025-01-01T00:00:00+00:00")
RIGHT = BY_NAME["Right"]


def scored(id: str, value: float, kind: str = "who", country: str = "TCD") -> JudgedCase:
    case = Case(id, f"question {id}", kind, (Gold(country, 2021, "Environment", 1, 2),))
    right = value >= 0.5
    values = {"Right": float(right), "nDCG@10": value, "Success@1": float(right), "Country leaks": 0.0, "False refusals": 0.0}
    return JudgedCase(case, False, 0.8, 0.8, right, right, 0.01, "", None, (f"p{value}",), (), values)


def result(values: Sequence[float], **parts: str) -> Result:
    return result_of(ABOUT, [scored(f"q{i}", v, **parts) for i, v in enumerate(values)])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=9))
def test_p_values_are_those_of_scipy(pairs: list[tuple[int, int]]) -> None:
    before, after = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    if len(pairs) == 1:
        expected = 1.0
    else:
        options = {"permutation_type": "samples", "n_resamples": np.inf, "vectorized": False}
        expected = permutation_test((before, after), lambda x, y: np.mean(y - x), **options).pvalue
    assert randomization_p(RIGHT, {"Right": before}, {"Right": after}) == pytest.approx(expected)


def test_with_many_cases_random_exchanges_agree_with_scipy() -> None:
    generator = np.random.default_rng(3)
    before = generator.random(60)
    after = before + generator.normal(0.05, 0.2, 60)
    other = permutation_test(
        (before, after), lambda x, y, axis: np.mean(y - x, axis=axis), permutation_type="samples", vectorized=True, rng=1
    )
    ours = randomization_p(RIGHT, {"Right": before}, {"Right": after})
    assert 0.01 < ours < 0.2 and abs(ours - other.pvalue) < 0.015
    assert randomization_p(RIGHT, {"Right": after}, {"Right": before}, worse_only=True) == pytest.approx(ours / 2, abs=0.015)
    assert randomization_p(RIGHT, {"Right": before}, {"Right": after}, worse_only=True) > 0.9


def test_cases_to_which_a_measure_does_not_apply_do_not_matter() -> None:
    before, after = np.array([1.0, 1.0, np.nan, 1.0, 1.0, 1.0]), np.array([0.0, 0.0, np.nan, 0.0, 0.0, 0.0])
    assert randomization_p(RIGHT, {"Right": before}, {"Right": after}) == 2 / 32
    assert least_p(RIGHT, {"Right": before}, {"Right": after}) == 1 / 32
    assert bootstrap_interval(RIGHT, {"Right": before}, {"Right": after}) == (-1.0, -1.0)


def test_noise_is_called_a_difference_as_rarely_as_it_should_be() -> None:
    """Two equally good systems: a p-value of at most 0.05 in about 5 of 100 comparisons."""
    generator = np.random.default_rng(11)
    found = 0
    for _ in range(200):
        before, after = generator.random(12), generator.random(12)
        found += randomization_p(RIGHT, {"Right": before}, {"Right": after}) <= 0.05
    assert 2 <= found <= 20


def test_p_values_are_corrected_for_their_number() -> None:
    assert holm([0.01, 0.04, 0.03], [0, 0, 0], 0.05) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.01, 0.5, 0.6], [0, 0.25, 0.5], 0.05)[0] == 0.01
    assert holm([], [], 0.05) == []


def test_equal_results_have_no_difference(peru_result: Result) -> None:
    found = compare(peru_result, peru_result)
    assert found.verdict == "no difference: all 235 questions have the same passages, results and values"
    assert found.changed == found.left_out == ()
    assert {d.p for d in found.differences if d.verdict is not Verdict.UNTESTED} == {1.0}
    assert [d.measure for d in found.differences if d.verdict is Verdict.UNTESTED] == ["Judged@10", "Latency p50", "Latency p95"]


def test_what_got_worse_is_named_and_its_questions_listed() -> None:
    before, after = result([1.0] * 12 + [0.0] * 4), result([0.0] * 11 + [1.0] + [0.0] * 4)
    found = compare(before, after)
    right = next(d for d in found.differences if d.measure == "Right")
    assert (right.wins, right.ties, right.losses, right.verdict) == (0, 5, 11, Verdict.WORSE)
    assert (right.before, right.after) == (0.75, 0.0625)
    assert found.verdict.startswith("worse: Right 0.750 to 0.062 (p = 0.00")
    assert [c.after.case.id for c in found.changed] == sorted(f"q{i}" for i in range(11))
    assert compare(after, before).verdict.startswith("better: Right 0.062 to 0.750")


def test_a_change_within_chance_is_called_unclear() -> None:
    found = compare(result([1.0] * 10), result([1.0] * 8 + [0.0] * 2))
    assert found.verdict == "no clear difference: 2 of 10 questions changed, within chance"


def test_only_questions_of_both_with_equal_labels_are_compared() -> None:
    before, after = result([1.0] * 4), result([1.0] * 5)
    relabelled = replace(after.scored[0], case=replace(after.scored[0].case, kind="why"))
    found = compare(before, result_of(ABOUT, [relabelled, *after.scored[1:]]))
    assert found.left_out == ("q0", "q4") and found.cases == 3
    with pytest.raises(OcqaError, match="no question in common"):
        compare(before, result_of(ABOUT, [scored("other", 1.0)]))


def test_a_saved_result_is_read_as_it_was(peru_result: Result, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(to_json(peru_result), encoding="utf-8")
    assert read_result(path) == peru_result
    figures = json.loads(path.read_text())["figures"]
    assert figures["nDCG@10"]["cases"] == 137 and figures["Right"]["cases"] == 235
    assert figures["nDCG@10"]["low"] < figures["nDCG@10"]["value"] < figures["nDCG@10"]["high"]


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"format": "ocqa-eval-1"}', "\x00"])
def test_a_file_that_is_not_a_saved_result_is_an_error_with_a_hint(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "r.json").write_text(text)
    with pytest.raises(OcqaError) as caught:
        read_result(tmp_path / "r.json")
    assert "r.json" in caught.value.message and "--json" in caught.value.hint


def test_ten_repeats_of_an_unchanged_system_never_fire_the_gate(peru_result: Result, shipped: Snapshot) -> None:
    cases = [s.case for s in peru_result.scored][::10]
    baseline = evaluate(shipped, cases, [])
    for _ in range(10):
        assert check_gate(baseline, evaluate(shipped, cases, [])).regressions == ()


def test_shuffled_vectors_of_a_country_are_caught_and_named_by_kind(peru_result: Result, shipped: Snapshot) -> None:
    chunks, sentences, words = shuffled(shipped, "PER")
    some = result_of(peru_result.about, peru_result.scored[::2])
    broken = evaluate(replace(shipped, chunks=chunks, sentences=sentences, words=words), [s.case for s in some.scored], [])
    report = check_gate(some, broken)
    fallen = {f.measure: f for f in report.regressions if f.part == "all"}
    assert not report.passed
    assert {"nDCG@10", "Right", "Success@1"} <= fallen.keys()
    assert fallen["nDCG@10"].after < fallen["nDCG@10"].before
    assert "by kind: " in fallen["nDCG@10"].comes_from and "by country: PER" in fallen["nDCG@10"].comes_from
    assert "nDCG@10 of all questions fell from" in str(fallen["nDCG@10"])


def test_a_regression_in_one_kind_among_many_is_named_by_that_kind() -> None:
    def mixed(who: float) -> Result:
        return result_of(ABOUT, [*(scored(f"a{i}", who) for i in range(14)), *(scored(f"b{i}", 1.0, "why") for i in range(200))])

    report = check_gate(mixed(1.0), mixed(0.0))
    assert {f.part for f in report.regressions} == {"all", "kind who"}
    assert "by kind: who (14 of 14 worse), by country: TCD" in str(report.regressions[0])


def test_a_country_whose_few_questions_all_get_worse_is_named_among_many_others() -> None:
    """Five of 205 questions are far too few to show over all of them."""

    def mixed(chad: float) -> Result:
        rest = [scored(f"b{i}", 1.0, "why", "NER") for i in range(200)]
        return result_of(ABOUT, [*(scored(f"a{i}", chad) for i in range(5)), *rest])

    (regression,) = [f for f in check_gate(mixed(1.0), mixed(0.6)).regressions if f.part.startswith("country")]
    assert str(regression).startswith("nDCG@10 of country TCD fell from 1.0000 to 0.6000 (p = 0.03")


def test_the_gate_fires_below_a_floor_and_not_above_it() -> None:
    baseline = result_of(ABOUT, result([1.0, 1.0, 1.0, 0.0]).scored, {"nDCG@10": 0.7, "Latency p95": 5.0})
    report = check_gate(baseline, result([1.0, 1.0, 0.6, 0.0]))
    assert [(f.measure, f.p) for f in report.regressions] == [("nDCG@10", None), ("Latency p95", None)]
    assert str(report.regressions[0]).startswith(
        "nDCG@10 of all questions is 0.6500, below its floor 0.7000; by kind: who (1 of 4"
    )
    assert "above its limit 5.0" in str(report.regressions[1])
    assert check_gate(replace(baseline, floors={"nDCG@10": 0.65}), result([1.0, 1.0, 0.6, 0.0])).passed


def test_an_improvement_passes_the_gate() -> None:
    assert check_gate(result([0.0] * 30), result([1.0] * 30)).passed
