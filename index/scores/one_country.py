"""Queries about one country: its score, rank or change, or its indicators side by side."""

from __future__ import annotations

from dataclasses import replace

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import (
    ChangeResult,
    CountResult,
    IndicatorSetResult,
    RankResult,
    Result,
    Unavailable,
    ValueResult,
)
from index.language.phrases import group_in_sentence
from index.scores.availability import count_loaded
from index.scores.count_sentences import count_sentence
from index.scores.group_figure import aggregate_result
from index.scores.like_for_like import added_parts
from index.scores.place_sentences import indicator_place_sentence
from index.scores.query import Change, Level, OfGroup, Order, Query
from index.scores.query_rows import QueryResult, Row, like_for_like_figures, row_facts, rows_of, span
from index.scores.query_text import condition_words
from index.scores.result_sentences import (
    change_sentence,
    indicator_sentence,
    rank_move,
    rank_sentence,
    value_sentence,
)
from index.scores.score_store import ScoreBook
from index.scores.sql import indicator_statement


def value_result(book: ScoreBook, query: Query) -> QueryResult:
    """A country's score; with a condition, whether the score meets it."""
    bare = replace(query, where=())
    (row,), statement = rows_of(book, bare)
    level = query.measures[0]
    assert isinstance(level, Level)
    value = float(row.figure(level))
    name = book.taxonomy.countries[row.country].name
    text = value_sentence(name, book.taxonomy.indicators[level.indicator], level.edition, value)
    if query.where:
        met, statement = rows_of(book, query)
        words = condition_words(query, book.taxonomy)
        text = f"{'Yes' if met else 'No'}: {text} Condition: {words}.{_given_figures(book, query)}"
    return QueryResult(ValueResult(row.country, level.indicator, level.edition, value), text, row_facts([row]), (), statement)


def _given_figures(book: ScoreBook, query: Query) -> str:
    """A sentence for each group figure that the country was compared with."""
    text = ""
    for operand in {c.right for any_of in query.where for c in any_of if isinstance(c.right, OfGroup)}:
        groups = () if operand.group == WORLD else ((operand.group,),)
        of_group = Query(Kind.AGGREGATE, (operand.measure,), query.members_of, groups=groups, stat=operand.stat)
        text += f" {aggregate_result(book, of_group).text}"
    return text


def rank_result(book: ScoreBook, query: Query) -> QueryResult:
    """The rank in the first group named; the sentence and the facts have those in the others too."""
    level = query.measures[0]
    assert isinstance(level, Level)
    indicator, country = book.taxonomy.indicators[level.indicator], query.countries[0]
    name = book.taxonomy.countries[country].name
    results: list[RankResult | Unavailable] = []
    facts: list[Fact] = []
    texts, notes, statements = [], [], []
    for within in query.within:
        rows, statement = rows_of(book, ranking_of(level, within))
        row = next((r for r in rows if r.country == country), None)
        group = group_in_sentence(within, book.taxonomy)
        if row is None:
            refusal = Refusal(RefusalReason.NONE_MEETS, f"{name} is not one of the countries in {group}")
            results.append(Unavailable(refusal.why, refusal.reason))
            texts.append(refusal.sentence)
            continue
        value = float(row.figure(level))
        statements.append(statement)
        results.append(RankResult(country, level.indicator, level.edition, value, row.rank.rank, row.rank.of, within))
        texts.append(rank_sentence(name, indicator, level.edition, value, row.rank, "" if within == WORLD else group))
        facts += row_facts([row], within)
        notes += _rank_notes(book, query, level, row, within)
    good = [r for r in results if not isinstance(r, Unavailable)]
    if not good:
        (row,), statement = rows_of(book, replace(query, kind=Kind.VALUE))
        return QueryResult(results[0], texts[0], row_facts([row]), (), statement)
    return QueryResult(good[0], " ".join(texts), tuple(facts), tuple(notes), statements[0])


def ranking_of(level: Level, within: str) -> Query:
    """The ranking in which a country's rank is taken: the whole of a group, the highest score first."""
    groups = () if within == WORLD else ((within,),)
    return Query(Kind.RANKING, (level,), level.edition, groups=groups, order=Order.HIGHEST)


def _rank_notes(book: ScoreBook, query: Query, level: Level, row: Row, within: str) -> list[str]:
    notes = []
    loaded, members = count_loaded(ranking_of(level, within), book.taxonomy, book.loaded)
    if loaded < members:
        where = group_in_sentence(within, book.taxonomy)
        notes.append(f"Only {loaded} of the {members} countries in {where} are loaded; the rank is among those {loaded}.")
    printed = book.score_store.printed_rank(row.country, level.indicator, level.edition, within)
    if printed is not None and (printed.rank, printed.of) != (row.rank.rank, row.rank.of):
        notes.append(f"The profile page in the {level.edition} edition gives rank {printed.rank} of {printed.of}.")
    return notes


def change_result(book: ScoreBook, query: Query) -> QueryResult:
    """A country's change between two editions, with its world rank in each."""
    (row,), statement = rows_of(book, query)
    change = query.measures[0]
    assert isinstance(change, Change)
    taxonomy = book.taxonomy
    like, notes = like_for_like_figures(book, query, (row.country,))
    result = ChangeResult(
        row.country, change.indicator, change.start, change.end, float(row.figure(change)), like[0] if like else None
    )
    before, after = (row.figure(Level(change.indicator, e)) for e in (change.start, change.end))
    ranks = []
    for edition in (change.start, change.end):
        rows, _ = rows_of(book, ranking_of(Level(change.indicator, edition), WORLD))
        ranks.append(next(r.rank for r in rows if r.country == row.country))
    moved = rank_move(ranks[0], ranks[1])
    text = change_sentence(result, float(before), float(after), moved, added_parts(change, taxonomy), taxonomy)
    return QueryResult(result, text, row_facts([row]), tuple(notes), statement)


def indicators_result(book: ScoreBook, query: Query) -> QueryResult:
    """A country's indicators in order or under conditions, or how many they are."""
    statement = indicator_statement(query)
    measure = query.measures[0]
    start, end = (measure.edition,) * 2 if isinstance(measure, Level) else (measure.start, measure.end)
    names, values, facts = [], [], []
    rows = book.score_store.run(statement)
    for indicator, _, _, later, source, earlier, earlier_source in rows:
        names.append(indicator)
        values.append(float(later if start == end else later - earlier))
        facts.append(Fact(query.countries[0], indicator, end, float(later), source))
        facts += [Fact(query.countries[0], indicator, start, float(earlier), earlier_source)] if start != end else []
    result: Result
    if query.kind is Kind.COUNT:
        result = CountResult(len(names), query.countries, tuple(names))
        text = count_sentence(result, query, "", book.taxonomy)
    else:
        result = IndicatorSetResult(query.countries[0], end, tuple(names), tuple(values), *span(measure))
        text = indicator_sentence(result, query, book.taxonomy)
        if query.place is not None:
            text = indicator_place_sentence(result, query, rows[0][1] if rows else None, book.taxonomy)
    return QueryResult(result, text, tuple(facts), (), statement)
