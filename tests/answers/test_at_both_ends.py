"""Both ends of an order, and how far apart they are; a question that only has the words of two ends is read as what it asks."""

from __future__ import annotations

import pytest

from index.answers.answer import ask
from index.answers.part import SEVERAL
from index.contract.typed_results import IndicatorSetResult, SetResult
from index.generations.snapshot import Snapshot


def test_both_ends_that_are_named_apart(shipped: Snapshot) -> None:
    answer = ask(shipped, "Which BRICS has the best resilience, and the worst?")
    assert isinstance(answer.result, SetResult) and answer.result.countries == ("ZAF",)
    assert "South Africa has the highest score for resilience in the 2025 edition: 5.67" in answer.answer
    assert "Iran has the lowest score for resilience in the 2025 edition: 3.08" in answer.answer
    assert SEVERAL in answer.notes


def test_the_best_and_the_worst_of_a_country(shipped: Snapshot) -> None:
    answer = ask(shipped, "what's Brazil's best and worst thing")
    assert isinstance(answer.result, IndicatorSetResult) and answer.result.indicators == ("international_cooperation",)
    assert "cocaine trade (9.00)" in answer.answer


@pytest.mark.parametrize(
    "text", ["range of criminality in the Caribbean", "how many points separate the most and least criminal Caribbean country"]
)
def test_how_far_apart_the_ends_are(text: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert "Haiti has the highest score for criminality in the 2025 edition: 6.53" in answer.answer
    assert "Dominica has the lowest score for criminality in the 2025 edition: 2.32" in answer.answer
    assert "The two are 4.21 points apart." in answer.answer
    assert {(f.country, f.value) for f in answer.facts} == {("HTI", 6.53), ("DMA", 2.32)}


def test_an_end_of_each_of_two_indicators_is_no_range(shipped: Snapshot) -> None:
    answer = ask(shipped, "which country has the lowest criminality and the highest resilience")
    assert "lowest score for criminality" in answer.answer and "highest score for resilience" in answer.answer
    assert "highest score for criminality" not in answer.answer and "apart" not in answer.answer
