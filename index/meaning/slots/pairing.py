"""Which condition is about which indicator, clause by clause: "I1 over N1 and I2 under N2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.meaning import OfIndicator
from index.meaning.phrase_patterns import Found
from index.meaning.slots.operands import Comparison
from index.meaning.slots.order import orders_in

_CRIME = LatePattern(r"\b(?:crime|crimes|criminals?|criminality|dangerous|lawless)\b")
_RESILIENT = LatePattern(r"\b(?:resilien\w+)\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """A comparison, a word of change, or both ("rose by more than P1"), at a place in the text."""

    start: int
    end: int
    comparison: Comparison | None
    move: Found | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Indicators at a place in the text, and their mark; without one, the word that implies them."""

    start: int
    end: int
    indicators: tuple[str, ...]
    mark: str = ""


def paired(
    asked: Asked, units: Sequence[Unit], topics: Sequence[Topic], indicators: tuple[str, ...] | None
) -> list[tuple[Unit, tuple[str, ...]]] | None:
    """Each condition with the indicators it is about; None if that is not clear."""
    inside = [next((t for t in topics if u.comparison and t.mark in u.comparison.topics and t.mark), None) for u in units]
    others = [i for u in units if u.comparison for r in u.comparison.rights if isinstance(r, OfIndicator) for i in (r.indicator,)]
    named = list(dict.fromkeys(i for t in topics for i in t.indicators))
    unplaced = [i for i in indicators or () if i not in named and i not in others]
    if len(units) == 1 and len(topics) > 1 and len(named) == 2 and _also_ordered(asked, units[0]):
        nearest = min(topics, key=lambda t: _distance(units[0], t))
        return [(units[0], nearest.indicators)]
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


def topics_in(asked: Asked, units: Sequence[Unit], taken: Iterable[str], indicators: tuple[str, ...] | None) -> list[Topic]:
    """The indicators of a text where they stand, without those that others are compared with; neighbours of one id are one.

    "Crime" and "resilient" stand for the averages where these are asked about, or where a condition would be left without an
    indicator; of several such words the one nearest to a condition counts.
    """
    found = []
    compared = {i for mark in taken if mark in asked.masked.marks for i in asked.masked.marks[mark].ids}
    for match in MARK.finditer(asked.text):
        if match[0][0] != "I" or match[0] in taken or match[0] not in asked.masked.marks:
            continue
        ids = asked.masked.marks[match[0]].ids
        if indicators is None or set(ids) & set(indicators):
            found.append(Topic(match.start(), match.end(), ids, match[0]))
    for pattern, indicator in ((_CRIME, "criminality"), (_RESILIENT, "resilience")):
        named = {i for t in found for i in t.indicators}
        wanted = indicators is None or indicator in indicators or len({*named, *indicators} - compared) < len(units)
        if indicator not in named and wanted:
            words = [Topic(m.start(), m.end(), (indicator,)) for m in pattern.finditer(asked.text)]
            found += sorted(words, key=lambda t: min((_distance(u, t) for u in units), default=0))[:1]
    merged: list[Topic] = []
    for topic in sorted(found, key=lambda t: t.start):
        if not (merged and merged[-1].indicators == topic.indicators):
            merged.append(topic)
    return merged


def _also_ordered(asked: Asked, unit: Unit) -> bool:
    """Whether a superlative stands outside the condition, so that another indicator is put in order."""
    return any(
        o.way in ("high", "low", "worst", "best") and not (o.start < unit.end and unit.start < o.end)
        for o in orders_in(asked.text)
    )


def _with_unplaced(
    units: Sequence[Unit], topics: Sequence[Topic], unplaced: Sequence[str]
) -> list[tuple[Unit, tuple[str, ...]]] | None:
    """One indicator without a mark goes to the one condition that no marked indicator stands beside."""
    if len(unplaced) != 1 or len(units) != len(topics) + 1:
        return None
    best: list[int] = []
    for topic in topics:
        distances = sorted((_distance(u, topic), n) for n, u in enumerate(units) if n not in best)
        best.append(distances[0][1])
    left = next(n for n in range(len(units)) if n not in best)
    return [(u, tuple(unplaced) if n == left else topics[best.index(n)].indicators) for n, u in enumerate(units)]


def _distance(unit: Unit, topic: Topic) -> int:
    return max(unit.start - topic.end, topic.start - unit.end, 0)


def _in_turn(units: Sequence[tuple[int, Unit]], topics: Sequence[tuple[int, Topic]]) -> list[tuple[Unit, tuple[str, ...]]] | None:
    """Conditions and indicators in the order of the text: "I1 over N1 and I2 under N2", "over N1 for I1 and under N2 for I2"."""
    placed: list[tuple[int, Unit | Topic]] = [*units, *topics]
    line = [x for _, x in sorted(placed, key=lambda pair: pair[0])]
    kinds = "".join("K" if isinstance(x, Unit) else "T" for x in line)
    conditions = [x for x in line if isinstance(x, Unit)]
    names = [x for x in line if isinstance(x, Topic)]
    if len(names) == 1:
        return [(u, names[0].indicators) for u in conditions]
    if len(names) == len(conditions) and "KK" not in kinds.strip("K") and not kinds.startswith("TT"):
        return [(u, t.indicators) for u, t in zip(conditions, names, strict=True)]
    forwards = re.fullmatch(r"(?:T+K+)+", kinds)
    if not forwards and not re.fullmatch(r"(?:K+T+)+", kinds):
        return None
    found: list[tuple[Unit, tuple[str, ...]]] = []
    at = 0
    for run in re.findall(r"T+K+" if forwards else r"K+T+", kinds):
        part = line[at : at + len(run)]
        ids = tuple(dict.fromkeys(i for x in part if isinstance(x, Topic) for i in x.indicators))
        found += [(x, ids) for x in part if isinstance(x, Unit)]
        at += len(run)
    return found
