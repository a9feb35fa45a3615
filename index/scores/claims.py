"""Yes/no questions: the query is run and its claim decided, so that the answer begins with "Yes" or "No"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.refusal import RefusalReason
from index.contract.typed_results import CountResult, Unavailable
from index.scores.figure_claims import figure_claim_result, operand_figures
from index.scores.first_step import scope_of, within_step_words
from index.scores.order_claims import order_claim_result
from index.scores.query import Change, FigureClaim, OrderClaim, Quantifier, QuantifierClaim, Query
from index.scores.query_rows import QueryResult, Row, row_facts, rows_of
from index.scores.query_text import condition_words
from index.scores.result_sentences import capitalised, conditions_word, meet_words
from index.scores.score_store import ScoreBook
from index.scores.verdicts import at_most_five, decided

Run = Callable[[ScoreBook, Query], QueryResult]


def claim_result(book: ScoreBook, query: Query, run: Run) -> QueryResult:
    """The result that decides the query's claim, with its verdict; `run` gives the result of a query that claims nothing."""
    bare = replace(query, claim=None)
    if isinstance(query.claim, FigureClaim):
        return figure_claim_result(book, bare, query.claim, run)
    if isinstance(query.claim, OrderClaim):
        return order_claim_result(book, bare, query.claim, run)
    if isinstance(query.claim, QuantifierClaim):
        return _quantified(book, bare, query.claim.quantifier, run)
    raise ValueError("the query claims nothing")


def _quantified(book: ScoreBook, query: Query, quantifier: Quantifier, run: Run) -> QueryResult:
    """Whether all, any or none of the countries in scope, or of the groups set side by side, meet the conditions."""
    if query.by:
        return _quantified_groups(book, query, quantifier, run)
    bare = replace(query, kind=Kind.SET, order=None, limit=None, place=None)
    outcome = run(book, bare)
    everyone = tuple(dict.fromkeys([*query.measures, *query.all_measures]))
    rows, _ = rows_of(book, replace(bare, measures=everyone, where=()))
    taxonomy = book.taxonomy
    among = scope_of(book, bare)[0] + (within_step_words(bare, taxonomy) if query.among is not None else "")
    if not rows:
        why = f"none of {among} has the scores asked for"
        return replace(outcome, result=Unavailable(why, RefusalReason.NONE_MEETS), text=f"{capitalised(why)}.")
    figures = operand_figures(book, query)
    met_by = {row.country for row in rows_of(book, bare)[0]}
    met = [row for row in rows if row.country in met_by]
    failing = [row for row in rows if row.country not in met_by]
    verdict = {Quantifier.ALL: not failing, Quantifier.ANY: bool(met), Quantifier.NONE: not met}[quantifier]
    if query.countries:
        text = _named(met, failing, query, taxonomy) + figures
        return decided(replace(outcome, facts=row_facts(rows)), verdict, text, taxonomy)
    condition = f"{conditions_word(query)} ({condition_words(query, taxonomy)})"
    if quantifier is Quantifier.ALL and failing:
        verb = "does not meet" if len(failing) == 1 else "do not meet"
        text, shown = f"{len(failing)} of {among} {verb} {condition}: {_listed(failing, query, taxonomy)}.", failing
    elif not failing:
        text, shown = f"all of {among} meet {condition}: {_range(rows, query, taxonomy)}.", rows
    elif met:
        words = f"{meet_words(len(met), query)} ({condition_words(query, taxonomy)})"
        text, shown = f"{len(met)} of {among} {words}: {_listed(met, query, taxonomy)}.", met
    else:
        text, shown = f"none of {among} meets {condition}: {_range(rows, query, taxonomy)}.", rows
    return decided(replace(outcome, facts=row_facts(shown)), verdict, text + figures, taxonomy)


def _quantified_groups(book: ScoreBook, query: Query, quantifier: Quantifier, run: Run) -> QueryResult:
    outcome = run(book, replace(query, kind=Kind.COUNT, share=True))
    result = outcome.result
    if not isinstance(result, CountResult):
        return outcome
    verdict = {
        Quantifier.ALL: result.value == result.of,
        Quantifier.ANY: result.value > 0,
        Quantifier.NONE: result.value == 0,
    }[quantifier]
    return decided(outcome, verdict, outcome.text, book.taxonomy)


def _named(met: Sequence[Row], failing: Sequence[Row], query: Query, taxonomy: Taxonomy) -> str:
    """Of named countries, which meet the conditions and which do not."""
    condition = f"{conditions_word(query)} ({condition_words(query, taxonomy)})"
    if not met:
        return f"{_listed(failing, query, taxonomy)} {'does' if len(failing) == 1 else 'do'} not meet {condition}."
    text = f"{_listed(met, query, taxonomy)} {'meets' if len(met) == 1 else 'meet'} {condition}"
    if failing:
        text += f"; {_listed(failing, query, taxonomy)} {'does' if len(failing) == 1 else 'do'} not"
    return f"{text}."


def _listed(rows: Sequence[Row], query: Query, taxonomy: Taxonomy) -> str:
    return at_most_five([_with_figures(row, query, taxonomy) for row in rows])


def _range(rows: Sequence[Row], query: Query, taxonomy: Taxonomy) -> str:
    """The figures that decide where there is no exception: all of a few, the ends of many."""
    if len(rows) <= 5:
        return _listed(rows, query, taxonomy)
    left = query.where[0][0].left
    ordered = sorted(rows, key=lambda row: (row.figure(left), row.country))
    low, high = (_with_figures(row, query, taxonomy) for row in (ordered[0], ordered[-1]))
    return f"from {low} to {high}"


def _with_figures(row: Row, query: Query, taxonomy: Taxonomy) -> str:
    lefts = dict.fromkeys(c.left for any_of in query.where for c in any_of)
    figures = [f"{row.figure(m):+.2f}" if isinstance(m, Change) else f"{row.figure(m):.2f}" for m in lefts]
    return f"{taxonomy.countries[row.country].name} ({', '.join(figures)})"
