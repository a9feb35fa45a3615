"""A query run over the score store, country by country: its rows, the facts in them, and changes like for like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from index.contract.answer_object import Fact
from index.contract.typed_results import Result
from index.scores.like_for_like import added_parts, like_for_like
from index.scores.query import Change, Level, Measure, Query, levels_of
from index.scores.ranking import Rank
from index.scores.result_sentences import added_words, like_for_like_words
from index.scores.score_store import ScoreBook
from index.scores.sql import Statement, country_statement


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What one query gave: the typed result, the sentence that states it, the facts behind it, notes, and the SQL that ran."""

    result: Result
    text: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class Row:
    """A country that a query admits: its rank by the first measure, and value and source of every score looked up."""

    country: str
    rank: Rank
    cells: dict[Level, tuple[Decimal, str]]

    def figure(self, measure: Measure) -> Decimal:
        """A score or a change, exactly."""
        if isinstance(measure, Level):
            return self.cells[measure][0]
        before, after = (self.cells[Level(measure.indicator, e)][0] for e in (measure.start, measure.end))
        return after - before


def rows_of(book: ScoreBook, query: Query) -> tuple[list[Row], Statement]:
    """The rows of a query in its order, and the statement that gave them."""
    statement = country_statement(query)
    levels = levels_of(query.all_measures)
    return [_row(raw, levels) for raw in book.score_store.run(statement)], statement


def _row(raw: Sequence[Any], levels: Sequence[Level]) -> Row:
    country, rank, of, sharing, *cells = raw
    return Row(country, Rank(rank, of, sharing), dict(zip(levels, zip(cells[::2], cells[1::2], strict=True), strict=True)))


def row_facts(rows: Sequence[Row], within: str | None = None) -> tuple[Fact, ...]:
    """Every score in the rows; where they are a whole ranking `within` a group, the first score of each row has its rank."""
    facts = []
    for row in rows:
        for number, (level, (value, source)) in enumerate(row.cells.items()):
            fact = Fact(row.country, level.indicator, level.edition, float(value), source)
            has_rank = within is not None and number == 0
            facts.append(
                replace(fact, rank=row.rank.rank, of=row.rank.of, within=within, sharing=row.rank.sharing) if has_rank else fact
            )
    return tuple(facts)


def span(measure: Measure) -> tuple[int | None, int | None]:
    """The first and last edition of a change; None twice for a score."""
    return (measure.start, measure.end) if isinstance(measure, Change) else (None, None)


def like_for_like_figures(
    book: ScoreBook, query: Query, countries: Sequence[str]
) -> tuple[tuple[float | None, ...] | None, list[str]]:
    """Each country's like-for-like change, None where no average gained parts, and the notes that name the parts and figures."""
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
