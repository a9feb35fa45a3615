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
from index.scores.availability import count_loaded
from index.scores.averages import mean_change
from index.scores.count_sentences import group_count_sentence
from index.scores.first_step import first_step, within_step_words
from index.scores.group_sentences import (
    group_like_for_like_words,
    group_ranking_sentence,
    no_group_words,
    not_listed_words,
)
from index.scores.like_for_like import added_parts, rounded
from index.scores.query import Change, Order, Query, group_conditions
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
    text = group_ranking_sentence(result, [(row[1], row[3]) for row in rows], query, rows[0][2], step, taxonomy)
    behind = rows_in_groups(book, query, result.groups)
    facts, notes = listed(behind)
    notes = [*_like_for_like(book, query, result.groups, behind), *_partly(book, query), *notes]
    return QueryResult(result, text, facts, tuple(notes), statement)


def group_count_result(book: ScoreBook, query: Query) -> QueryResult:
    """How many groups of `by` have a statistic (by default the mean) of their countries that meets the conditions."""
    statement = group_statement(query)
    groups = tuple(sorted(row[0] for row in book.score_store.run(statement)))
    all_of = replace(query, measures=query.all_measures, where=())
    total = len(book.score_store.run(group_statement(all_of)))
    if not total:
        return _nothing(book, query, statement)
    share = percentage(len(groups), total) if query.share else None
    result = CountResult(len(groups), (), groups=groups, of=total if query.share else None, share=share)
    text = group_count_sentence(result, query, total, book.taxonomy)
    behind = rows_in_groups(book, all_of, query.by)
    facts, notes = listed(behind)
    notes = [*_like_for_like(book, query, groups, behind), *_partly(book, all_of), *notes]
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


def _in_groups(query: Query, groups: Sequence[str]) -> Query:
    """The same countries without their groups being ranked: those of any of these groups."""
    restricted = replace(query, kind=Kind.SET, by=(), where=group_conditions(query)[0], groups=(*query.groups, tuple(groups)))
    return replace(restricted, order=Order.HIGHEST, limit=None, place=None)


def rows_in_groups(book: ScoreBook, query: Query, groups: Sequence[str]) -> list[Row]:
    """The countries of these groups that a query about groups admits, the highest figure first."""
    return rows_of(book, _in_groups(query, groups))[0]


def _partly(book: ScoreBook, query: Query) -> list[str]:
    loaded, members = count_loaded(_in_groups(replace(query, where=()), query.by), book.taxonomy, book.loaded)
    return [partly_loaded_words(loaded, members)] if loaded < members and query.among is None else []


def _like_for_like(book: ScoreBook, query: Query, groups: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """For changes in averages that gained parts: which parts, and each group's change in the mean without them."""
    taxonomy = book.taxonomy
    notes: list[str] = []
    for change in (m for m in query.all_measures if isinstance(m, Change)):
        added = added_parts(change, taxonomy)
        if not added:
            continue
        scores = book.score_store.scores_in(parts_of(change, book), (change.start, change.end))
        figures = []
        for group in groups:
            members = {row.country for row in rows} & set(taxonomy.members(group, query.members_of))
            moved = mean_change(change, members, scores, taxonomy)
            if moved is not None and moved.like_for_like is not None:
                figures.append((group, float(moved.like_for_like)))
        notes += [added_words(added, change.end, taxonomy), group_like_for_like_words(change, figures, taxonomy)]
    return [note for note in dict.fromkeys(notes) if note]


def parts_of(change: Change, book: ScoreBook) -> tuple[str, ...]:
    """The indicator and every indicator that it is averaged from in the earlier edition."""
    found = [change.indicator]
    for indicator in found:
        found += book.taxonomy.parts(indicator, change.start)
    return tuple(found)
