"""The clauses of a question about scores: which comparison, change, order or statistic goes with which indicator and year. Pure.

A question is split at its joints ("and", "but", "whose", a comma), except inside a list of countries, groups, indicators or
years. Within a clause each head (what is said of an indicator) takes the indicator beside it; a clause without an indicator, head
or year of its own shares its neighbour's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from index.questions.cues import Role
from index.questions.numbers import LARGEST_CHANGE
from index.questions.spans import Bound, TaggedSpan

_JOINTS = frozenset({Role.AND, Role.OR, Role.BOUNDARY})
_LISTABLE = frozenset({Role.COUNTRY, Role.GROUP, Role.INDICATOR, Role.YEARS, Role.FAMILY, Role.THRESHOLD})
_PASSED_OVER = frozenset({Role.FILLER, Role.SCORE, Role.BOTH, Role.EVERY})
_TOPICS = frozenset({Role.INDICATOR, Role.FAMILY})


class HeadKind(StrEnum):
    """What a head says of its indicators."""

    BOUND = "bound"
    CHANGE = "change"
    ORDER = "order"
    STAT = "stat"


@dataclass(frozen=True, slots=True)
class Head:
    """One thing said of one or more indicators.

    `way` is the direction of a change, the end of the scale that comes first, or the name of a statistic; `order` is set when
    countries are ordered by the size of a change. `years` is None if the question gives none. `either` means that one of the
    indicators is enough, `or_before` that the head is an alternative to the one before it, `negated` that a change is negated.
    """

    kind: HeadKind
    start: int
    way: str = ""
    order: str = ""
    bounds: tuple[Bound, ...] = ()
    topics: tuple[TaggedSpan, ...] = ()
    years: TaggedSpan | None = None
    either: bool = False
    or_before: bool = False
    negated: bool = False


@dataclass(slots=True)
class _Group:
    """Indicators named in one list."""

    spans: list[TaggedSpan]
    either: bool = False
    taken: bool = False


@dataclass(slots=True)
class _Clause:
    spans: list[TaggedSpan] = field(default_factory=list)
    joint: TaggedSpan | None = None


def read_heads(spans: Sequence[TaggedSpan]) -> tuple[Head, ...]:
    """All heads of a question in order, with their indicators and years where the question gives them."""
    heads: list[Head] = []
    stray: list[_Group] = []
    for clause in _clauses(spans):
        found, left = _heads_of(clause)
        found = _continued(found, heads)
        if found and clause.joint is not None and clause.joint.role is Role.OR and heads:
            found[0] = replace(found[0], or_before=True)
        if not found and left and heads and not stray:
            # "above 8 for cocaine, and for heroin": more indicators for the previous head.
            more = tuple(span for group in left for span in group.spans)
            either = heads[-1].either or (clause.joint is not None and clause.joint.role is Role.OR)
            heads[-1] = replace(heads[-1], topics=(*heads[-1].topics, *more), either=either)
        elif not found:
            stray += left
        elif stray and found[0].kind is not HeadKind.STAT:
            found[0] = replace(found[0], topics=(*(i for g in stray for i in g.spans), *found[0].topics))
            stray = []
        heads += found
    return tuple(_shared_years(_shared_topics(heads), spans))


def topics_of(spans: Iterable[TaggedSpan]) -> tuple[TaggedSpan, ...]:
    """The indicators of a question in order; implied ones ("crime") only if none is named."""
    named = tuple(i for i in spans if i.role is Role.INDICATOR)
    explicit = tuple(i for i in named if not i.is_implied)
    return explicit or named


def _clauses(spans: Sequence[TaggedSpan]) -> list[_Clause]:
    clauses = [_Clause()]
    for n, span in enumerate(spans):
        asked_inside = span.role is Role.WHERE and n > 0
        if (span.role in _JOINTS or asked_inside) and not _lists(spans, n):
            clauses.append(_Clause(joint=span))
        else:
            clauses[-1].spans.append(span)
    return clauses


def _lists(spans: Sequence[TaggedSpan], joint: int) -> bool:
    if spans[joint].role not in (Role.AND, Role.OR):
        return False
    before = next((i for i in reversed(spans[:joint]) if i.role not in _PASSED_OVER), None)
    after = next((i for i in spans[joint + 1 :] if i.role not in _PASSED_OVER), None)
    if before is None or after is None:
        return False
    if spans[joint].role is Role.OR and before.role is after.role is Role.THRESHOLD:
        # "Above 7 or below 3" is one of two conditions, "above 3 and below 7" is both.
        return False
    topics = before.role in _TOPICS and after.role in _TOPICS
    return topics or (before.role is after.role and before.role in _LISTABLE)


def _heads_of(clause: _Clause) -> tuple[list[Head], list[_Group]]:
    separate = (Role.INDICATOR, Role.YEARS)
    heads = _merged(_raw_heads(clause.spans), [i.start for i in clause.spans if i.role in separate])
    groups = _topic_groups(clause.spans)
    taken = [_take(head, n, heads, groups) for n, head in enumerate(heads)]
    heads = [
        replace(head, topics=tuple(group.spans) if group else (), either=bool(group and group.either))
        for head, group in zip(heads, taken, strict=True)
    ]
    return _with_years(heads, clause.spans), [g for g in groups if not g.taken]


def _raw_heads(spans: Sequence[TaggedSpan]) -> list[Head]:
    heads: list[Head] = []
    for n, span in enumerate(spans):
        if span.role is Role.THRESHOLD:
            by = n > 0 and spans[n - 1].role is Role.BY
            heads.append(Head(HeadKind.BOUND, span.start, "by" if by else "", bounds=span.bounds))
        elif span.role is Role.CHANGE:
            negated = any(i.role is Role.NOT for i in spans[max(0, n - 2) : n])
            heads.append(Head(HeadKind.CHANGE, span.start, span.value, negated=negated))
        elif span.role is Role.SUPERLATIVE:
            heads.append(Head(HeadKind.ORDER, span.start, span.value))
        elif span.role is Role.STAT:
            heads.append(Head(HeadKind.STAT, span.start, span.value))
    return heads


def _merged(heads: Sequence[Head], topics: Sequence[int]) -> list[Head]:
    """Join bounds on the same thing, and a change with its amount and its order.

    `topics` are the positions of indicators and years: heads with one between them are about different things.
    """
    merged: list[Head] = []
    for head in heads:
        joined = None
        if merged:
            between = any(merged[-1].start < at < head.start for at in topics)
            joined = _one_head(merged[-1], head, between=between, alone=len(heads) == 2)
        merged[-1:] = [joined] if joined is not None else [*merged[-1:], head]
    return merged


def _one_head(last: Head, head: Head, *, between: bool, alone: bool) -> Head | None:
    """The one head that two adjacent heads make together, or None."""
    kinds = (last.kind, head.kind)
    if kinds == (HeadKind.CHANGE, HeadKind.BOUND) and _is_amount(head):
        return replace(last, bounds=(*last.bounds, *head.bounds))
    if kinds == (HeadKind.BOUND, HeadKind.BOUND) and not between and _same_side(last, head):
        return replace(last, bounds=(*last.bounds, *head.bounds))
    if kinds == (HeadKind.BOUND, HeadKind.CHANGE):
        measured = last.way == "by" and alone
        compared = not between and bool(last.bounds[0].countries or last.bounds[0].stat)
        return replace(head, bounds=last.bounds) if measured or compared else None
    if kinds == (HeadKind.ORDER, HeadKind.CHANGE):
        return replace(head, order=last.way)
    if kinds == (HeadKind.CHANGE, HeadKind.ORDER) and not last.order:
        return replace(last, order=head.way)
    if kinds == (HeadKind.CHANGE, HeadKind.CHANGE) and "any" in (head.way, last.way):
        return replace(last, way=head.way if last.way == "any" else last.way, negated=head.negated or last.negated)
    return None


def _is_amount(head: Head) -> bool:
    numbers = [b.number for b in head.bounds if not b.countries and not b.stat]
    return head.way == "by" or all(n is not None and n <= LARGEST_CHANGE for n in numbers)


def _same_side(first: Head, second: Head) -> bool:
    """ "Above 4 and below 6" is about one indicator; two lower limits are not."""
    ways = {b.op[0] for b in first.bounds} | {b.op[0] for b in second.bounds}
    numbers = all(b.number is not None for b in (*first.bounds, *second.bounds))
    return numbers and ways == {">", "<"} and len(first.bounds) == len(second.bounds) == 1


def _topic_groups(spans: Sequence[TaggedSpan]) -> list[_Group]:
    implied = all(i.is_implied for i in spans if i.role is Role.INDICATOR)
    groups: list[_Group] = []
    joined: TaggedSpan | None = None
    open_list = False
    for span in spans:
        if span.role is Role.INDICATOR and (implied or not span.is_implied):
            if open_list and joined is not None:
                groups[-1].spans.append(span)
                groups[-1].either = groups[-1].either or joined.role is Role.OR
            else:
                groups.append(_Group([span]))
            open_list, joined = True, None
        elif span.role in (Role.AND, Role.OR) and open_list:
            joined = span
        elif span.role not in _PASSED_OVER:
            open_list, joined = False, None
    return groups


def _take(head: Head, number: int, heads: Sequence[Head], groups: list[_Group]) -> _Group | None:
    """The list of indicators a head is about: after the head for an order, before or after it for a comparison."""
    begin = heads[number - 1].start if number else -1
    before = [g for g in groups if begin < g.spans[0].start < head.start]
    after = [g for g in groups if head.start < g.spans[0].start and _before_next(heads, number, g.spans[0].start)]
    sides = (after, before) if head.kind in (HeadKind.ORDER, HeadKind.STAT) or head.order else (before[::-1], after)
    for side in sides:
        free = next((g for g in side if not g.taken), None)
        if free is not None:
            free.taken = True
            return free
    shared = next((g for g in before if len(g.spans) > 1), None)
    if shared is not None and not after:
        # "Above 7 for smuggling and law enforcement below 3": the last in the list belongs to the head that follows.
        return _Group([shared.spans.pop()], taken=True)
    return None


def _before_next(heads: Sequence[Head], number: int, at: int) -> bool:
    return number + 1 == len(heads) or at < heads[number + 1].start


def _with_years(heads: list[Head], spans: Sequence[TaggedSpan]) -> list[Head]:
    """A single mention of years applies to the whole clause; of several, each applies to the head before it."""
    years = [i for i in spans if i.role in (Role.YEARS, Role.EDITION)]
    if len(years) == 1:
        return [replace(head, years=years[0]) for head in heads]
    dated = []
    for n, head in enumerate(heads):
        own = [y for y in years if head.start < y.start and _before_next(heads, n, y.start)]
        # "Rose both from 2021 to 2023 and from 2023 to 2025" is two changes.
        dated += [replace(head, years=y) for y in (own if head.kind is HeadKind.CHANGE else own[:1])] or [head]
    return dated


def _continued(found: list[Head], before: Sequence[Head]) -> list[Head]:
    """ "…rose by at least 0.2 and resilience by 0.3": the second clause continues the change."""
    last = next((h for h in reversed(before) if h.kind is HeadKind.CHANGE), None)
    if last is None:
        return found
    return [
        replace(h, kind=HeadKind.CHANGE, way=last.way, order="") if h.kind is HeadKind.BOUND and h.way == "by" else h
        for h in found
    ]


def _shared_topics(heads: Sequence[Head]) -> list[Head]:
    """A head without an indicator takes that of an earlier head, or else of a later one."""
    shared: list[Head] = []
    for n, head in enumerate(heads):
        if not head.topics:
            earlier = next((h for h in reversed(shared) if h.topics), None)
            near = earlier or next((h for h in heads[n + 1 :] if h.topics), None)
            head = replace(head, topics=near.topics, either=near.either) if near else head
        shared.append(head)
    return shared


def _shared_years(heads: Sequence[Head], spans: Sequence[TaggedSpan]) -> list[Head]:
    """A head without years takes those of an earlier head, or else of a later one, or else those in a clause of their own."""
    years = [i for i in spans if i.role in (Role.YEARS, Role.EDITION)]
    shared: list[Head] = []
    for n, head in enumerate(heads):
        if head.years is not None:
            shared.append(head)
            continue
        own = [h.years for h in reversed(shared) if h.years] + [h.years for h in heads[n + 1 :] if h.years]
        if not own and head.kind is HeadKind.CHANGE and years and all(y.value == "range" for y in years):
            # "In both periods, 2021 to 2023 and 2023 to 2025" is two changes.
            shared += [replace(head, years=y) for y in years]
        else:
            shared.append(replace(head, years=own[0] if own else (years[0] if years else None)))
    return shared
