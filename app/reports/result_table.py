"""The table of a typed result that its scores alone do not tell: groups, parts, editions, differences. Pure.

The page, the command line and the downloads show the same table. Results that are a list of scores, such as a ranking, have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.reports.briefing_tables import explanation_table, overview_table, page_fact_table
from app.reports.group_tables import (
    correlation_table,
    difference_table,
    group_table,
    indicator_table,
    trend_table,
)
from app.reports.table import ResultTable
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import ExplanationResult, OverviewResult, PageFactResult
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)

_MAKERS: Mapping[type, Callable[[Any, Answer, Taxonomy], ResultTable]] = {
    OverviewResult: overview_table,
    ExplanationResult: explanation_table,
    PageFactResult: page_fact_table,
    GroupRankingResult: group_table,
    IndicatorRankingResult: indicator_table,
    DifferenceResult: difference_table,
    TrendResult: trend_table,
    CorrelationResult: correlation_table,
}


def result_table(answer: Answer, taxonomy: Taxonomy) -> ResultTable | None:
    """The table of the answer's result; None for a result whose facts say it all, and where there is none."""
    make = _MAKERS.get(type(answer.result))
    return make(answer.result, answer, taxonomy) if make is not None else None
