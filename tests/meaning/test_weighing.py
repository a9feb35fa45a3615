"""How sure a reading is: decision trees over its evidence, and conditions that an order makes needless."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from index.contract.answer_kind import Kind
from index.meaning.candidate import ReadingEvidence
from index.meaning.trees import trees_of
from index.meaning.weighing import probability_of
from index.scores.query import Change, Condition, Level, Op, Order, Query, without_needless

STORED = {"start": 0.5, "trees": [[[1, 2.0, 1, 2], [-1.0], [0, 0.0, 3, 4], [10.0], [20.0]], [[0.25]]]}


@pytest.mark.parametrize(
    ("numbers", "score"),
    [((0.0, 2.0), -0.25), ((0.0, 2.5), 10.75), ((0.5, 3.0), 20.75)],
)
def test_the_values_of_all_trees_add_up(numbers: tuple[float, ...], score: float) -> None:
    assert trees_of(STORED).score(numbers) == pytest.approx(score)


def test_a_reading_that_both_readers_share_is_surer_than_one_that_a_reader_contradicts() -> None:
    known = dict.fromkeys((f.name for f in fields(ReadingEvidence)), 0.0)
    shared = {"likely": 4.0, "lead": 6.0, "agreed": 1.0, "clean": 1.0, "missed": -3.0, "words": 1.8, "framed": 1.0}
    evidence = ReadingEvidence(**{**known, **shared})
    doubted = replace(evidence, agreed=0.0, clean=0.0, disagreed=1.0, against_clean=1.0, framed=0.0, unframed=1.0, frame=-2.0)
    assert probability_of("value", evidence) > max(0.9, probability_of("value", doubted))


def test_the_one_that_rose_most_needs_no_condition_that_it_rose() -> None:
    change = Change("cocaine_trade", 2021, 2025)
    rose = (Condition(change, Op.ABOVE, Decimal(0)),)
    other = (Condition(Level("resilience", 2025), Op.ABOVE, Decimal(5)),)
    query = Query(Kind.SET, (change,), 2025, where=(rose, other), order=Order.HIGHEST, limit=1)
    assert without_needless(query).where == (other,)
    # The five that rose most are fewer where fewer rose; the largest fall is not among those that rose.
    for kept in (replace(query, limit=5), replace(query, order=Order.LOWEST), replace(query, place=2, limit=None)):
        assert without_needless(kept) == kept
