"""The second step of a question of two, where it asks of the countries themselves: their scores, ranks, changes or indicators.

Counts, means, sets, rankings and correlations take the first step as a sub-select; the kinds here need to know who it gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.contract.answer_kind import Kind
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Unavailable
from index.scores.availability import refusal_of
from index.scores.first_step import FirstStep, first_step
from index.scores.query import Level, Order, Query
from index.scores.query_rows import QueryResult
from index.scores.query_text import query_words
from index.scores.score_store import ScoreBook

Run = Callable[[ScoreBook, Query], QueryResult]
_OF_NAMED = (Kind.VALUE, Kind.RANK, Kind.CHANGE, Kind.COMPARISON, Kind.DIFFERENCE, Kind.INDICATOR_SET, Kind.TREND)


def second_step_result(book: ScoreBook, query: Query, first: Query, run: Run) -> QueryResult:
    """The result of a query over the countries that `first` gives; unavailable where it gives none."""
    step = first_step(book, first)
    if not step.countries:
        why = f"no country answers the first step: {query_words(first, book.taxonomy)}"
        return _refused(Refusal(RefusalReason.NONE_MEETS, why), step)
    query = _of_what_is_left(query, step)
    if query.countries or query.by or query.kind not in _OF_NAMED or (query.kind is Kind.TREND and len(step.countries) > 1):
        return run(book, query)
    asked = _of_countries(query, step)
    if isinstance(asked, Refusal):
        return _refused(asked, step)
    refusals = [refusal_of(each, book.taxonomy, book.loaded) for each in asked]
    refusal = next((r for r in refusals if r is not None), None)
    if refusal is not None:
        return _refused(refusal, step)
    outcomes = [run(book, each) for each in asked]
    text = " ".join(outcome.text for outcome in outcomes)
    ranked = asked[0].kind is Kind.RANKING
    # A ranking names the first step itself; "Yes" or "No" comes first.
    if not ranked:
        text = f"{text} {step.sentence}" if query.claim is not None else f"{step.sentence} {text}"
    notes = [note for outcome in outcomes for note in outcome.notes]
    if len(outcomes) > 1:
        notes.append(f"The first step gives {len(outcomes)} countries; the result is that of the first, and the facts list all.")
    facts = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.facts))
    return replace(outcomes[0], text=text, facts=facts, notes=tuple(dict.fromkeys(notes)))


def _of_what_is_left(query: Query, step: FirstStep) -> Query:
    """A table that neither narrows nor orders asks for scores; the indicators over one country are that country's own."""
    narrowed = query.groups or query.without_countries or query.without_groups or query.where
    if query.kind is Kind.SET and not narrowed and query.order is None and query.claim is None and len(query.measures) == 1:
        return replace(query, kind=Kind.VALUE if isinstance(query.measures[0], Level) else Kind.CHANGE)
    if query.kind is Kind.INDICATOR_RANKING and len(step.countries) == 1 and not narrowed:
        return replace(query, kind=Kind.INDICATOR_SET, stat=None)
    return query


def _of_countries(query: Query, step: FirstStep) -> list[Query] | Refusal:
    """The query with its countries: one query for all, or one for each where a result is of one country."""
    countries, number = step.countries, len(step.countries)
    if query.kind in (Kind.VALUE, Kind.CHANGE, Kind.COMPARISON):
        if number > 1:
            return [replace(query, kind=Kind.RANKING, order=query.order or Order.HIGHEST)]
        kind = Kind.VALUE if query.kind is Kind.COMPARISON else query.kind
        return [replace(query, kind=kind, countries=countries)]
    alone = replace(query, among=None)
    if query.kind is Kind.DIFFERENCE:
        needed = 1 if query.against is not None or len(query.measures) == 2 else 2
        if number != needed:
            why = f"the first step gives {number} countries, and a difference needs {'one' if needed == 1 else 'two'}"
            return Refusal(RefusalReason.NONE_MEETS, why)
        return [replace(alone, countries=countries)]
    return [replace(alone, countries=(country,)) for country in countries]


def _refused(refusal: Refusal, step: FirstStep) -> QueryResult:
    return QueryResult(Unavailable(refusal.why, refusal.reason), refusal.sentence, (), (), step.statement)
