"""From the rows of a statement to a typed result, its sentence, its facts and what the reader must know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.contract.answer_object import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    CountResult,
    Fact,
    IndicatorSetResult,
    RankingResult,
    RankResult,
    Result,
    SetResult,
    Unavailable,
    ValueResult,
)
from index.contract.refusal import RefusalReason
from index.language.phrases import place, rank_sentence, value_sentence
from index.scores.availability import loaded_of
from index.scores.like_for_like import added_parts, like_for_like, rounded
from index.scores.query import Change, Level, Measure, OfGroup, Order, Query, levels_of
from index.scores.query_text import condition_words, query_words
from index.scores.result_sentences import (
    added_words,
    aggregate_sentence,
    change_sentence,
    comparison_sentence,
    count_sentence,
    countries_in,
    group_name,
    indicator_sentence,
    like_for_like_words,
    rank_move,
    ranking_sentence,
    set_sentence,
    within_words,
)
from index.scores.score_store import ScoreBook
from index.scores.sql import Statement, aggregate_statement, country_statement, indicator_statement


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What one query gave: the typed result, the sentence that states it, the facts behind it, notes, and the SQL that ran."""

    result: Result
    text: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Row:
    country: str
    place: int
    total: int
    sharing: int
    cells: dict[Level, tuple[Decimal, str]]

    def figure(self, measure: Measure) -> Decimal:
        """A score or a change, exactly."""
        if isinstance(measure, Level):
            return self.cells[measure][0]
        before, after = (self.cells[Level(measure.indicator, e)][0] for e in (measure.start, measure.end))
        return after - before


def outcome_of(book: ScoreBook, query: Query) -> QueryResult:
    """Run a query that can be answered (see `availability`)."""
    makers: dict[Kind, Callable[[ScoreBook, Query], QueryResult]] = {
        Kind.VALUE: _value,
        Kind.RANK: _rank,
        Kind.SET: _table,
        Kind.RANKING: _table,
        Kind.COUNT: _own_indicators if query.family else _table,
        Kind.CHANGE: _change,
        Kind.COMPARISON: _comparison,
        Kind.AGGREGATE: _aggregate,
        Kind.INDICATOR_SET: _own_indicators,
    }
    return makers[query.kind](book, query)


def _rows(book: ScoreBook, query: Query) -> tuple[list[_Row], Statement]:
    statement = country_statement(query)
    levels = levels_of(query.all_measures)
    return [_row(raw, levels) for raw in book.score_store.run(statement)], statement


def _row(raw: Sequence[Any], levels: Sequence[Level]) -> _Row:
    country, place_no, total, sharing, *cells = raw
    return _Row(country, place_no, total, sharing, dict(zip(levels, zip(cells[::2], cells[1::2], strict=True), strict=True)))


def _facts(rows: Sequence[_Row], within: str | None = None) -> tuple[Fact, ...]:
    """Every score that the rows look into; with a rank for the first where the rows are a whole ranking."""
    facts = []
    for row in rows:
        for number, (level, (value, source)) in enumerate(row.cells.items()):
            fact = Fact(row.country, level.indicator, level.edition, float(value), source)
            ranked = within is not None and number == 0
            facts.append(replace(fact, rank=row.place, of=row.total, within=within) if ranked else fact)
    return tuple(facts)


def _value(book: ScoreBook, query: Query) -> QueryResult:
    bare = replace(query, where=())
    (row,), statement = _rows(book, bare)
    level = query.measures[0]
    assert isinstance(level, Level)
    value = float(row.figure(level))
    name = book.taxonomy.countries[row.country].name
    text = value_sentence(name, book.taxonomy.indicators[level.indicator], level.edition, value)
    if query.where:
        met, statement = _rows(book, query)
        words = condition_words(query, book.taxonomy)
        text = f"{'Yes' if met else 'No'}: {text} The condition was: {words}.{_given_figures(book, query)}"
    return QueryResult(ValueResult(row.country, level.indicator, level.edition, value), text, _facts([row]), (), statement)


def _given_figures(book: ScoreBook, query: Query) -> str:
    """The figures of the groups that a country was compared with."""
    told = ""
    for operand in {c.right for any_of in query.where for c in any_of if isinstance(c.right, OfGroup)}:
        groups = () if operand.group == WORLD else ((operand.group,),)
        of_group = Query(Kind.AGGREGATE, (operand.measure,), query.members_of, groups=groups, stat=operand.stat)
        outcome = _aggregate(book, of_group)
        told += f" {outcome.text}"
    return told


