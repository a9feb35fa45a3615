"""Turns heads (what a question says of its indicators) into conditions and orders. Pure.

Settles which sign "worse than" stands for, which editions a change spans, and which group an average is taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from corpus.taxonomy import WORLD, Indicator, Pillar
from index.questions.clauses import Head, HeadKind
from index.questions.context import Frame, NotUnderstood
from index.questions.cues import Role
from index.questions.spans import Bound
from index.scores.query import AnyOf, Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Order
from index.scores.statistics import Stat

_SIGNS = {">": Op.ABOVE, ">=": Op.AT_LEAST, "<": Op.BELOW, "<=": Op.AT_MOST, "=": Op.EQUAL}
_MIRRORED = {
    Op.ABOVE: Op.BELOW,
    Op.AT_LEAST: Op.AT_MOST,
    Op.BELOW: Op.ABOVE,
    Op.AT_MOST: Op.AT_LEAST,
    Op.EQUAL: Op.EQUAL,
}
_WORSE = {"worse": ">", "or worse": ">=", "no better": ">=", "better": "<", "or better": "<=", "no worse": "<="}
_OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def sign(op: str, indicator: Indicator) -> Op:
    """The comparison a word stands for, given the indicator: on the resilience scale the lower score is the worse one."""
    plain = _WORSE.get(op, op)
    if op in _WORSE and indicator.pillar is Pillar.RESILIENCE:
        plain = _OPPOSITE[plain]
    return _SIGNS[plain]


def direction(way: str, indicator: Indicator) -> str:
    """Up, down, any or none: "better" means falling criminality or rising resilience."""
    if way not in ("better", "worse"):
        return way
    return "up" if (way == "worse") is (indicator.pillar is Pillar.CRIMINALITY) else "down"


def end_of_scale(way: str, indicator: Indicator) -> Order:
    """The end of the scale that comes first for "highest", "worst", "safest" and similar words."""
    if way in ("worst", "best", "safest"):
        high = (way == "worst") is (indicator.pillar is Pillar.CRIMINALITY)
        return Order.HIGHEST if high else Order.LOWEST
    return Order.LOWEST if way in ("low", "bottom") else Order.HIGHEST


def where_of(frame: Frame) -> tuple[AnyOf, ...]:
    """The conditions set by the heads of a question, in order; alternatives are joined. Raises NotUnderstood."""
    found: list[AnyOf] = []
    for head in frame.slots.heads:
        if head.kind is HeadKind.BOUND:
            own = _level_conditions(frame, head)
        elif head.kind is HeadKind.CHANGE:
            own = _change_conditions(frame, head)
        else:
            continue
        if head.or_before and found:
            if len(own) != 1:
                raise NotUnderstood('"or" between several conditions could be read in more than one way')
            found[-1] = (*found[-1], *own[0])
        else:
            found += own
    _check_possible(found)
    return tuple(dict.fromkeys(found))


def _check_possible(where: Sequence[AnyOf]) -> None:
    """Decline limits that no number can meet: they mean the question was misread, and must not produce an empty answer."""
    limits: dict[Measure, tuple[Decimal, Decimal]] = {}
    for condition in (any_of[0] for any_of in where if len(any_of) == 1):
        if not isinstance(condition.right, Decimal):
            continue
        low, high = limits.get(condition.left, (Decimal("-Infinity"), Decimal("Infinity")))
        step = Decimal("0.01") if condition.op in (Op.ABOVE, Op.BELOW) else Decimal(0)
        if condition.op in (Op.ABOVE, Op.AT_LEAST, Op.EQUAL):
            low = max(low, condition.right + step)
        if condition.op in (Op.BELOW, Op.AT_MOST, Op.EQUAL):
            high = min(high, condition.right - step)
        limits[condition.left] = (low, high)
        if low > high:
            raise NotUnderstood("the conditions, as far as they could be read, contradict each other")


def _level_conditions(frame: Frame, head: Head) -> list[AnyOf]:
    if head.way == "by":
        raise NotUnderstood(
            "the difference between two scores cannot be a condition; ask for one above the other, or for each score"
        )
    given = {b.indicator for b in head.bounds if b.indicator}
    indicators = [i for i in frame.topics(head) if i not in given]
    if not indicators:
        raise NotUnderstood("the comparison names only one indicator")
    when = frame.level_when(head.years, [*indicators, *given])
    rows: list[AnyOf] = []
    for bound in head.bounds:
        tests = {
            (i, e): _level_tests(frame, bound, frame.taxonomy.indicators[i], e) for i, e in product(indicators, when.editions)
        }
        rows += _joined(tests, head.either, when.every, single=len(head.bounds) == 1)
    return rows


def _level_tests(frame: Frame, bound: Bound, indicator: Indicator, edition: int) -> list[Condition]:
    left = Level(indicator.id, edition)
    return [Condition(left, sign(bound.op, indicator), right) for right in _operands(frame, bound, left)]


def _joined(tests: dict[tuple[str, int], list[Condition]], either: bool, every: bool, *, single: bool) -> list[AnyOf]:
    """One row per condition that must hold; a row of several if one of the indicators or one of the editions is enough."""
    if not either and every:
        return [(condition,) for conditions in tests.values() for condition in conditions]
    if not single or (either and every and len({e for _, e in tests}) > 1):
        raise NotUnderstood("the alternatives could be read in more than one way")
    if either:
        return [tuple(c for conditions in tests.values() for c in conditions)]
    indicators = dict.fromkeys(i for i, _ in tests)
    return [tuple(c for (i, _), conditions in tests.items() if i == indicator for c in conditions) for indicator in indicators]


def _operands(frame: Frame, bound: Bound, left: Measure) -> list[Operand]:
    if bound.number is not None:
        return [bound.number]
    if bound.countries:
        return [OfCountry(country, left) for country in bound.countries]
    if bound.indicator:
        if not isinstance(left, Level):
            raise NotUnderstood("a change cannot be compared with another indicator")
        return [Level(bound.indicator, left.edition)]
    return [OfGroup(group_of(frame, bound.group), Stat(bound.stat), left)]


def group_of(frame: Frame, named: str) -> str:
    """The group that an average is taken over: the one named, or else the world. Raises NotUnderstood."""
    groups = [g for any_of in frame.slots.groups for g in any_of]
    if named in ("region", "continent"):
        subjects = frame.slots.subjects
        if subjects:
            last = frame.taxonomy.editions[-1]
            country = subjects[0]
            return frame.taxonomy.region(country, last) if named == "region" else frame.taxonomy.continent(country)
        if len(groups) == 1:
            return groups[0]
        raise NotUnderstood(f"the question does not say which {named} it means")
    return named or WORLD


def _change_conditions(frame: Frame, head: Head) -> list[AnyOf]:
    each = frame.slots.has(Role.BOTH, Role.EVERY) and len(frame.topics(head)) == 1
    listed = head.years is not None and head.years.value == "list" and frame.taxonomy.editions[0] not in head.years.years
    each = each or listed
    rows: list[AnyOf] = []
    any_edition = head.years is not None and head.years.role is Role.EDITION and head.years.value == "any"
    alternatives: list[Condition] = []
    for name in frame.topics(head):
        indicator = frame.taxonomy.indicators[name]
        for start, end in frame.change_when(head.years, name, each=each):
            conditions = _moves(frame, head, Change(name, start, end), direction(head.way, indicator))
            if (head.either or any_edition) and len(conditions) == 1:
                alternatives += conditions
            elif head.either or any_edition:
                raise NotUnderstood("the alternatives could be read in more than one way")
            else:
                rows += [(condition,) for condition in conditions]
    return [*rows, tuple(alternatives)] if alternatives else rows


def _moves(frame: Frame, head: Head, measure: Change, way: str) -> list[Condition]:
    if head.order and not head.bounds:
        return [Condition(measure, Op.ABOVE if way == "up" else Op.BELOW, Decimal(0))] if way in ("up", "down") else []
    if way == "none":
        return [Condition(measure, Op.EQUAL, Decimal(0))]
    if not head.bounds:
        return _bare_move(measure, way, head.negated)
    if head.negated:
        raise NotUnderstood("a negated change by an amount cannot be a condition")
    found: list[Condition] = []
    for bound in head.bounds:
        indicator = frame.taxonomy.indicators[measure.indicator]
        op = sign(bound.op, indicator) if bound.op in _SIGNS else (Op.ABOVE if bound.op in ("worse", "better") else Op.AT_LEAST)
        for right in _operands(frame, bound, measure):
            found += _amount(measure, way, op, right)
    return found


def _bare_move(measure: Change, way: str, negated: bool) -> list[Condition]:
    if way == "any":
        return [Condition(measure, Op.EQUAL if negated else Op.MOVED_MORE, Decimal(0))]
    op = {("up", False): Op.ABOVE, ("down", False): Op.BELOW, ("up", True): Op.AT_MOST, ("down", True): Op.AT_LEAST}
    return [Condition(measure, op[way, negated], Decimal(0))]


def _amount(measure: Change, way: str, op: Op, right: Operand) -> list[Condition]:
    """ "Fell by more than 0.3" is a change below -0.3; "rose by at most 0.3" is one between 0 and 0.3."""
    if way == "any":
        moved = {Op.AT_LEAST: Op.MOVED_AT_LEAST, Op.ABOVE: Op.MOVED_MORE}.get(op)
        if moved is None:
            raise NotUnderstood("a change in either direction cannot have an upper limit")
        return [Condition(measure, moved, right)]
    if way == "up":
        lower = [Condition(measure, Op.ABOVE, Decimal(0))] if op in (Op.BELOW, Op.AT_MOST) else []
        return [*lower, Condition(measure, op, right)]
    upper = [Condition(measure, Op.BELOW, Decimal(0))] if op in (Op.BELOW, Op.AT_MOST) else []
    mirrored = -right if isinstance(right, Decimal) else right
    return [*upper, Condition(measure, _MIRRORED[op], mirrored)]
