"""Queries for how two scores go together over countries."""

from __future__ import annotations

from index.contract.group_results import CorrelationResult
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Unavailable
from index.scores.correlation import FEWEST, pearson, spearman
from index.scores.first_step import scope_of, within_step_words
from index.scores.group_ranking import listed
from index.scores.pair_sentences import correlation_sentence
from index.scores.query import Query
from index.scores.query_rows import QueryResult, rows_of
from index.scores.result_sentences import group_name, meet_words
from index.scores.score_store import ScoreBook


def correlation_result(book: ScoreBook, query: Query) -> QueryResult:
    """Pearson's and Spearman's coefficients; unavailable for fewer than three countries or a constant score."""
    rows, statement = rows_of(book, query)
    first, second = ([float(row.figure(measure)) for row in rows] for measure in query.measures)
    linear, by_rank = pearson(first, second), spearman(first, second)
    if linear is None or by_rank is None:
        why = "one of the two scores is the same for all of them"
        if len(rows) < FEWEST:
            why = f"a correlation needs at least {FEWEST} countries with both scores, and there are {len(rows)}"
        refusal = Refusal(RefusalReason.NONE_MEETS, why)
        return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), statement)
    one, other = (measure.indicator for measure in query.measures)
    result = CorrelationResult(
        (one, other),
        max(query.editions),
        group_name(query, book.taxonomy),
        round(linear, 2) + 0.0,
        round(by_rank, 2) + 0.0,
        len(rows),
    )
    among, partly = scope_of(book, query)
    if query.among is not None:
        among += within_step_words(query, book.taxonomy)
    if query.where:
        among = f"the {len(rows)} of {among} that {meet_words(len(rows), query)}"
    facts, notes = listed(rows)
    return QueryResult(result, correlation_sentence(result, query, among, book.taxonomy), facts, (*partly, *notes), statement)