def _rank(book: ScoreBook, query: Query) -> QueryResult:
    """The rank in the first group named; in the others as well, in the sentence and the facts."""
    level = query.measures[0]
    assert isinstance(level, Level)
    indicator, country = book.taxonomy.indicators[level.indicator], query.countries[0]
    name = book.taxonomy.countries[country].name
    results: list[RankResult | Unavailable] = []
    facts: list[Fact] = []
    texts, notes, statements = [], [], []
    for within in query.within:
        rows, statement = _rows(book, _ranking_of(level, within))
        row = next((r for r in rows if r.country == country), None)
        where = within_words(within, book.taxonomy)
        if row is None:
            results.append(Unavailable(f"{name} is not among the countries of {where}", RefusalReason.NONE_MEETS))
            texts.append(f"{name} is not among the countries of {where}.")
            continue
        value = float(row.figure(level))
        statements.append(statement)
        results.append(RankResult(country, level.indicator, level.edition, value, row.place, row.total, within))
        texts.append(rank_sentence(name, indicator, level.edition, value, row.place, row.total, where, row.sharing))
        facts += _facts([row], within)
        notes += _rank_notes(book, query, level, row, within)
    good = [r for r in results if not isinstance(r, Unavailable)]
    if not good:
        (row,), statement = _rows(book, replace(query, kind=Kind.VALUE))
        return QueryResult(results[0], texts[0], _facts([row]), (), statement)
    return QueryResult(good[0], " ".join(texts), tuple(facts), tuple(notes), statements[0])


def _ranking_of(level: Level, within: str) -> Query:
    groups = () if within == WORLD else ((within,),)
    return Query(Kind.RANKING, (level,), level.edition, groups=groups, order=Order.HIGHEST)


def _rank_notes(book: ScoreBook, query: Query, level: Level, row: _Row, within: str) -> list[str]:
    notes = []
    loaded, members = loaded_of(_ranking_of(level, within), book.taxonomy, book.loaded)
    if loaded < members:
        where = place(within, book.taxonomy) if within != WORLD else "the world"
        notes.append(f"Only {loaded} of the {members} countries of {where} are loaded; the rank is among those {loaded}.")
    printed = book.score_store.printed_rank(row.country, level.indicator, level.edition, within)
    if printed is not None and (printed.rank, printed.of) != (row.place, row.total):
        notes.append(f"The profile page of the {level.edition} edition prints rank {printed.rank} of {printed.of}.")
    return notes


def _span(measure: Measure) -> tuple[int | None, int | None]:
    """From when to when, for a change."""
    return (measure.start, measure.end) if isinstance(measure, Change) else (None, None)


def _table(book: ScoreBook, query: Query) -> QueryResult:
    rows, statement = _rows(book, query)
    measure = query.measures[0]
    taxonomy = book.taxonomy
    loaded, members = loaded_of(query, taxonomy, book.loaded)
    among = countries_in(query, taxonomy, loaded, members)
    within = group_name(query, taxonomy)
    countries = tuple(row.country for row in rows)
    values = [float(row.figure(measure)) for row in rows]
    like, notes = _like_for_like(book, query, countries)
    if loaded < members:
        notes.append(f"Only {loaded} of the {members} countries in question are loaded with these scores.")
    start, end = _span(measure)
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
    return QueryResult(result, text, _facts(rows, ranked), tuple(notes), statement)


def _like_for_like(book: ScoreBook, query: Query, countries: Sequence[str]) -> tuple[tuple[float | None, ...] | None, list[str]]:
    """The like-for-like change of each country where an average gained parts, and the note that names them."""
    taxonomy = book.taxonomy
    notes = []
    for change in (m for m in query.all_measures if isinstance(m, Change) and m.indicator):
        added = added_parts(change, taxonomy)
        if added:
            notes.append(added_words(added, change.end, taxonomy))
    first = query.measures[0]
    if not isinstance(first, Change) or not first.indicator or not added_parts(first, taxonomy):
        return None, list(dict.fromkeys(notes))
    stored = book.score_store.scores_of(countries)
    figures: list[float | None] = []
    for country in countries:
        figure = like_for_like(first, {key: value for key, (value, _) in stored[country].items()}, taxonomy)
        figures.append(None if figure is None else float(figure))
    notes.append(like_for_like_words(first, countries, figures, taxonomy))
    return tuple(figures), list(dict.fromkeys(n for n in notes if n))


