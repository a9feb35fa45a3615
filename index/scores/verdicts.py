"""How a yes/no answer is decided and begins: comparisons, "Yes" and "No", and the figures that decide. Pure."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.group_results import DifferenceResult, GroupRankingResult, IndicatorRankingResult, TrendResult
from index.contract.typed_results import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    CountResult,
    IndicatorSetResult,
    RankingResult,
    RankResult,
    SetResult,
    ValueResult,
)
from index.language.phrases import joined
from index.scores.like_for_like import rounded
from index.scores.query import Op
from index.scores.query_rows import QueryResult

_MOST_NAMED = 5
_COMPARE: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
    # Two means that are shown as the same number are taken to be the same.
    Op.EQUAL: lambda a, b: rounded(a) == rounded(b),
    Op.MOVED_AT_LEAST: lambda a, b: abs(a) >= b,
    Op.MOVED_MORE: lambda a, b: abs(a) > b,
}

Decided = (
    ValueResult
    | RankResult
    | SetResult
    | RankingResult
    | ChangeResult
    | ComparisonResult
    | AggregateResult
    | CountResult
    | IndicatorSetResult
    | GroupRankingResult
    | IndicatorRankingResult
    | DifferenceResult
    | TrendResult
)


def holds(left: Decimal, op: Op, right: Decimal) -> bool:
    """Whether a comparison of two exact figures is true."""
    return _COMPARE[op](left, right)


def decided(outcome: QueryResult, verdict: bool, text: str, taxonomy: Taxonomy) -> QueryResult:
    """The outcome with its verdict, and with `text` after "Yes" or "No"."""
    assert isinstance(outcome.result, Decided)
    return replace(outcome, result=replace(outcome.result, verdict=verdict), text=yes_no(verdict, text, taxonomy))


def yes_no(verdict: bool, text: str, taxonomy: Taxonomy) -> str:
    """A sentence after "Yes" or "No": its first letter stays a capital only in a name."""
    names = [*(c.name for c in taxonomy.countries.values()), *taxonomy.groups]
    rest = text if any(text.startswith(name) for name in names) else f"{text[0].lower()}{text[1:]}"
    return f"{'Yes' if verdict else 'No'}, {rest}"


def at_most_five(names: Sequence[str]) -> str:
    """The first five and how many others: "A, B, C, D, E and 3 others"."""
    others = len(names) - _MOST_NAMED
    if others <= 0:
        return joined(names)
    return f"{', '.join(names[:_MOST_NAMED])} and {others} other{'s' if others > 1 else ''}"
