"""Who stands next to a country in the order of a score: the nearest lower score behind it, or the nearest higher one ahead."""

from __future__ import annotations

from dataclasses import replace

from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import SetResult, Unavailable
from index.language.phrases import in_sentence, rank_words
from index.scores.first_step import scope_of
from index.scores.query import Change, Query
from index.scores.query_rows import QueryResult, row_facts, rows_of
from index.scores.ranking import Rank
from index.scores.result_sentences import country_names, figure_words, group_name
from index.scores.score_store import ScoreBook


def neighbour_result(book: ScoreBook, query: Query) -> QueryResult:
    """The countries next to `query.beside`, ties included; none at the end. Unavailable where the country has no place itself."""
    if query.beside is None:
        raise ValueError("the query asks for no neighbour")
    country, step = query.beside
    taxonomy, measure = book.taxonomy, query.measures[0]
    among, notes = scope_of(book, query)
    everyone, _ = rows_of(book, replace(query, beside=None))
    own = next((row for row in everyone if row.country == country), None)
    name = taxonomy.countries[country].name
    rows, statement = rows_of(book, query)
    if own is None:
        refusal = Refusal(RefusalReason.NONE_MEETS, f"{name} is not one of {among}, or has no score there")
        return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), statement)
    countries = tuple(row.country for row in rows)
    values = tuple(float(row.figure(measure)) for row in rows)
    edition = query.editions[0] if len(query.editions) == 1 else None
    start, end = (measure.start, measure.end) if isinstance(measure, Change) else (None, None)
    within = group_name(query, taxonomy)
    result = SetResult(countries, edition, measure.indicator, query.indicators, values, within, start, end)
    indicator = taxonomy.indicators[measure.indicator]
    stands = f"{name} stands {_rank(own.rank)} of {own.rank.of} with {figure_words(query, float(own.figure(measure)))}"
    way = "behind" if step > 0 else "ahead of"
    when = f" in the {edition} edition" if edition is not None else ""
    if not rows:
        text = f"Of {among}, none stands {way} {name} for {in_sentence(indicator)}{when}: {stands}."
        return QueryResult(result, text, row_facts([own]), tuple(notes), statement)
    verb = "stands" if len(rows) == 1 else "stand"
    text = (
        f"Of {among}, {country_names(countries, taxonomy)} {verb} next {way} {name} for {in_sentence(indicator)}{when}: "
        f"{_rank(rows[0].rank)}, with {figure_words(query, values[0])} ({indicator.pillar.direction}). {stands}."
    )
    return QueryResult(result, text, row_facts([*rows, own]), tuple(notes), statement)


def _rank(rank: Rank) -> str:
    return rank_words(rank.rank, rank.sharing)
