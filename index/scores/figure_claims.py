"""Yes/no questions about one figure: whether a score, a change, a mean, a count, a rank or a difference compares so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact
from index.contract.group_results import DifferenceResult, TrendResult
from index.contract.typed_results import AggregateResult, ChangeResult, CountResult, RankResult, ValueResult
from index.scores.facts import score_facts
from index.scores.like_for_like import rounded
from index.scores.one_country import ranking_of
from index.scores.query import Change, FigureClaim, Level, OfCountry, OfGroup, Op, Operand, Order, Query, editions_of, levels_of
from index.scores.query_rows import QueryResult, rows_of
from index.scores.query_text import operand_words
from index.scores.result_sentences import capitalised
from index.scores.score_store import ScoreBook
from index.scores.sql import aggregate_statement, means_statement
from index.scores.sql_figures import operand_statement
from index.scores.statistics import Stat
from index.scores.verdicts import decided, holds

Run = Callable[[ScoreBook, Query], QueryResult]


def figure_claim_result(book: ScoreBook, query: Query, claim: FigureClaim, run: Run) -> QueryResult:
    """The result of the query, decided by its one figure.

    Of a rank the figure is the rank (from the lowest score if that is the order), of a count with a share the percentage, of a
    trend the last figure minus the first.
    """
    outcome = run(book, query)
    figure = _figure(book, query, outcome)
    if figure is None:
        return outcome
    right = _right(book, query, claim.right)
    verdict = holds(figure, claim.op, right)
    outcome = replace(outcome, facts=tuple(dict.fromkeys([*outcome.facts, *_facts(book, query, claim.right)])))
    return decided(outcome, verdict, f"{outcome.text}{_tail(book, query, claim, verdict, figure, right)}", book.taxonomy)


def _figure(book: ScoreBook, query: Query, outcome: QueryResult) -> Decimal | None:
    """The figure that decides, exactly; None where the query gave none."""
    result = outcome.result
    if isinstance(result, AggregateResult):
        return _of_aggregate(book, query)
    if isinstance(result, (ValueResult, ChangeResult, DifferenceResult)):
        return Decimal(str(result.value))
    if isinstance(result, CountResult):
        return Decimal(str(result.value if result.share is None else result.share))
    if isinstance(result, TrendResult):
        return Decimal(str(result.values[-1])) - Decimal(str(result.values[0]))
    return _of_rank(book, query, result) if isinstance(result, RankResult) else None


def _of_rank(book: ScoreBook, query: Query, result: RankResult) -> Decimal:
    if query.order is not Order.LOWEST:
        return Decimal(result.rank)
    level = query.measures[0]
    assert isinstance(level, Level)
    rows, _ = rows_of(book, replace(ranking_of(level, result.within), order=Order.LOWEST))
    figures = {row.country: row.figure(level) for row in rows}
    return Decimal(1 + sum(figure < figures[result.country] for figure in figures.values()))


def _of_aggregate(book: ScoreBook, query: Query) -> Decimal:
    ((figure, of),) = book.score_store.run(aggregate_statement(query))
    return Decimal(figure) / of if query.stat is Stat.MEAN else Decimal(figure)


def _right(book: ScoreBook, query: Query, right: Operand) -> Decimal:
    if isinstance(right, Decimal):
        return right
    if isinstance(right, (Level, Change)):
        if query.kind is Kind.AGGREGATE:
            return _of_aggregate(book, replace(query, measures=(right,)))
        right = OfCountry(query.countries[0], right)
    ((amount, of),) = book.score_store.run(operand_statement(right, query.members_of))
    exact = Decimal(str(amount)) / 100
    return exact / of if isinstance(right, OfGroup) and right.stat is Stat.MEAN else exact


def _facts(book: ScoreBook, query: Query, right: Operand) -> tuple[Fact, ...]:
    """The scores that a figure is compared with, where they are those of a country."""
    if isinstance(right, OfCountry):
        return score_facts(book, (right.country,), (right.measure.indicator,), editions_of(right.measure))
    if isinstance(right, (Level, Change)) and len(query.countries) == 1:
        return score_facts(book, query.countries, (right.indicator,), editions_of(right))
    return ()


def _tail(book: ScoreBook, query: Query, claim: FigureClaim, verdict: bool, figure: Decimal, right: Decimal) -> str:
    moves = isinstance(query.measures[0], Change) and query.kind in (Kind.CHANGE, Kind.AGGREGATE)
    if (moves or query.kind is Kind.TREND) and claim.right == Decimal(0) and claim.op in (Op.ABOVE, Op.BELOW, Op.EQUAL):
        return _means_behind(book, query)
    words = _right_words(book, query, claim.right, right)
    subject = "That"
    if query.kind is Kind.RANK:
        subject = f"Rank {figure:f}{' from the lowest score' if query.order is Order.LOWEST else ''}"
    tail = f" {subject} is {'' if verdict else 'not '}{claim.op.words} {words}."
    if rounded(figure) == rounded(right) and figure != right and claim.op is not Op.EQUAL:
        tail += f" Before rounding the figures are {figure:.4f} and {right:.4f}."
    return tail


def operand_figures(book: ScoreBook, query: Query) -> str:
    """The figures of other countries and groups that the conditions of a query compare with, as sentences after a space."""
    rights = dict.fromkeys(c.right for any_of in query.where for c in any_of if isinstance(c.right, (OfCountry, OfGroup)))
    sentences = [_right_words(book, query, right, _right(book, query, right)) for right in rights if right.measure.indicator]
    return "".join(f" {capitalised(words.replace(', which is', ' is'))}." for words in sentences)


def _means_behind(book: ScoreBook, query: Query) -> str:
    """The means of a group before and after, where the mean change decides."""
    change = query.measures[0]
    if query.kind is not Kind.AGGREGATE or query.stat is not Stat.MEAN or not isinstance(change, Change):
        return ""
    start, end = Level(change.indicator, change.start), Level(change.indicator, change.end)
    ((of, before, after),) = book.score_store.run(means_statement(replace(query, measures=(start, end), stat=None)))
    means = [rounded(Decimal(int(amount)) / 100 / of) for amount in (before, after)]
    return f" The mean was {means[0]:.2f} in {change.start} and {means[1]:.2f} in {change.end}."


def _right_words(book: ScoreBook, query: Query, operand: Operand, right: Decimal) -> str:
    if isinstance(operand, Decimal):
        if query.kind is Kind.COUNT and query.share:
            return f"{right.normalize():f}%"
        return f"{right.normalize():f}" if query.kind in (Kind.COUNT, Kind.RANK) else f"{right:.2f}"
    words = f"{operand_words(operand, book.taxonomy)}, which is {right:.2f}"
    if not isinstance(operand, OfGroup):
        return words
    members = set(book.taxonomy.members(operand.group, query.members_of))
    for level in levels_of((operand.measure,)):
        members &= book.loaded.having(level.indicator, level.edition)
    of = len(book.taxonomy.members(operand.group, query.members_of))
    return words if len(members) == of else f"{words} over the {len(members)} of its {of} countries that are loaded"
