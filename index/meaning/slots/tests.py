"""What a score, or its change, must satisfy: each comparison with the indicator it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import Pillar
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.meaning import OfIndicator, OfPlace, Test
from index.meaning.phrase_patterns import Found, phrases_in
from index.meaning.slots.operands import Comparison, Right, comparisons_in, is_negated
from index.meaning.slots.order import moves_in
from index.meaning.slots.pairing import Unit, paired, topics_in
from index.scores.query import Op

# No score changes by more points than this: "rose above 7" is about the score, "rose by more than 1" about the change.
_LARGEST_CHANGE = Decimal(3)
_SIGNS = {">": Op.ABOVE, ">=": Op.AT_LEAST, "<": Op.BELOW, "<=": Op.AT_MOST, "=": Op.EQUAL}
_MIRRORED = {Op.ABOVE: Op.BELOW, Op.AT_LEAST: Op.AT_MOST, Op.BELOW: Op.ABOVE, Op.AT_MOST: Op.AT_LEAST, Op.EQUAL: Op.EQUAL}
_WORSE = {"worse": ">", "better": "<", "worse =": ">=", "better =": "<="}
_OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_MOVED = {"moved >=": Op.MOVED_AT_LEAST, "moved >": Op.MOVED_MORE}


@dataclass(frozen=True, slots=True)
class TestsRead:
    """`tests` as in a meaning. `used`: the marks that the conditions take (numbers, places and indicators compared with).

    `unread`: whether a condition stands there that could not be read whole. `rest`: the text without the conditions, in which
    order, limits and places are looked for. `indicators`: those tested, in order.
    """

    tests: tuple[tuple[Test, ...], ...] = ()
    used: tuple[str, ...] = ()
    rest: str = ""
    unread: bool = False
    indicators: tuple[str, ...] = ()


def tests_of(asked: Asked, indicators: tuple[str, ...] | None = None) -> tuple[tuple[Test, ...], ...]:
    """The conditions of a question, none if one of them could not be read. See `read_tests`."""
    read = read_tests(asked, indicators)
    return () if read.unread else read.tests


def read_tests(asked: Asked, indicators: tuple[str, ...] | None = None, *, ordered: bool | None = None) -> TestsRead:
    """The conditions of a question, in order.

    `indicators` are those the question is about (by default those with a mark); those without a mark of their own go to the one
    condition that is left without. `ordered` says whether words of change put the countries in order rather than test them; by
    default a superlative beside them says so.
    """
    if asked.question.unread_numbers:
        return TestsRead(unread=True)
    comparisons = comparisons_in(asked)
    if any(not c.rights for c in comparisons):
        return TestsRead(unread=True)
    moves = moves_in(asked.text)
    units = _units(asked.text, comparisons, moves)
    if ordered or (ordered is None and moves and phrases_in("order", "ordered", asked.text)):
        units = [u for u in units if u.comparison is not None]
    if not units:
        return TestsRead(rest=asked.text)
    taken = {m for c in comparisons for m in c.used}
    pairs = paired(asked, units, topics_in(asked, units, taken, indicators), indicators)
    if pairs is None:
        return TestsRead(used=tuple(taken), unread=True)
    rows: list[tuple[Test, ...]] = []
    before = 0
    for unit, topic in pairs:
        own = _rows(asked, unit, topic)
        if own is None:
            return TestsRead(used=tuple(taken), unread=True)
        if rows and len(own) == 1 and _is_alternative(asked.text[before : unit.start]) and len(rows[-1]) == 1:
            rows[-1] = (*rows[-1], *own[0])
        else:
            rows += own
        before = unit.end
    tested = tuple(dict.fromkeys(t.indicator for row in rows for t in row))
    return TestsRead(tuple(dict.fromkeys(rows)), tuple(sorted(taken)), _without(asked.text, units), False, tested)


def _without(text: str, units: Sequence[Unit]) -> str:
    """The text without comparisons, words of change that are tested, and the marks that they take; topics stay."""
    for unit in sorted(units, key=lambda u: -u.start):
        parts = [(p.start, p.end) for p in (unit.comparison, unit.move) if p is not None]
        for start, end in sorted(parts, reverse=True):
            kept = [m for m in MARK.findall(text[start:end]) if unit.comparison and m in unit.comparison.topics]
            text = " ".join([text[:start].rstrip(), *kept, text[end:].lstrip()])
    return text


def _units(text: str, comparisons: Sequence[Comparison], moves: Sequence[Found]) -> list[Unit]:
    """Comparisons joined with the word of change they measure; then the words of change without an amount."""
    units: list[Unit] = []
    joined: list[Found] = []
    for comparison in comparisons:
        move = _measured(text, comparison, moves) if comparison.way not in ("unchanged", *_MOVED) else None
        if move is not None:
            joined.append(move)
        start = min(comparison.start, move.start) if move else comparison.start
        units.append(Unit(start, max(comparison.end, move.end) if move else comparison.end, comparison, move))
    free = [m for m in moves if m not in joined and not any(u.start < m.end and m.start < u.end for u in units)]
    if not any(u.move for u in units):
        units += [Unit(m.start, m.end, None, m, is_negated(text, m.start)) for m in _distinct(free)]
    return sorted(units, key=lambda u: u.start)


def _distinct(moves: Sequence[Found]) -> list[Found]:
    """ "Rose or worsened": of words of change that say the same only the first is kept."""
    return [m for n, m in enumerate(moves) if m.way not in {o.way for o in moves[:n]}]


def _measured(text: str, comparison: Comparison, moves: Sequence[Found]) -> Found | None:
    """The word of change whose amount a comparison gives."""
    right = comparison.rights[0]
    small = isinstance(right, Decimal) and right <= _LARGEST_CHANGE
    if comparison.plus or not (small or (isinstance(right, OfPlace) and not comparison.points)):
        return None
    for move in sorted(moves, key=lambda m: (m.start > comparison.start, abs(m.start - comparison.start))):
        between = text[move.end : comparison.start] if move.end <= comparison.start else text[comparison.end : move.start]
        near = "|" not in between and not re.search(r"\b[NP]\d|\b(?:and|but|while|with|whose|where|now)\b", between)
        if move.start < comparison.end and comparison.start < move.end:
            return move if isinstance(right, Decimal) else None
        if near and (comparison.points or re.search(r"\b(?:by|of|at least|more than|a|full)\b|^\s*$", between)):
            return move if isinstance(right, Decimal) else None
    return None


def _is_alternative(between: str) -> bool:
    return bool(re.search(r"\bor\b", between)) and not re.search(r"\b(?:and|but)\b", between)


def _rows(asked: Asked, unit: Unit, indicators: tuple[str, ...]) -> list[tuple[Test, ...]] | None:
    """The conditions of one unit on its indicators, a row each; None if there is no such condition."""
    rows: list[tuple[Test, ...]] = []
    for indicator in indicators:
        tests = _tests(asked, unit, indicator)
        if tests is None:
            return None
        either = unit.comparison is not None and unit.comparison.either and len(tests) > 1
        rows += [tuple(tests)] if either else [(t,) for t in tests]
    return rows or None


def _tests(asked: Asked, unit: Unit, indicator: str) -> list[Test] | None:
    criminality = asked.taxonomy.indicators[indicator].pillar is Pillar.CRIMINALITY
    comparison = unit.comparison
    if comparison is None:
        assert unit.move is not None
        rising = _rises(unit.move.way, criminality)
        op = (Op.AT_MOST if rising else Op.AT_LEAST) if unit.negated else (Op.ABOVE if rising else Op.BELOW)
        return [Test(indicator, op, Decimal(0), change=True)]
    if comparison.way == "unchanged":
        return [Test(indicator, Op.EQUAL, Decimal(0), change=True)]
    if comparison.way in _MOVED:
        return [Test(indicator, _MOVED[comparison.way], r, change=True) for r in comparison.rights]
    if any(isinstance(r, OfIndicator) and r.indicator == indicator for r in comparison.rights):
        return None
    if comparison.way == "between":
        low, high = comparison.rights
        if unit.move is not None:
            return None
        return [Test(indicator, Op.AT_LEAST, low), Test(indicator, Op.AT_MOST, high)]
    way = _plain(comparison.way, criminality)
    if way not in _SIGNS:
        return None
    if unit.move is None:
        return [Test(indicator, _SIGNS[way], right, plus=comparison.plus) for right in comparison.rights]
    return _amounts(indicator, comparison.rights, way, _rises(unit.move.way, criminality))


def _amounts(indicator: str, rights: Sequence[Right], way: str, rising: bool) -> list[Test] | None:
    """ "Fell by more than 0.3" is a change below -0.3; "rose by at most 0.3" is one between 0 and 0.3."""
    found: list[Test] = []
    for right in rights:
        if not isinstance(right, Decimal):
            return None
        op = _SIGNS[way]
        if op in (Op.BELOW, Op.AT_MOST):
            found.append(Test(indicator, Op.ABOVE if rising else Op.BELOW, Decimal(0), change=True))
        found.append(Test(indicator, op if rising else _MIRRORED[op], right if rising else -right, change=True))
    return found


def _rises(way: str, criminality: bool) -> bool:
    return way == "up" or (way == "worse" and criminality) or (way == "better" and not criminality)


def sign_of(comparison: Comparison, criminality: bool) -> Op | None:
    """How a comparison compares scores on a scale; None if it does not say (between two numbers, a number of points above)."""
    return _SIGNS.get(_plain(comparison.way, criminality)) if not comparison.plus else None


def _plain(way: str, criminality: bool) -> str:
    """The sign that "worse" and "better" stand for: on the resilience scale the lower score is the worse one."""
    if way not in _WORSE:
        return way
    return _WORSE[way] if criminality else _OPPOSITE[_WORSE[way]]
