"""Run a query on the score store and state its result."""

from __future__ import annotations

from collections.abc import Callable

from index.contract.answer_kind import Kind
from index.scores.claims import claim_result
from index.scores.correlation_result import correlation_result
from index.scores.difference import difference_result
from index.scores.group_figure import aggregate_result
from index.scores.group_ranking import group_count_result, group_ranking_result
from index.scores.indicator_ranking import indicator_ranking_result
from index.scores.neighbours import neighbour_result
from index.scores.one_country import change_result, indicators_result, rank_result, value_result
from index.scores.query import Query
from index.scores.query_rows import QueryResult
from index.scores.score_store import ScoreBook
from index.scores.second_step import second_step_result
from index.scores.several_countries import comparison_result, table_result
from index.scores.trend import trend_result


def result_of(book: ScoreBook, query: Query) -> QueryResult:
    """Run a query that can be answered (see `availability`)."""
    return _judged(book, query) if query.among is None else second_step_result(book, query, query.among, _judged)


def _judged(book: ScoreBook, query: Query) -> QueryResult:
    return _plain(book, query) if query.claim is None else claim_result(book, query, _plain)


def _plain(book: ScoreBook, query: Query) -> QueryResult:
    if query.beside is not None:
        return neighbour_result(book, query)
    if query.by and query.kind in (Kind.SET, Kind.RANKING):
        return group_ranking_result(book, query)
    makers: dict[Kind, Callable[[ScoreBook, Query], QueryResult]] = {
        Kind.VALUE: value_result,
        Kind.RANK: rank_result,
        Kind.SET: table_result,
        Kind.RANKING: table_result,
        Kind.COUNT: _counting(query),
        Kind.CHANGE: change_result,
        Kind.COMPARISON: comparison_result,
        Kind.AGGREGATE: aggregate_result,
        Kind.INDICATOR_SET: indicators_result,
        Kind.GROUP_RANKING: group_ranking_result,
        Kind.INDICATOR_RANKING: indicator_ranking_result,
        Kind.DIFFERENCE: difference_result,
        Kind.TREND: trend_result,
        Kind.CORRELATION: correlation_result,
    }
    return makers[query.kind](book, query)


def _counting(query: Query) -> Callable[[ScoreBook, Query], QueryResult]:
    if query.by:
        return group_count_result
    return indicators_result if query.family else table_result
