"""What a yes/no question claims of the result of its query. Pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.conditions_meant import operand_of
from index.meaning.meaning import Direction, Meaning
from index.questions.context import NotUnderstood
from index.scores.query import Claim, FigureClaim, Op, Order, OrderClaim, Quantifier, QuantifierClaim, Query

_HIGH = frozenset({Direction.HIGH, Direction.UP})


def claimed(query: Query, meaning: Meaning, taxonomy: Taxonomy) -> Query:
    """The query with the claim of a yes/no question. Raises NotUnderstood where it claims nothing that could be decided."""
    if query.kind is Kind.RANK and meaning.order is not None:
        # All countries named must stand so; an exact place is counted from the end that the question names.
        query = replace(query, countries=meaning.countries, order=_order(meaning) if meaning.place else None)
    if query.kind is Kind.GROUP_RANKING and meaning.order is not None:
        # Where the first named stands among all of them is what decides.
        query = replace(query, limit=None)
    return replace(query, claim=_claim_of(query, meaning, taxonomy))


def _claim_of(query: Query, meaning: Meaning, taxonomy: Taxonomy) -> Claim:
    if meaning.number is not None:
        return FigureClaim(*meaning.number)
    if query.kind in (Kind.SET, Kind.COUNT) and meaning.tests:
        return QuantifierClaim(meaning.quantifier or Quantifier.ANY)
    moving = query.kind in (Kind.CHANGE, Kind.TREND, Kind.AGGREGATE)
    if moving and meaning.order in (Direction.UP, Direction.DOWN) and not meaning.tests:
        return FigureClaim(Op.ABOVE if meaning.order is Direction.UP else Op.BELOW, Decimal(0))
    if meaning.tests and query.kind in (Kind.VALUE, Kind.CHANGE, Kind.AGGREGATE, Kind.DIFFERENCE):
        return _figure(query, meaning, taxonomy)
    if query.kind is Kind.RANK and meaning.place is not None and len(query.countries) == 1:
        return FigureClaim(Op.EQUAL, Decimal(meaning.place))
    if meaning.order is not None:
        first = [i for i in meaning.indicators if i in query.family]
        if query.family and not first:
            raise NotUnderstood("the question names no indicator that could come first")
        return OrderClaim(_order(meaning), meaning.limit or meaning.place or 1, first[0] if first else "")
    raise NotUnderstood("the question claims nothing that the scores could decide")


def _order(meaning: Meaning) -> Order:
    return Order.HIGHEST if meaning.order in _HIGH else Order.LOWEST


def _figure(query: Query, meaning: Meaning, taxonomy: Taxonomy) -> FigureClaim:
    ((test, *_), *_) = meaning.tests
    return FigureClaim(test.op, operand_of(test, query.measures[0], taxonomy))
