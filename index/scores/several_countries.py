"""Queries that give a table of countries: those that meet conditions, a place in an order, rankings, counts, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.typed_results import ComparisonResult, CountResult, RankingResult, Result, SetResult
from index.scores.count_sentences import count_sentence
from index.scores.first_step import scope_of, within_step_words
from index.scores.place_sentences import place_sentence
from index.scores.query import Level, Order, Query
from index.scores.query_rows import QueryResult, Row, like_for_like_figures, row_facts, rows_of, span
from index.scores.query_text import condition_words
from index.scores.result_sentences import (
    comparison_sentence,
    group_name,
    meet_words,
    ranking_sentence,
    set_sentence,
)
from index.scores.score_store import ScoreBook


def table_result(book: ScoreBook, query: Query) -> QueryResult:
    """The countries that a query admits, as a set, a ranking or a count."""
    rows, statement = rows_of(book, query)
    measure = query.measures[0]
    taxonomy = book.taxonomy
    among, partly = scope_of(book, query)
    within = group_name(query, taxonomy)
    countries = tuple(row.country for row in rows)
    values = [float(row.figure(measure)) for row in rows]
    like, notes = like_for_like_figures(book, query, countries)
    notes += partly
    result: Result
    if query.kind is Kind.COUNT:
        result = _counted(book, query, countries)
        text = count_sentence(result, query, among, taxonomy)
    else:
        result = _table(query, rows, values, within, like)
        text = _sentence(result, query, rows, among, taxonomy)
    whole = not query.where and query.among is None and not query.countries
    ranked = within if whole and isinstance(measure, Level) and query.order is Order.HIGHEST else None
    return QueryResult(result, text, row_facts(rows, ranked), tuple(notes), statement)


def _sentence(result: SetResult | RankingResult, query: Query, rows: Sequence[Row], among: str, taxonomy: Taxonomy) -> str:
    if query.among is not None and (not rows or query.order is None):
        return count_sentence(CountResult(len(rows), result.countries), query, among, taxonomy)
    among = _narrowed(query, rows, among, taxonomy)
    if isinstance(result, RankingResult):
        return ranking_sentence(result, query, among, taxonomy)
    if query.place is not None:
        return place_sentence(result, query, among, rows[0].rank if rows else None, taxonomy)
    if query.order is not None and query.limit != 1 and len(rows) > 1:
        values = tuple(float(row.figure(query.measures[0])) for row in rows)
        listed = RankingResult(result.countries, values, result.indicator, max(query.editions), result.within)
        return ranking_sentence(listed, query, among, taxonomy)
    return set_sentence(result, query, among, taxonomy)


def _table(
    query: Query, rows: Sequence[Row], values: Sequence[float], within: str, like: tuple[float | None, ...] | None
) -> SetResult | RankingResult:
    measure = query.measures[0]
    countries = tuple(row.country for row in rows)
    start, end = span(measure)
    if query.kind is Kind.RANKING:
        return RankingResult(countries, tuple(values), measure.indicator, max(query.editions), within, start, end, like)
    several = len(query.measures) > 1
    shown = [tuple(float(row.figure(m)) for m in query.measures) for row in rows] if several else values
    one_edition = query.editions[0] if len(query.editions) == 1 else None
    if several:
        start = end = None
    return SetResult(
        countries, one_edition, measure.indicator, query.indicators, tuple(shown), within, start, end, like, place=query.place
    )


def _counted(book: ScoreBook, query: Query, countries: Sequence[str]) -> CountResult:
    """With a share, of all that the query admits without its conditions; of a first step, if it has none, of that step."""
    if not query.share:
        return CountResult(len(countries), tuple(sorted(countries)))
    wider = replace(query, where=())
    if not query.where:
        wider = replace(wider, groups=(), without_countries=(), without_groups=())
    # The scores tested must be there for a country to be counted among all.
    looked_up = tuple(dict.fromkeys([*query.measures, *query.all_measures]))
    of = len(rows_of(book, replace(wider, measures=looked_up))[0])
    return CountResult(len(countries), tuple(sorted(countries)), of=of, share=percentage(len(countries), of))


def percentage(part: int, whole: int) -> float | None:
    """A share in percent to one decimal, halves up; None of nothing."""
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)) if whole else None


def _narrowed(query: Query, rows: Sequence[Row], among: str, taxonomy: Taxonomy) -> str:
    """What a place or an order is taken over: the scope, a first step within groups, and only those that meet the conditions."""
    if query.among is not None:
        among += within_step_words(query, taxonomy)
    if query.where and query.order is not None and rows:
        number = rows[0].rank.of
        return f"the {number} of {among} that {meet_words(number, query)} ({condition_words(query, taxonomy)})"
    return among


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
