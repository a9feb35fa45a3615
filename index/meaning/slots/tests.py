"""What a score, or its change, must satisfy: each comparison with the indicator it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import Pillar
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.meaning import OfIndicator, OfPlace, Test
from index.meaning.phrase_patterns import Found, phrases_in
from index.meaning.slots.operands import Comparison, Right, comparisons_in, is_negated
from index.meaning.slots.order import moves_in
from index.scores.query import Op

# No score changes by more points than this: "rose above 7" is about the score, "rose by more than 1" about the change.
_LARGEST_CHANGE = Decimal(3)
_SIGNS = {">": Op.ABOVE, ">=": Op.AT_LEAST, "<": Op.BELOW, "<=": Op.AT_MOST, "=": Op.EQUAL}
_MIRRORED = {Op.ABOVE: Op.BELOW, Op.AT_LEAST: Op.AT_MOST, Op.BELOW: Op.ABOVE, Op.AT_MOST: Op.AT_LEAST, Op.EQUAL: Op.EQUAL}
_WORSE = {"worse": ">", "better": "<", "worse =": ">=", "better =": "<="}
_OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_MOVED = {"moved >=": Op.MOVED_AT_LEAST, "moved >": Op.MOVED_MORE}
_CRIME = re.compile(r"\b(?:crime|crimes|criminals?|criminality|dangerous|lawless)\b")
_RESILIENT = re.compile(r"\b(?:resilien\w+)\b")


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


@dataclass(frozen=True, slots=True)
class _Unit:
    """A comparison, a word of change, or both ("rose by more than P1"), at a place in the text."""

    start: int
    end: int
    comparison: Comparison | None
    move: Found | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class _Topic:
    start: int
    end: int
    indicators: tuple[str, ...]
    mark: str = ""


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
    paired = _paired(asked, units, _topics(asked, taken, indicators), indicators)
    if paired is None:
        return TestsRead(used=tuple(taken), unread=True)
    rows: list[tuple[Test, ...]] = []
    before = 0
    for unit, topic in paired:
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


def _without(text: str, units: Sequence[_Unit]) -> str:
    """The text without comparisons, words of change that are tested, and the marks that they take; topics stay."""
    for unit in sorted(units, key=lambda u: -u.start):
        parts = [(p.start, p.end) for p in (unit.comparison, unit.move) if p is not None]
        for start, end in sorted(parts, reverse=True):
            kept = [m for m in MARK.findall(text[start:end]) if unit.comparison and m in unit.comparison.topics]
            text = " ".join([text[:start].rstrip(), *kept, text[end:].lstrip()])
    return text


def _units(text: str, comparisons: Sequence[Comparison], moves: Sequence[Found]) -> list[_Unit]:
    """Comparisons joined with the word of change they measure; then the words of change without an amount."""
    units: list[_Unit] = []
    joined: list[Found] = []
    for comparison in comparisons:
        move = _measured(text, comparison, moves) if comparison.way not in ("unchanged", *_MOVED) else None
        if move is not None:
            joined.append(move)
        start = min(comparison.start, move.start) if move else comparison.start
        units.append(_Unit(start, max(comparison.end, move.end) if move else comparison.end, comparison, move))
    free = [m for m in moves if m not in joined and not any(u.start < m.end and m.start < u.end for u in units)]
    if not any(u.move for u in units):
        units += [_Unit(m.start, m.end, None, m, is_negated(text, m.start)) for m in _distinct(free)]
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


def _topics(asked: Asked, taken: Iterable[str], indicators: tuple[str, ...] | None) -> list[_Topic]:
    """The indicators of a text where they stand, without those that others are compared with; neighbours of one id are one."""
    found = []
    for match in MARK.finditer(asked.text):
        if match[0][0] != "I" or match[0] in taken or match[0] not in asked.masked.marks:
            continue
        ids = asked.masked.marks[match[0]].ids
        if indicators is None or set(ids) & set(indicators):
            found.append(_Topic(match.start(), match.end(), ids, match[0]))
    named = {i for t in found for i in t.indicators}
    for pattern, indicator in ((_CRIME, "criminality"), (_RESILIENT, "resilience")):
        if indicator not in named and (indicators is None or indicator in indicators):
            found += [_Topic(m.start(), m.end(), (indicator,)) for m in list(pattern.finditer(asked.text))[:1]]
    merged: list[_Topic] = []
    for topic in sorted(found, key=lambda t: t.start):
        if not (merged and merged[-1].indicators == topic.indicators):
            merged.append(topic)
    return merged


def _paired(
    asked: Asked, units: Sequence[_Unit], topics: Sequence[_Topic], indicators: tuple[str, ...] | None
) -> list[tuple[_Unit, tuple[str, ...]]] | None:
    """Each condition with the indicators it is about; None if that is not clear."""
    inside = [next((t for t in topics if u.comparison and t.mark in u.comparison.topics and t.mark), None) for u in units]
    others = [i for u in units if u.comparison for r in u.comparison.rights if isinstance(r, OfIndicator) for i in (r.indicator,)]
    named = list(dict.fromkeys(i for t in topics for i in t.indicators))
    unplaced = [i for i in indicators or () if i not in named and i not in others]
    if len(units) == 1 and not unplaced:
        return [(units[0], tuple(named))] if named else None
    if len(units) == 1 and "both" in asked.text.split():
        return [(units[0], (*named, *unplaced))]
    if len(units) == 1 and not named:
        return [(units[0], tuple(unplaced))]
    if not named:
        return [(u, tuple(unplaced)) for u in units] if len(unplaced) == 1 else None
    free = [n for n, topic in enumerate(inside) if topic is None]
    rest = [t for t in topics if t not in inside]
    if len(free) == 1 and unplaced and not rest and len(unplaced) == 1:
        return [(u, t.indicators if t else tuple(unplaced)) for u, t in zip(units, inside, strict=True)]
    if unplaced:
        return _with_unplaced(units, topics, unplaced)
    return _in_turn([(u.start, u) for u in units], [(t.start, t) for t in topics])


def _with_unplaced(
    units: Sequence[_Unit], topics: Sequence[_Topic], unplaced: Sequence[str]
) -> list[tuple[_Unit, tuple[str, ...]]] | None:
    """One indicator without a mark goes to the one condition that no marked indicator stands beside."""
    if len(unplaced) != 1 or len(units) != len(topics) + 1:
        return None
    best: list[int] = []
    for topic in topics:
        distances = sorted((_distance(u, topic), n) for n, u in enumerate(units) if n not in best)
        best.append(distances[0][1])
    left = next(n for n in range(len(units)) if n not in best)
    return [(u, tuple(unplaced) if n == left else topics[best.index(n)].indicators) for n, u in enumerate(units)]


def _distance(unit: _Unit, topic: _Topic) -> int:
    return max(unit.start - topic.end, topic.start - unit.end, 0)


def _in_turn(
    units: Sequence[tuple[int, _Unit]], topics: Sequence[tuple[int, _Topic]]
) -> list[tuple[_Unit, tuple[str, ...]]] | None:
    """Conditions and indicators in the order of the text: "I1 over N1 and I2 under N2", "over N1 for I1 and under N2 for I2"."""
    placed: list[tuple[int, _Unit | _Topic]] = [*units, *topics]
    line = [x for _, x in sorted(placed, key=lambda pair: pair[0])]
    kinds = "".join("K" if isinstance(x, _Unit) else "T" for x in line)
    conditions = [x for x in line if isinstance(x, _Unit)]
    names = [x for x in line if isinstance(x, _Topic)]
    if len(names) == 1:
        return [(u, names[0].indicators) for u in conditions]
    if len(names) == len(conditions) and "KK" not in kinds.strip("K") and not kinds.startswith("TT"):
        return [(u, t.indicators) for u, t in zip(conditions, names, strict=True)]
    forwards = re.fullmatch(r"(?:T+K+)+", kinds)
    if not forwards and not re.fullmatch(r"(?:K+T+)+", kinds):
        return None
    found: list[tuple[_Unit, tuple[str, ...]]] = []
    at = 0
    for run in re.findall(r"T+K+" if forwards else r"K+T+", kinds):
        part = line[at : at + len(run)]
        ids = tuple(dict.fromkeys(i for x in part if isinstance(x, _Topic) for i in x.indicators))
        found += [(x, ids) for x in part if isinstance(x, _Unit)]
        at += len(run)
    return found


def _is_alternative(between: str) -> bool:
    return bool(re.search(r"\bor\b", between)) and not re.search(r"\b(?:and|but)\b", between)


def _rows(asked: Asked, unit: _Unit, indicators: tuple[str, ...]) -> list[tuple[Test, ...]] | None:
    """The conditions of one unit on its indicators, a row each; None if there is no such condition."""
    rows: list[tuple[Test, ...]] = []
    for indicator in indicators:
        tests = _tests(asked, unit, indicator)
        if tests is None:
            return None
        either = unit.comparison is not None and unit.comparison.either and len(tests) > 1
        rows += [tuple(tests)] if either else [(t,) for t in tests]
    return rows or None


def _tests(asked: Asked, unit: _Unit, indicator: str) -> list[Test] | None:
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


def _plain(way: str, criminality: bool) -> str:
    """The sign that "worse" and "better" stand for: on the resilience scale the lower score is the worse one."""
    if way not in _WORSE:
        return way
    return _WORSE[way] if criminality else _OPPOSITE[_WORSE[way]]
