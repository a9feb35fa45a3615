"""Queries that set groups side by side: in order of a statistic of their countries, or how many meet a condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact
from index.contract.group_results import GroupRankingResult
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import CountResult, Unavailable
from index.language.phrases import group_in_sentence, joined
from index.scores.availability import count_loaded
from index.scores.count_sentences import group_count_sentence
from index.scores.first_step import first_step, within_step_words
from index.scores.group_sentences import (
    group_like_for_like_words,
    group_ranking_sentence,
    no_group_words,
    not_listed_words,
    spread_sentence,
)
from index.scores.like_for_like import added_parts, rounded
from index.scores.mean_like_for_like import mean_like_for_like
from index.scores.query import Change, Order, Query, group_conditions, levels_of
from index.scores.query_rows import QueryResult, Row, row_facts, rows_of, span
from index.scores.result_sentences import added_words, group_name, partly_loaded_words
from index.scores.score_store import ScoreBook
from index.scores.several_countries import percentage
from index.scores.sql import Statement, group_statement
from index.scores.statistics import Stat

MOST_FACTS = 60


def group_ranking_result(book: ScoreBook, query: Query) -> QueryResult:
    """The groups of `by` in order; unavailable where none has a country with the scores, or none meets the conditions."""
    statement = group_statement(query)
    rows = book.score_store.run(statement)
    taxonomy = book.taxonomy
    if not rows:
        return _nothing(book, query, statement)
    measure = query.measures[0]
    stat = query.stat or Stat.MEAN
    result = GroupRankingResult(
        tuple(row[0] for row in rows),
        tuple(float(rounded(group_amount(stat, row[4], row[5]))) for row in rows),
        tuple(row[5] for row in rows),
        measure.indicator,
        max(query.editions),
        stat.value,
        group_name(query, taxonomy),
        *span(measure),
    )
    step = "" if query.among is None else first_step(book, query.among).words + within_step_words(query, taxonomy)
    if stat is Stat.COUNT:
        text = spread_sentence(result, query, step, taxonomy)
    else:
        text = group_ranking_sentence(result, [(row[1], row[3]) for row in rows], query, rows[0][2], step, taxonomy)
    facts, notes = scores_behind(book, query, result.groups, sum(result.counts))
    notes = [*_like_for_like(book, query, result.groups), *partly_loaded_notes(book, query), *notes]
    return QueryResult(result, text, facts, tuple(notes), statement)


def group_count_result(book: ScoreBook, query: Query) -> QueryResult:
    """How many groups of `by` have a statistic (by default the mean) of their countries that meets the conditions."""
    statement = group_statement(query)
    groups = tuple(sorted(row[0] for row in book.score_store.run(statement)))
    all_of = replace(query, measures=query.all_measures, where=())
    every = book.score_store.run(group_statement(all_of))
    total = len(every)
    if not total:
        return _nothing(book, query, statement)
    share = percentage(len(groups), total) if query.share else None
    result = CountResult(len(groups), (), groups=groups, of=total if query.share else None, share=share)
    text = group_count_sentence(result, query, total, book.taxonomy)
    facts, notes = scores_behind(book, all_of, query.by, sum(row[5] for row in every))
    notes = [*_like_for_like(book, query, groups), *partly_loaded_notes(book, all_of), *notes]
    return QueryResult(result, text, facts, tuple(notes), statement)


def group_amount(stat: Stat, amount: object, countries: int) -> Decimal:
    """A group's figure, exactly, from what a statement gives in hundredths."""
    exact = Decimal(str(amount)) / 100
    return exact / countries if stat is Stat.MEAN else exact


def listed(rows: Sequence[Row]) -> tuple[tuple[Fact, ...], list[str]]:
    """The scores in the rows if they are few enough to list; otherwise none and a note that says how many there are."""
    facts = row_facts(rows)
    return (facts, []) if len(facts) <= MOST_FACTS else ((), [not_listed_words(len(facts))])


def _nothing(book: ScoreBook, query: Query, statement: Statement) -> QueryResult:
    refusal = Refusal(RefusalReason.NONE_MEETS, no_group_words(query, book.taxonomy))
    return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), statement)


def scores_behind(book: ScoreBook, query: Query, groups: Sequence[str], countries: int) -> tuple[tuple[Fact, ...], list[str]]:
    """As `listed`, for the countries of these groups that a query about groups admits."""
    number = countries * len(levels_of(query.all_measures))
    return listed(_rows_in_groups(book, query, groups)) if number <= MOST_FACTS else ((), [not_listed_words(number)])


def partly_loaded_notes(book: ScoreBook, query: Query) -> list[str]:
    """Notes on the groups of a query that have no scores loaded, and on how many countries of them do."""
    taxonomy, whole = book.taxonomy, replace(query, kind=Kind.SET, by=(), where=())
    loaded, members = count_loaded(replace(query, where=()), taxonomy, book.loaded)
    if loaded == members or query.among is not None:
        return []
    missing = [g for g in query.by if not count_loaded(replace(whole, groups=(*query.groups, (g,))), taxonomy, book.loaded)[0]]
    names = joined([group_in_sentence(g, taxonomy) for g in missing])
    return [partly_loaded_words(loaded, members), *([f"No scores are loaded for {names}."] if missing else [])]


def _rows_in_groups(book: ScoreBook, query: Query, groups: Sequence[str]) -> list[Row]:
    where = group_conditions(query)[0]
    wider = replace(query, kind=Kind.SET, by=(), where=where, order=Order.HIGHEST, limit=None, place=None)
    inside = {c for group in groups for c in book.taxonomy.members(group, query.members_of)}
    return [row for row in rows_of(book, wider)[0] if row.country in inside]


def _like_for_like(book: ScoreBook, query: Query, groups: Sequence[str]) -> list[str]:
    """For changes in averages that gained parts: which parts, and each group's change in the mean without them."""
    taxonomy = book.taxonomy
    notes: list[str] = []
    for change in (m for m in query.all_measures if isinstance(m, Change)):
        added = added_parts(change, taxonomy)
        if not added:
            continue
        countries = {row.country for row in _rows_in_groups(book, query, groups)}
        figures = []
        for group in groups:
            moved = mean_like_for_like(book, change, countries & set(taxonomy.members(group, query.members_of)))
            if moved is not None:
                figures.append((group, float(moved)))
        notes += [added_words(added, change.end, taxonomy), group_like_for_like_words(change, figures, taxonomy)]
    return [note for note in dict.fromkeys(notes) if note]
