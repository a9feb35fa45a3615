"""Queries for which indicator is highest or lowest over the countries of a group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.taxonomy import Pillar, Taxonomy
from index.contract.group_results import IndicatorRankingResult
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Unavailable
from index.language.phrases import in_sentence, joined, number_word, ordinal, rank_words
from index.scores.availability import countries_in_scope
from index.scores.facts import score_facts
from index.scores.first_step import first_step, within_step_words
from index.scores.group_ranking import MOST_FACTS, group_amount
from index.scores.group_sentences import not_listed_words
from index.scores.group_words import group_stat_words, stat_word
from index.scores.like_for_like import rounded
from index.scores.query import Change, Order, Query, editions_of
from index.scores.query_rows import QueryResult, span
from index.scores.query_text import condition_words, scope_words
from index.scores.result_sentences import as_sentence, figure_words, group_name, partly_loaded_words
from index.scores.score_store import ScoreBook
from index.scores.sql_figures import family_countries_statement, indicator_ranking_statement
from index.scores.statistics import Stat

_FAMILIES = {
    "criminal_markets": ("criminal market", "criminal markets"),
    "criminal_actors": ("type of criminal actor", "types of criminal actors"),
    "resilience": ("resilience indicator", "resilience indicators"),
}


def indicator_ranking_result(book: ScoreBook, query: Query) -> QueryResult:
    """The indicators of the family in order of a statistic over the countries admitted; unavailable where none is left."""
    statement = indicator_ranking_statement(query)
    rows = book.score_store.run(statement)
    taxonomy, stat = book.taxonomy, query.stat or Stat.MEAN
    countries = [row[0] for row in book.score_store.run(family_countries_statement(query))]
    over = _over(book, query, len(countries))
    if not rows:
        meets = "that could be ranked" if not query.where else f"that meets the conditions: {condition_words(query, taxonomy)}"
        refusal = Refusal(RefusalReason.NONE_MEETS, f"over {over} there is no indicator {meets}")
        return QueryResult(Unavailable(refusal.why, refusal.reason), as_sentence(refusal.why), (), (), statement)
    measure = query.measures[0]
    indicators = tuple(row[0] for row in rows)
    result = IndicatorRankingResult(
        indicators,
        tuple(float(rounded(group_amount(stat, row[4], row[5]))) for row in rows),
        group_name(query, taxonomy),
        max(editions_of(measure)),
        stat.value,
        *span(measure),
    )
    text = _sentence(result, [(row[1], row[3]) for row in rows], rows[0][2], query, over, taxonomy)
    used = sum(row[5] for row in rows) * len(editions_of(measure))
    facts = score_facts(book, countries, indicators, editions_of(measure)) if used <= MOST_FACTS else ()
    notes = [] if facts else [not_listed_words(used)]
    scope = countries_in_scope(query, taxonomy)
    if query.among is None and not query.countries and not scope <= book.loaded.countries:
        notes.append(partly_loaded_words(len(scope & book.loaded.countries), len(scope)))
    return QueryResult(result, text, facts, tuple([*_notes(query, [row[5] for row in rows], taxonomy), *notes]), statement)


def _notes(query: Query, counts: Sequence[int], taxonomy: Taxonomy) -> list[str]:
    notes = []
    start = min(editions_of(query.measures[0]))
    late = [in_sentence(taxonomy.indicators[i]) for i in query.family if taxonomy.indicators[i].since > start]
    if late:
        since = max(taxonomy.indicators[i].since for i in query.family)
        notes.append(f"Left out, because they first appear in the {since} edition: {joined(late)}.")
    if len(set(counts)) > 1:
        notes.append(f"Not every indicator is loaded for the same countries: {min(counts)} to {max(counts)} were used.")
    return notes


def _over(book: ScoreBook, query: Query, countries: int) -> str:
    """The countries whose scores are used, in words."""
    taxonomy = book.taxonomy
    if query.countries:
        return joined([taxonomy.countries[c].name for c in query.countries])
    if query.among is not None:
        return first_step(book, query.among).words + within_step_words(query, taxonomy)
    words = "1 country" if countries == 1 else f"{countries} countries"
    inside = query.groups or query.without_countries or query.without_groups
    where = f" in {scope_words(query, taxonomy)}" if inside else ""
    members = len(countries_in_scope(query, taxonomy))
    if countries < members and not query.where:
        return f"the {words} loaded{where} ({members} in all)"
    return f"the {words}{where}"


def _sentence(
    result: IndicatorRankingResult,
    ranks: Sequence[tuple[int, int]],
    total: int,
    query: Query,
    over: str,
    taxonomy: Taxonomy,
) -> str:
    measure = query.measures[0]
    names = [in_sentence(taxonomy.indicators[i]) for i in result.indicators]
    figures = [figure_words(query, value) for value in result.values]
    when = f"from {measure.start} to {measure.end}" if isinstance(measure, Change) else f"in the {measure.edition} edition"
    end = "lowest" if query.order is Order.LOWEST else "highest"
    what = f"{end} {group_stat_words(query)} over {over} {when}"
    kinds = f"the {number_word(total)} {_family_words(result.indicators, taxonomy, total)}"
    if any(c.left.indicator == "" for any_of in query.where for c in any_of):
        kinds += f" where the {stat_word(query)} {condition_words(query, taxonomy)}"
    elif query.where:
        what += f", where {condition_words(query, taxonomy)}"
    rank, sharing = ranks[0]
    direction = _direction(result.indicators, taxonomy)
    if sharing == len(names):
        place = f"{ordinal(rank)} " if rank > 1 else ""
        alone = f"; none stands {ordinal(query.place)} alone" if query.place is not None and rank < query.place else ""
        verb = "share" if sharing > 1 else "has"
        return f"Of {kinds}, {joined(names)} {verb} the {place}{what}: {figures[0]}{direction}{alone}."
    listed = []
    for (position, shared), tied in groupby(zip(ranks, names, figures, strict=True), key=lambda row: row[0]):
        listed.append(f"{rank_words(position, shared)} {joined([f'{name} ({figure})' for _, name, figure in tied])}")
    return f"Of {kinds}, ranked from the {what}: {'; '.join(listed)}{direction}."


def _family_words(indicators: Sequence[str], taxonomy: Taxonomy, number: int) -> str:
    parents = {taxonomy.indicators[i].parent for i in indicators}
    one, many = _FAMILIES.get((parents.pop() or "") if len(parents) == 1 else "", ("indicator", "indicators"))
    return one if number == 1 else many


def _direction(indicators: Sequence[str], taxonomy: Taxonomy) -> str:
    pillars: set[Pillar] = {taxonomy.indicators[i].pillar for i in indicators}
    return f" ({pillars.pop().direction})" if len(pillars) == 1 else ""
