"""Queries for one figure of a group: a mean, a median, the lowest or the highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.contract.refusal import RefusalReason
from index.contract.typed_results import AggregateResult, Unavailable
from index.scores.first_step import scope_of, within_step_words
from index.scores.like_for_like import added_parts, rounded
from index.scores.mean_like_for_like import mean_like_for_like
from index.scores.query import Change, Order, Query
from index.scores.query_rows import QueryResult, row_facts, rows_of, span
from index.scores.result_sentences import (
    added_words,
    aggregate_sentence,
    group_name,
    meet_words,
    moved_words,
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
    sentence = aggregate_sentence(result, query, among, taxonomy)
    if query.stat == "mean" and isinstance(measure, Change) and (added := added_parts(measure, taxonomy)):
        sentence += _like_for_like(book, measure, [row.country for row in rows])
        notes = [*notes, added_words(added, measure.end, taxonomy)]
    return QueryResult(result, sentence, row_facts(extreme), tuple(notes), statement)


def _like_for_like(book: ScoreBook, change: Change, countries: Sequence[str]) -> str:
    """How the mean moved over the indicators of both editions, as a sentence after a space; empty where a part is not loaded."""
    moved = mean_like_for_like(book, change, countries)
    if moved is None:
        return ""
    return f" Over the indicators measured in both editions, it {moved_words(float(moved)) or 'did not change'}."
