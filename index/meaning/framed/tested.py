"""The conditions of a question, from the part that each indicator, place and number plays in them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from corpus.taxonomy import Pillar
from index.meaning.asked import Asked
from index.meaning.framed.chances import likeliest
from index.meaning.meaning import OfIndicator, OfPlace, Test
from index.meaning.roles import AGAINST, ASKED, FELL, FELL_BY, ROSE, ROSE_BY, SAME, TESTED
from index.meaning.slots.operands import Comparison, comparisons_in
from index.meaning.slots.tests import sign_of
from index.meaning.slots.topics import LIKELY
from index.scores.query import Op

_MOVES = {ROSE: Op.ABOVE, FELL: Op.BELOW, SAME: Op.EQUAL}
# Scores run from 1 to 10.
_HIGHEST = Decimal(10)

Tests = tuple[tuple[Test, ...], ...]


def tests_of(asked: Asked, roles: Mapping[str, str]) -> Tests | None:
    """A row for each condition; all must hold. None if one has no indicator, if some are said and were not found, or if some were
    found and none is said."""
    bounds = [mark for mark in asked.masked.marks if _is_bound(roles.get(mark, ""))]
    moved = [(mark, _MOVES[role]) for mark, role in roles.items() if role in _MOVES]
    rows = [Test(i, op, Decimal(0), change=True) for mark, op in moved for i in asked.masked.marks[mark].ids]
    pairs = _paired(asked, roles, bounds)
    if pairs is None:
        return None
    said = {mark: comparison for comparison in comparisons_in(asked) for mark in comparison.used}
    for indicator, mark in pairs:
        test = _test(asked, indicator, mark, roles[mark], said.get(mark))
        if test is None:
            return None
        rows.append(test)
    slots = asked.learned.slots
    move = likeliest(slots.get("moves", {}))[0]
    if not rows and move:
        rows = [Test(i, _MOVES[move], Decimal(0), change=True) for i in _unnamed(asked, roles)]
    least = int(likeliest(slots.get("conditions", {}))[0] or 0)
    if len(rows) < least or (rows and not least):
        return None
    return tuple((test,) for test in dict.fromkeys(rows))


def _is_bound(role: str) -> bool:
    return role in AGAINST or role in ROSE_BY or role in FELL_BY


def _paired(asked: Asked, roles: Mapping[str, str], bounds: list[str]) -> list[tuple[str, str]] | None:
    """Each right-hand side with the indicator it bounds: the only one, or one each in the order of the question."""
    tested = [i for m, span in asked.masked.marks.items() if roles.get(m) == TESTED for i in span.ids]
    if not tested:
        tested = [i for m, span in asked.masked.marks.items() if m[0] == "I" and roles.get(m) == ASKED for i in span.ids]
    tested = list(dict.fromkeys(tested)) or list(_unnamed(asked, roles))
    if not bounds:
        return []
    if len(tested) == len(bounds):
        return list(zip(tested, bounds, strict=True))
    if len(bounds) == 1:
        return [(i, bounds[0]) for i in tested] or None
    return [(tested[0], mark) for mark in bounds] if len(tested) == 1 else None


def _unnamed(asked: Asked, roles: Mapping[str, str]) -> tuple[str, ...]:
    """The indicators that are likely, though no name says so, without those that something is compared with."""
    right = {i for m, role in roles.items() if m[0] == "I" and role in AGAINST for i in asked.masked.marks[m].ids}
    return tuple(i for i, p in asked.learned.indicators.items() if p >= LIKELY and i not in right)


def _test(asked: Asked, indicator: str, mark: str, role: str, said: Comparison | None) -> Test | None:
    """The condition with this mark on its right. Its sign is that of a phrase around the mark, else the one that was learned."""
    span = asked.masked.marks[mark]
    sign = AGAINST.get(role)
    if said is not None and sign is not None:
        by_phrase = sign_of(said, asked.taxonomy.indicators[indicator].pillar is Pillar.CRIMINALITY)
        # "Is N1" is looked for last, and is no comparison in "the 5 with".
        sign = by_phrase if by_phrase not in (None, Op.EQUAL) else sign
    if mark[0] in "NP":
        if span.number is None or span.number > _HIGHEST:
            return None
        if sign is not None:
            return Test(indicator, sign, span.number)
        return (
            Test(indicator, ROSE_BY[role], span.number, change=True)
            if role in ROSE_BY
            else Test(indicator, FELL_BY[role], -span.number, change=True)
        )
    if sign is None or len(span.ids) != 1:
        return None
    (name,) = span.ids
    if mark[0] == "I":
        return None if name == indicator else Test(indicator, sign, OfIndicator(name))
    return Test(indicator, sign, OfPlace(name))
