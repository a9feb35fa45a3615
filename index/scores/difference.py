"""Queries for how far apart two figures are."""

from __future__ import annotations

from decimal import Decimal

from index.contract.answer_object import Fact
from index.contract.group_results import DifferenceResult
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Unavailable
from index.scores.facts import score_facts
from index.scores.group_ranking import group_amount, partly_loaded_notes, scores_behind
from index.scores.group_sentences import no_group_words
from index.scores.like_for_like import rounded
from index.scores.pair_sentences import difference_sentence, rounding_words
from index.scores.query import OfCountry, OfGroup, Query, editions_of
from index.scores.query_rows import QueryResult, like_for_like_figures, row_facts, rows_of
from index.scores.result_sentences import partly_loaded_words
from index.scores.score_store import ScoreBook
from index.scores.sql import Statement, group_statement
from index.scores.sql_figures import against_statement
from index.scores.statistics import Stat


def difference_result(book: ScoreBook, query: Query) -> QueryResult:
    """The first figure minus the second: of two groups, a country and a group, two countries, or two indicators of a country.

    Raises ValueError where the query names none of these pairs.
    """
    if query.by:
        return _groups(book, query)
    if query.against is not None:
        return _against(book, query, query.against)
    rows, statement = rows_of(book, query)
    by_country = {row.country: row for row in rows}
    measure = query.measures[0]
    _, notes = like_for_like_figures(book, query, query.countries)
    edition = max(query.editions)
    if len(query.countries) == 2 and len(query.measures) == 1:
        first, second = (by_country[c].figure(measure) for c in query.countries)
        result = _result(first, second, edition, countries=query.countries, indicator=measure.indicator)
    elif len(query.countries) == 1 and len(query.measures) == 2:
        first, second = (rows[0].figure(m) for m in query.measures)
        indicators = tuple(m.indicator for m in query.measures)
        result = _result(first, second, edition, countries=query.countries, indicators=indicators)
    else:
        raise ValueError("a difference is of two countries, of two indicators of a country, or of groups")
    text = difference_sentence(result, query, book.taxonomy)
    return QueryResult(result, text, row_facts([by_country[c] for c in query.countries]), tuple(notes), statement)


def _groups(book: ScoreBook, query: Query) -> QueryResult:
    if len(query.by) != 2:
        raise ValueError("a difference of groups is of two")
    statement = group_statement(query)
    stat = query.stat or Stat.MEAN
    rows = book.score_store.run(statement)
    amounts = {group: group_amount(stat, amount, of) for group, _, _, _, amount, of in rows}
    countries = sum(row[5] for row in rows)
    if len(amounts) < 2:
        refusal = Refusal(RefusalReason.NONE_MEETS, no_group_words(query, book.taxonomy))
        return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), statement)
    first, second = (amounts[group] for group in query.by)
    indicator, edition = query.measures[0].indicator, max(query.editions)
    result = _result(first, second, edition, indicator=indicator, groups=query.by, stat=stat.value)
    facts, notes = scores_behind(book, query, query.by, countries)
    notes = [*notes, *partly_loaded_notes(book, query)]
    return _with_rounding(book, query, result, (first, second), facts, notes, statement)


def _against(book: ScoreBook, query: Query, group: OfGroup) -> QueryResult:
    own = OfCountry(query.countries[0], query.measures[0])
    statement = against_statement(own, group, query.members_of)
    ((figure, amount, of),) = book.score_store.run(statement)
    first, second = Decimal(str(figure)) / 100, group_amount(group.stat, amount, of)
    edition = max(editions_of(query.measures[0]))
    indicator = query.measures[0].indicator
    result = _result(
        first, second, edition, countries=query.countries, indicator=indicator, groups=(group.group,), stat=group.stat.value
    )
    facts = score_facts(book, query.countries, (indicator,), editions_of(query.measures[0]))
    _, notes = like_for_like_figures(book, query, query.countries)
    members = len(book.taxonomy.members(group.group, query.members_of))
    notes += [partly_loaded_words(of, members)] if of < members else []
    return _with_rounding(book, query, result, (first, second), facts, notes, statement)


def _result(
    first: Decimal,
    second: Decimal,
    edition: int,
    *,
    countries: tuple[str, ...] = (),
    indicator: str | None = None,
    indicators: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    stat: str | None = None,
) -> DifferenceResult:
    values = (float(rounded(first)), float(rounded(second)))
    return DifferenceResult(float(rounded(first - second)), values, edition, countries, indicator, indicators, groups, stat)


def _with_rounding(
    book: ScoreBook,
    query: Query,
    result: DifferenceResult,
    exact: tuple[Decimal, Decimal],
    facts: tuple[Fact, ...],
    notes: list[str],
    statement: Statement,
) -> QueryResult:
    """With a note where the two figures as shown do not give the difference as shown."""
    shown = rounded(exact[0]) - rounded(exact[1])
    notes = [*notes, *([rounding_words()] if shown != Decimal(str(result.value)) else [])]
    text = difference_sentence(result, query, book.taxonomy)
    return QueryResult(result, text, facts, tuple(notes), statement)
