"""Queries for one figure over the editions: of a country, or the mean of the countries a query admits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact
from index.contract.group_results import TrendResult
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Unavailable
from index.language.phrases import in_sentence
from index.scores.availability import trend_levels
from index.scores.first_step import scope_of, within_step_words
from index.scores.group_ranking import listed
from index.scores.like_for_like import added_parts, like_for_like, rounded
from index.scores.mean_like_for_like import mean_like_for_like
from index.scores.query import Change, Level, Order, Query
from index.scores.query_rows import QueryResult, rows_of
from index.scores.ranking import Rank
from index.scores.result_sentences import added_words, group_name, meet_words, none_meets_words
from index.scores.score_store import ScoreBook
from index.scores.sql import means_statement
from index.scores.sql_figures import trend_statement
from index.scores.trend_sentence import trend_sentence


def trend_result(book: ScoreBook, query: Query) -> QueryResult:
    """A figure in every edition asked for that has it; of several countries their mean."""
    kept = trend_levels(query, book.taxonomy, book.loaded)
    result = _of_country(book, query, kept) if len(query.countries) == 1 else _of_group(book, query, kept)
    taxonomy = book.taxonomy
    indicator = taxonomy.indicators[kept[0].indicator]
    left_out = [m.edition for m in query.measures if isinstance(m, Level) and m.edition < indicator.since]
    if not left_out:
        return result
    note = f"{in_sentence(indicator)} first appears in the {indicator.since} edition."
    return replace(result, notes=(*result.notes, f"{note[0].upper()}{note[1:]}"))


def _of_country(book: ScoreBook, query: Query, levels: Sequence[Level]) -> QueryResult:
    country, indicator = query.countries[0], levels[0].indicator
    taxonomy = book.taxonomy
    statement = trend_statement(country, indicator, [level.edition for level in levels])
    rows = book.score_store.run(statement)
    figures = [Decimal(row[1]) for row in rows]
    ranks = [Rank(*row[3:6]) for row in rows]
    facts = tuple(
        Fact(country, indicator, edition, float(value), source, rank, of, WORLD, sharing)
        for edition, value, source, rank, of, sharing in rows
    )
    steps = _steps([row[0] for row in rows], indicator)
    stored = {key: value for key, (value, _) in book.score_store.scores_of((country,))[country].items()}
    like = [like_for_like(step, stored, taxonomy) if added_parts(step, taxonomy) else None for step in steps]
    result = TrendResult(
        indicator,
        tuple(row[0] for row in rows),
        tuple(float(figure) for figure in figures),
        tuple(rank.rank for rank in ranks),
        country=country,
        chosen=_chosen(query.pick, [row[0] for row in rows], figures),
        like_for_like=_given(like),
    )
    loaded = {rank.of for rank in ranks}
    notes = _added_notes(book, steps)
    if max(loaded) < len(taxonomy.countries):
        notes.append(f"Only {max(loaded)} of the {len(taxonomy.countries)} countries are loaded; the ranks are among those.")
    text = trend_sentence(result, query.pick, taxonomy.countries[country].name, ranks, taxonomy)
    return QueryResult(result, text, facts, tuple(notes), statement)


def _of_group(book: ScoreBook, query: Query, levels: Sequence[Level]) -> QueryResult:
    taxonomy = book.taxonomy
    asked = replace(query, measures=tuple(levels))
    statement = means_statement(asked)
    ((of, *amounts),) = book.score_store.run(statement)
    among, notes = scope_of(book, asked)
    if query.among is not None:
        among += within_step_words(query, taxonomy)
    if not of:
        refusal = Refusal(RefusalReason.NONE_MEETS, none_meets_words(among, asked, taxonomy))
        return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), statement)
    if query.where:
        among = f"the {of} of {among} that {meet_words(of, query)}"
    figures = [Decimal(amount) / 100 / of for amount in amounts]
    editions = [level.edition for level in levels]
    steps = _steps(editions, levels[0].indicator)
    rows, _ = rows_of(book, replace(asked, kind=Kind.SET, order=Order.HIGHEST))
    countries = [row.country for row in rows]
    like = [mean_like_for_like(book, step, countries) if added_parts(step, taxonomy) else None for step in steps]
    result = TrendResult(
        levels[0].indicator,
        tuple(editions),
        tuple(float(rounded(figure)) for figure in figures),
        (None,) * len(editions),
        group=group_name(query, taxonomy),
        chosen=_chosen(query.pick, editions, figures),
        like_for_like=_given(like),
    )
    facts, listing = listed(rows)
    notes = [*_added_notes(book, steps), *notes, *listing]
    return QueryResult(result, trend_sentence(result, query.pick, among, (), taxonomy), facts, tuple(notes), statement)


def _steps(editions: Sequence[int], indicator: str) -> list[Change]:
    return [Change(indicator, start, end) for start, end in pairwise(editions)]


def _chosen(pick: Order | None, editions: Sequence[int], figures: Sequence[Decimal]) -> tuple[int, ...]:
    """The editions with the highest or the lowest figure, ties included; none where that is not asked for."""
    if pick is None:
        return ()
    best = max(figures) if pick is Order.HIGHEST else min(figures)
    return tuple(edition for edition, figure in zip(editions, figures, strict=True) if figure == best)


def _given(like: Sequence[Decimal | None]) -> tuple[float | None, ...] | None:
    figures = tuple(None if figure is None else float(figure) for figure in like)
    return figures if any(figure is not None for figure in figures) else None


def _added_notes(book: ScoreBook, steps: Sequence[Change]) -> list[str]:
    added = [(added_parts(step, book.taxonomy), step.end) for step in steps]
    return [added_words(parts, end, book.taxonomy) for parts, end in added if parts]
