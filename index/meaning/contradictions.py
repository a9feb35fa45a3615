"""What nobody asks: 7 or more and 4 or less of the same score, or the lowest of the one that is highest. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from index.contract.answer_kind import Kind
from index.meaning.meaning import Meaning, Test
from index.scores.query import Op

_LEAST = {Op.AT_LEAST, Op.ABOVE, Op.EQUAL}
_MOST = {Op.AT_MOST, Op.BELOW, Op.EQUAL}


def contradictory(meaning: Meaning) -> bool:
    """Whether two conditions that must both hold leave no figure between them, or a second step puts the single country of the
    first in order by the same score; such a meaning was read wrong."""
    if meaning.among is not None and _orders_one(meaning.among, meaning):
        return True
    single = [any_of[0] for any_of in meaning.tests if len(any_of) == 1]
    by_score: dict[tuple[str, bool], list[Test]] = {}
    for test in single:
        by_score.setdefault((test.indicator, test.change), []).append(test)
    return any(_empty(tests) for tests in by_score.values())


def _orders_one(first: Meaning, second: Meaning) -> bool:
    """Whether a second step puts in order what is a single country by the same score."""
    sets = first.kind is second.kind is Kind.SET and first.limit == 1
    same = first.indicators == second.indicators and first.editions == second.editions
    return sets and same and first.order is not None and second.order is not None


def _empty(tests: Iterable[Test]) -> bool:
    numbers = [(t.op, t.right + t.plus) for t in tests if isinstance(t.right, Decimal)]
    least = [(value, op is Op.ABOVE) for op, value in numbers if op in _LEAST]
    most = [(value, op is Op.BELOW) for op, value in numbers if op in _MOST]
    return any(low > high or (low == high and (over or under)) for low, over in least for high, under in most)
