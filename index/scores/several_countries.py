"""Queries that give a table of countries: those that meet conditions, rankings, counts and comparisons."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.contract.typed_results import ComparisonResult, CountResult, RankingResult, Result, SetResult
from index.scores.availability import count_loaded
from index.scores.query import Level, Order, Query
from index.scores.query_rows import QueryResult, like_for_like_figures, row_facts, rows_of, span
from index.scores.result_sentences import (
    comparison_sentence,
    count_sentence,
    countries_in,
    group_name,
    partly_loaded_words,
    ranking_sentence,
    set_sentence,
)
from index.scores.score_store import ScoreBook


def table_result(book: ScoreBook, query: Query) -> QueryResult:
    """The countries that a query admits, as a set, a ranking or a count."""
    rows, statement = rows_of(book, query)
    measure = query.measures[0]
    taxonomy = book.taxonomy
    loaded, members = count_loaded(query, taxonomy, book.loaded)
    among = countries_in(query, taxonomy, loaded, members)
    within = group_name(query, taxonomy)
    countries = tuple(row.country for row in rows)
    values = [float(row.figure(measure)) for row in rows]
    like, notes = like_for_like_figures(book, query, countries)
    if loaded < members:
        notes.append(partly_loaded_words(loaded, members))
    start, end = span(measure)
    edition = max(query.editions)
    result: Result
    if query.kind is Kind.COUNT:
        result = CountResult(len(rows), tuple(sorted(countries)))
        text = count_sentence(result, query, among, taxonomy)
    elif query.kind is Kind.RANKING:
        result = RankingResult(countries, tuple(values), measure.indicator, edition, within, start, end, like)
        text = ranking_sentence(result, query, among, taxonomy)
    else:
        several = len(query.measures) > 1
        shown = [tuple(float(row.figure(m)) for m in query.measures) for row in rows] if several else values
        one_edition = query.editions[0] if len(query.editions) == 1 else None
        if several:
            start = end = None
        result = SetResult(countries, one_edition, measure.indicator, query.indicators, tuple(shown), within, start, end, like)
        text = set_sentence(result, query, among, taxonomy)
    ranked = within if not query.where and isinstance(measure, Level) and query.order is Order.HIGHEST else None
    return QueryResult(result, text, row_facts(rows, ranked), tuple(notes), statement)


def comparison_result(book: ScoreBook, query: Query) -> QueryResult:
    """Named countries side by side, in the order of the question."""
    rows, statement = rows_of(book, query)
    by_country = {row.country: row for row in rows}
    measure = query.measures[0]
    figures = [by_country[c].figure(measure) for c in query.countries]
    best = [c for c, v in zip(query.countries, figures, strict=True) if v == max(figures)]
    like, notes = like_for_like_figures(book, query, query.countries)
    result = ComparisonResult(
        query.countries,
        tuple(map(float, figures)),
        measure.indicator,
        max(query.editions),
        best[0] if len(best) == 1 else None,
        *span(measure),
        like,
    )
    text = comparison_sentence(result, query, book.taxonomy)
    return QueryResult(result, text, row_facts([by_country[c] for c in query.countries]), tuple(notes), statement)
