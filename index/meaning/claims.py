"""What a yes/no question claims of the result of its query. Pure."""

from __future__ import annotations

from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.conditions_meant import operand_of
from index.meaning.meaning import Direction, Meaning
from index.questions.context import NotUnderstood
from index.scores.query import Claim, FigureClaim, Op, Order, OrderClaim, Quantifier, QuantifierClaim, Query

_HIGH = frozenset({Direction.HIGH, Direction.UP})


def claim_of(query: Query, meaning: Meaning, taxonomy: Taxonomy) -> Claim:
    """The claim of a yes/no question. Raises NotUnderstood where the question claims nothing that could be decided."""
    if query.kind in (Kind.SET, Kind.COUNT) and meaning.tests:
        return QuantifierClaim(meaning.quantifier or Quantifier.ANY)
    if query.kind in (Kind.CHANGE, Kind.TREND) and meaning.order in (Direction.UP, Direction.DOWN) and not meaning.tests:
        return FigureClaim(Op.ABOVE if meaning.order is Direction.UP else Op.BELOW, Decimal(0))
    if meaning.tests and query.kind in (Kind.VALUE, Kind.CHANGE, Kind.AGGREGATE, Kind.DIFFERENCE):
        return _figure(query, meaning, taxonomy)
    if meaning.order is not None:
        first = [i for i in meaning.indicators if i in query.family]
        if query.family and not first:
            raise NotUnderstood("the question names no indicator that could come first")
        order = Order.HIGHEST if meaning.order in _HIGH else Order.LOWEST
        return OrderClaim(order, meaning.limit or meaning.place or 1, first[0] if first else "")
    raise NotUnderstood("the question claims nothing that the scores could decide")


def _figure(query: Query, meaning: Meaning, taxonomy: Taxonomy) -> FigureClaim:
    ((test, *_), *_) = meaning.tests
    return FigureClaim(test.op, operand_of(test, query.measures[0], taxonomy))
