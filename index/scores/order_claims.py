"""Yes/no questions about a place in an order: whether what is named is among the first, ties included.

Of two things set side by side, one is only ahead of the other if they do not tie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.contract.answer_kind import Kind
from index.contract.group_results import DifferenceResult, GroupRankingResult, IndicatorRankingResult
from index.contract.refusal import RefusalReason
from index.contract.typed_results import ComparisonResult, IndicatorSetResult, RankResult, Unavailable
from index.language.phrases import group_in_sentence, in_sentence, rank_words
from index.scores.availability import count_loaded
from index.scores.one_country import ranking_of
from index.scores.query import Level, Order, OrderClaim, Query
from index.scores.query_rows import QueryResult, Row, rows_of
from index.scores.ranking import Rank
from index.scores.result_sentences import capitalised, figure_words
from index.scores.score_store import ScoreBook
from index.scores.sql import group_statement
from index.scores.verdicts import decided

Run = Callable[[ScoreBook, Query], QueryResult]


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where something stands in an order, counted from the end asked for."""

    rank: int
    sharing: int
    of: int


def order_claim_result(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    """The result of the query, decided by where the first named stands; undecided where nothing is named."""
    if query.kind is Kind.RANK:
        return _ranks(book, query, claim, run)
    if query.kind is Kind.COMPARISON:
        return _comparison(book, query, claim, run)
    if query.kind is Kind.DIFFERENCE:
        return _difference(book, query, claim, run)
    if query.by:
        return _groups(book, query, claim, run)
    if query.kind in (Kind.INDICATOR_SET, Kind.INDICATOR_RANKING):
        return _indicators(book, query, claim, run)
    if query.kind in (Kind.SET, Kind.RANKING) and query.countries:
        return _countries(book, query, claim, run)
    return run(book, query)


def _ranks(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    outcomes = [run(book, replace(query, countries=(c,), within=query.within[:1])) for c in query.countries]
    outside = next((o for o in outcomes if not isinstance(o.result, RankResult)), None)
    if outside is not None:
        return outside
    level = query.measures[0]
    assert isinstance(level, Level)
    rows, _ = rows_of(book, replace(ranking_of(level, query.within[0]), among=query.among))
    stands = [_stand(next(r for r in rows if r.country == c), claim.order) for c in query.countries]
    stands = [_printed(book, level, query, c, s, claim) for c, s in zip(query.countries, stands, strict=True)]
    failing = next((n for n, stand in enumerate(stands) if stand.rank > claim.limit), None)
    loaded, members = count_loaded(ranking_of(level, query.within[0]), book.taxonomy, book.loaded)
    # Countries that are not loaded can push a country out of the first places, never into them.
    if failing is None and any(stand.of < members for stand in stands) and query.among is None:
        why = f"only {loaded} of {members} countries are loaded, so it cannot be said who is among the first {claim.limit}"
        unsure = Unavailable(why, RefusalReason.COUNTRY_NOT_LOADED)
        return replace(outcomes[0], result=unsure, text=f"{capitalised(why)}.")
    text = " ".join(o.text for o in outcomes)
    if claim.order is Order.LOWEST:
        named = [f"{book.taxonomy.countries[c].name} stands {_words(s)}" for c, s in zip(query.countries, stands, strict=True)]
        text += f" Counted from the lowest score, {' and '.join(named)}."
    facts = tuple(fact for o in outcomes for fact in o.facts)
    notes = tuple(dict.fromkeys(note for o in outcomes for note in o.notes))
    return decided(replace(outcomes[failing or 0], facts=facts, notes=notes), failing is None, text, book.taxonomy)


def _printed(book: ScoreBook, level: Level, query: Query, country: str, stand: _Stand, claim: OrderClaim) -> _Stand:
    """The rank printed on the country's page where that is of more countries than are loaded."""
    printed = book.score_store.printed_rank(country, level.indicator, level.edition, query.within[0])
    if printed is None or printed.of <= stand.of or claim.order is Order.LOWEST or query.among is not None:
        return stand
    return _Stand(printed.rank, 1, printed.of)


def _comparison(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    outcome = run(book, query)
    if not isinstance(outcome.result, ComparisonResult):
        return outcome
    own, *others = outcome.result.values
    ahead_or_level = sum(v >= own if claim.order is Order.HIGHEST else v <= own for v in others)
    return decided(outcome, ahead_or_level < claim.limit, outcome.text, book.taxonomy)


def _difference(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    outcome = run(book, query)
    if not isinstance(outcome.result, DifferenceResult):
        return outcome
    ahead = outcome.result.value if claim.order is Order.HIGHEST else -outcome.result.value
    return decided(outcome, ahead > 0, outcome.text, book.taxonomy)


def _groups(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    whole = replace(query, kind=Kind.GROUP_RANKING, order=claim.order, limit=None, place=None)
    full = run(book, whole)
    if not isinstance(full.result, GroupRankingResult):
        return full
    rows = book.score_store.run(group_statement(whole))
    stand = next((_Stand(row[1], row[3], row[2]) for row in rows if row[0] == query.by[0]), None)
    name = group_in_sentence(query.by[0], book.taxonomy)
    if stand is None:
        return _without_scores(full, name)
    if stand.of == 2:
        return decided(full, stand.rank <= claim.limit and (stand.sharing == 1 or claim.limit > 1), full.text, book.taxonomy)
    verdict = stand.rank <= claim.limit
    text = run(book, replace(whole, limit=claim.limit)).text
    if not verdict:
        value = full.result.values[full.result.groups.index(query.by[0])]
        text += f" {capitalised(name)} stands {_words(stand)}, with {figure_words(query, value)}."
    return decided(full, verdict, text, book.taxonomy)


def _indicators(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    taxonomy = book.taxonomy
    whole = replace(query, order=claim.order, limit=None, place=None)
    full, first = run(book, whole), run(book, replace(whole, limit=claim.limit))
    if not isinstance(full.result, (IndicatorSetResult, IndicatorRankingResult)):
        return full
    assert isinstance(first.result, (IndicatorSetResult, IndicatorRankingResult))
    name = in_sentence(taxonomy.indicators[claim.indicator])
    if claim.indicator not in full.result.indicators:
        return _without_scores(full, name)
    verdict = claim.indicator in first.result.indicators
    text = first.text
    if not verdict:
        value = full.result.values[full.result.indicators.index(claim.indicator)]
        better = sum(v > value if claim.order is Order.HIGHEST else v < value for v in full.result.values)
        stand = _Stand(better + 1, full.result.values.count(value), len(full.result.values))
        text += f" {capitalised(name)} stands {_words(stand)}, with {figure_words(query, value)}."
    facts = tuple(dict.fromkeys([*first.facts, *(f for f in full.facts if f.indicator == claim.indicator)]))
    return decided(replace(first, facts=facts), verdict, text, taxonomy)


def _countries(book: ScoreBook, query: Query, claim: OrderClaim, run: Run) -> QueryResult:
    """Whether each named country is among the first of all that the rest of the query admits."""
    taxonomy = book.taxonomy
    whole = replace(query, countries=(), order=claim.order, limit=None, place=None)
    first = run(book, replace(whole, limit=claim.limit))
    rows = {row.country: row for row in rows_of(book, whole)[0]}
    stands = {c: _stand(rows[c], claim.order) for c in query.countries if c in rows}
    text = first.text
    for country in query.countries:
        name = taxonomy.countries[country].name
        if country not in stands:
            text += f" {name} is not one of these countries."
        elif stands[country].rank > claim.limit:
            figure = figure_words(query, float(rows[country].figure(query.measures[0])))
            text += f" {name} stands {_words(stands[country])}, with {figure}."
    verdict = all(c in stands and stands[c].rank <= claim.limit for c in query.countries)
    return decided(first, verdict, text, taxonomy)


def _without_scores(outcome: QueryResult, name: str) -> QueryResult:
    why = f"no scores for {name} are loaded that could be compared"
    return replace(outcome, result=Unavailable(why, RefusalReason.NONE_MEETS), text=f"{capitalised(why)}.")


def _stand(row: Row, order: Order) -> _Stand:
    rank: Rank = row.rank
    lowest = rank.of - rank.rank - rank.sharing + 2
    return _Stand(rank.rank if order is Order.HIGHEST else lowest, rank.sharing, rank.of)


def _words(stand: _Stand) -> str:
    return f"{rank_words(stand.rank, stand.sharing)} of {stand.of}"
