"""Queries for one figure of a group: a mean, a median, the lowest or the highest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from index.contract.refusal import RefusalReason
from index.contract.typed_results import AggregateResult, Unavailable
from index.scores.first_step import scope_of, within_step_words
from index.scores.like_for_like import rounded
from index.scores.query import Order, Query
from index.scores.query_rows import QueryResult, row_facts, rows_of, span
from index.scores.result_sentences import (
    aggregate_sentence,
    group_name,
    meet_words,
    none_meets_words,
)
from index.scores.score_store import ScoreBook
from index.scores.sql import aggregate_statement


def aggregate_result(book: ScoreBook, query: Query) -> QueryResult:
    """A figure over the countries that the query admits; unavailable where it admits none."""
    statement = aggregate_statement(query)
    ((figure, of),) = book.score_store.run(statement)
    measure = query.measures[0]
    taxonomy = book.taxonomy
    assert query.stat is not None
    among, notes = scope_of(book, query)
    if query.among is not None:
        among += within_step_words(query, taxonomy)
    if not of:
        why = none_meets_words(among, query, taxonomy)
        return QueryResult(Unavailable(why, RefusalReason.NONE_MEETS), f"{why[0].upper()}{why[1:]}.", (), (), statement)
    value = Decimal(figure) / of if query.stat == "mean" else Decimal(figure)
    result = AggregateResult(
        group_name(query, taxonomy),
        measure.indicator,
        max(query.editions),
        query.stat.value,
        float(rounded(value)),
        of,
        *span(measure),
    )
    if query.where:
        among = f"the {of} of {among} that {meet_words(of, query)}"
    rows, _ = rows_of(book, replace(query, stat=None, order=Order.HIGHEST))
    extreme = [r for r in rows if r.figure(measure) == rounded(value)] if query.stat in ("min", "max") else rows
    return QueryResult(result, aggregate_sentence(result, query, among, taxonomy), row_facts(extreme), tuple(notes), statement)