def _change(book: ScoreBook, query: Query) -> QueryResult:
    (row,), statement = _rows(book, query)
    change = query.measures[0]
    assert isinstance(change, Change)
    taxonomy = book.taxonomy
    like, notes = _like_for_like(book, query, (row.country,))
    result = ChangeResult(
        row.country, change.indicator, change.start, change.end, float(row.figure(change)), like[0] if like else None
    )
    before, after = (row.figure(Level(change.indicator, e)) for e in (change.start, change.end))
    ranks = []
    for edition in (change.start, change.end):
        rows, _ = _rows(book, _ranking_of(Level(change.indicator, edition), WORLD))
        own = next(r for r in rows if r.country == row.country)
        ranks.append((own.place, own.total, own.sharing))
    moved = rank_move(ranks[0], ranks[1], change)
    text = change_sentence(result, float(before), float(after), moved, added_parts(change, taxonomy), taxonomy)
    return QueryResult(result, text, _facts([row]), tuple(notes), statement)


def _comparison(book: ScoreBook, query: Query) -> QueryResult:
    rows, statement = _rows(book, query)
    by_country = {row.country: row for row in rows}
    measure = query.measures[0]
    figures = [by_country[c].figure(measure) for c in query.countries]
    best = [c for c, v in zip(query.countries, figures, strict=True) if v == max(figures)]
    like, notes = _like_for_like(book, query, query.countries)
    result = ComparisonResult(
        query.countries,
        tuple(map(float, figures)),
        measure.indicator,
        max(query.editions),
        best[0] if len(best) == 1 else None,
        *_span(measure),
        like,
    )
    text = comparison_sentence(result, query, book.taxonomy)
    return QueryResult(result, text, _facts([by_country[c] for c in query.countries]), tuple(notes), statement)


def _aggregate(book: ScoreBook, query: Query) -> QueryResult:
    statement = aggregate_statement(query)
    ((figure, of),) = book.score_store.run(statement)
    measure = query.measures[0]
    taxonomy = book.taxonomy
    assert query.stat is not None
    loaded, members = loaded_of(query, taxonomy, book.loaded)
    among = countries_in(query, taxonomy, loaded, members)
    if not of:
        why = f"no country among {among} meets this: {query_words(query, taxonomy)}"
        return QueryResult(Unavailable(why, RefusalReason.NONE_MEETS), f"{why[0].upper()}{why[1:]}.", (), (), statement)
    value = Decimal(figure) / of if query.stat == "mean" else Decimal(figure)
    result = AggregateResult(
        group_name(query, taxonomy),
        measure.indicator,
        max(query.editions),
        query.stat.value,
        float(rounded(value)),
        of,
        *_span(measure),
    )
    if query.where:
        among = f"the {of} countries that meet the condition out of {among}"
    notes = [] if loaded == members or query.countries else [f"Only {loaded} of the {members} countries in question are loaded."]
    rows, _ = _rows(book, replace(query, stat=None, order=Order.HIGHEST))
    extreme = [r for r in rows if r.figure(measure) == rounded(value)] if query.stat in ("min", "max") else rows
    return QueryResult(result, aggregate_sentence(result, query, among, taxonomy), _facts(extreme), tuple(notes), statement)


def _own_indicators(book: ScoreBook, query: Query) -> QueryResult:
    statement = indicator_statement(query)
    measure = query.measures[0]
    start, end = (measure.edition,) * 2 if isinstance(measure, Level) else (measure.start, measure.end)
    names, values, facts = [], [], []
    for indicator, _, _, later, source, earlier, earlier_source in book.score_store.run(statement):
        names.append(indicator)
        values.append(float(later if start == end else later - earlier))
        facts.append(Fact(query.countries[0], indicator, end, float(later), source))
        facts += [Fact(query.countries[0], indicator, start, float(earlier), earlier_source)] if start != end else []
    result: Result
    if query.kind is Kind.COUNT:
        result = CountResult(len(names), query.countries, tuple(names))
        text = count_sentence(result, query, "", book.taxonomy)
    else:
        result = IndicatorSetResult(query.countries[0], end, tuple(names), tuple(values), *_span(measure))
        text = indicator_sentence(result, query, book.taxonomy)
    return QueryResult(result, text, tuple(facts), (), statement)
