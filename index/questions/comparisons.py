"""Comparisons inside a question: "above 7", "8 or more", "between 4 and 5", "than Peru", "than the African average". Pure.

Each becomes one span that carries the right-hand side as `Bound`s; what is compared is worked out later, clause by clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.taxonomy import WORLD
from index.questions.cues import Role
from index.questions.reordering import in_usual_order, next_meaning
from index.questions.spans import Bound, TaggedSpan

_LIST = frozenset({Role.AND, Role.OR})
_NEGATED = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "worse": "no worse", "better": "no better"}
# Words of place that can also compare.
_PLAIN = {"over": ">", "under": "<", "reach": ">="}
_PLACES = frozenset({"over", "under"})
_STARTS = frozenset({Role.OP, Role.COMPARATIVE, Role.CHANGE, Role.SUPERLATIVE, Role.BETWEEN, Role.NUMBER, Role.AMOUNT, Role.THAN})
_GIVEN = frozenset({Role.THAN, Role.NUMBER, Role.AMOUNT, Role.COUNTRY, Role.STAT, Role.INDICATOR})
_AREAS = frozenset({Role.GROUP, Role.WORLD, Role.HOME})


def find_bounds(read: Sequence[TaggedSpan]) -> tuple[TaggedSpan, ...]:
    """The spans with each comparison as one span. What begins like a comparison but has no right-hand side is left as it is."""
    spans = in_usual_order(read)
    found: list[TaggedSpan] = []
    at = 0
    while at < len(spans):
        span = spans[at]
        bounds, end = _bounds_at(spans, at, found)
        if bounds:
            if span.role in (Role.THAN, Role.VERSUS):
                found = _comparatives_read(found, bounds)
            negation = None if span.role is Role.THAN else _negation(found)
            if negation is not None:
                found = [*found[:negation], *found[negation + 1 :]]
                bounds = tuple(replace(b, op=_NEGATED.get(b.op, b.op)) for b in bounds)
            found.append(TaggedSpan(Role.THRESHOLD, span.start, spans[end - 1].end, bounds=bounds))
            at = end
        else:
            found.append(span)
            at += 1
    return tuple(_with_areas([i for i in found if not (i.role is Role.OP and i.value in ("reach", "under", "over", "="))]))


def _bounds_at(spans: Sequence[TaggedSpan], at: int, before: Sequence[TaggedSpan]) -> tuple[tuple[Bound, ...], int]:
    """The comparison that starts at a span, empty if none does, and the position after it."""
    span = spans[at]
    if span.role is Role.SUPERLATIVE and span.value == "tops" and before and before[-1].role is Role.INDICATOR:
        return _given(spans, at + 1, ">")
    if span.role is Role.OP:
        return _after_sign(spans, at, before)
    if span.role is Role.BETWEEN:
        return _range(spans, at + 1)
    if span.role in (Role.NUMBER, Role.AMOUNT):
        return _after_number(spans, at)
    if span.role is Role.SAME:
        return _same(spans, at)
    if span.role in (Role.THAN, Role.VERSUS):
        return _than(spans, at, before)
    return (), at


def _after_sign(spans: Sequence[TaggedSpan], at: int, before: Sequence[TaggedSpan]) -> tuple[tuple[Bound, ...], int]:
    """ "Above 7", "at least 8", "reached 8 or more", "below it"."""
    sign = spans[at].value
    after = next_meaning(spans, at + 1)
    if sign == "=" and (after is None or spans[after].role in (*_AREAS, Role.YEARS, Role.COUNTRY, Role.ASK, Role.WHERE)):
        # "continent = Asia", as in a database query.
        return (), at
    if sign == "=" and at and spans[at - 1].role is Role.FAMILY and after is not None and spans[after].role is Role.INDICATOR:
        return (), at
    if at + 1 < len(spans) and spans[at + 1].value == "it":
        return _again(spans, at, before)
    bounds, end = _given(spans, at + 1, _PLAIN.get(sign, sign))
    if bounds and bounds[0].number is not None and end < len(spans) and spans[end].role is Role.POSTFIX:
        return (replace(bounds[0], op=spans[end].value),), end + 1
    # "Under resilience" names a heading; "below resilience" compares.
    if sign in _PLACES and bounds and bounds[0].indicator:
        return (), at
    return (bounds, end) if bounds else _again(spans, at, before)


def _after_number(spans: Sequence[TaggedSpan], at: int) -> tuple[tuple[Bound, ...], int]:
    """ "8 or more", "7 and over", "4 to 5"."""
    after = next_meaning(spans, at + 1)
    if after is None:
        return (), at
    if spans[after].role is Role.POSTFIX:
        return (Bound(spans[after].value, spans[at].number),), after + 1
    beyond = next_meaning(spans, after + 1)
    if spans[after].value in (">=", "<=") and spans[after].role is Role.OP and not _is_number(spans, beyond):
        # "3.5 at most".
        return (Bound(spans[after].value, spans[at].number),), after + 1
    if spans[after].role is Role.AND and (way := _and_beyond(spans, after)):
        return (Bound(way, spans[at].number),), after + 2
    return _range(spans, at) if spans[after].role is Role.TO else ((), at)


def _negation(found: Sequence[TaggedSpan]) -> int | None:
    """The position of the "not" before a comparison, skipping filler and verbs: "does not get past 3"."""
    for n in range(len(found) - 1, -1, -1):
        if found[n].role is Role.NOT:
            return n
        if found[n].role is not Role.FILLER and not (found[n].role is Role.SCORE and found[n].value == "verb"):
            return None
    return None


def _is_number(spans: Sequence[TaggedSpan], at: int | None) -> bool:
    return at is not None and spans[at].number is not None


def _and_beyond(spans: Sequence[TaggedSpan], joiner: int) -> str:
    """ "7 and over", "5 and below": a comparison after its number, with nothing to compare after it."""
    if joiner + 1 >= len(spans) or spans[joiner].value == ",":
        return ""
    span = spans[joiner + 1]
    after = next_meaning(spans, joiner + 2)
    way = _PLAIN.get(span.value, span.value)
    alone = after is None or spans[after].role not in _GIVEN
    if span.role not in (Role.OP, Role.COMPARATIVE) or way not in ("<", ">") or not alone:
        return ""
    return f"{way}="


def _again(spans: Sequence[TaggedSpan], at: int, before: Sequence[TaggedSpan]) -> tuple[tuple[Bound, ...], int]:
    """ "Above the world average for one and below it for the other": the right-hand side of the previous comparison."""
    last = next((i for i in reversed(before) if i.role is Role.THRESHOLD), None)
    if last is None or not (last.bounds[0].stat or last.bounds[0].countries) or spans[at].value not in _PLAIN.keys() | {">", "<"}:
        return (), at
    return tuple(replace(b, op=_PLAIN.get(spans[at].value, spans[at].value)) for b in last.bounds), at + 1


def _same(spans: Sequence[TaggedSpan], at: int) -> tuple[tuple[Bound, ...], int]:
    """ "The same criminality as Peru", "tied with Peru": equal to a country's score. The indicator in between stays."""
    other = next_meaning(spans, at + 1)
    if other is None or spans[other].role is not Role.COUNTRY:
        return (), at
    return (Bound("=", countries=spans[other].ids),), other + 1


def _than(spans: Sequence[TaggedSpan], at: int, before: Sequence[TaggedSpan]) -> tuple[tuple[Bound, ...], int]:
    """ "Higher … than Peru": the direction comes from the last comparative before "than"."""
    where = _last_comparative(before)
    if where is None:
        # "Peru against the regional average": whether it is above.
        bounds, end = _given(spans, at + 1, ">")
        return (bounds, end) if bounds and bounds[0].stat and spans[at].role is Role.VERSUS else ((), at)
    op = before[where].value
    bounds, end = _given(spans, at + 1, _NEGATED[op] if _is_negated(before, where) else op)
    if not bounds or (spans[at].role is Role.VERSUS and bounds[0].number is not None):
        return (), at
    return bounds, end


def _comparatives_read(before: Sequence[TaggedSpan], bounds: tuple[Bound, ...]) -> list[TaggedSpan]:
    """The spans before "than" without the comparative it completes; earlier comparatives share its right-hand side."""
    where = _last_comparative(before)
    if where is None:
        return list(before)
    # "Lower criminality and higher resilience than Germany": both are compared with Germany.
    shared = [
        TaggedSpan(Role.THRESHOLD, i.start, i.end, bounds=tuple(replace(b, op=i.value) for b in bounds))
        if i.role is Role.COMPARATIVE
        else i
        for i in before[:where]
    ]
    return [*(shared[:-1] if _is_negated(before, where) else shared), *before[where + 1 :]]


def _last_comparative(spans: Sequence[TaggedSpan]) -> int | None:
    return next((n for n in range(len(spans) - 1, -1, -1) if spans[n].role is Role.COMPARATIVE), None)


def _is_negated(spans: Sequence[TaggedSpan], at: int) -> bool:
    return at > 0 and spans[at - 1].role is Role.NOT


def _range(spans: Sequence[TaggedSpan], at: int) -> tuple[tuple[Bound, ...], int]:
    first = next_meaning(spans, at)
    joiner = next_meaning(spans, first + 1) if first is not None else None
    last = next_meaning(spans, joiner + 1) if joiner is not None else None
    if first is None or joiner is None or last is None or spans[joiner].role not in (Role.AND, Role.TO):
        return (), at
    low, high = spans[first].number, spans[last].number
    if low is None or high is None:
        return (), at
    return (Bound(">=", min(low, high)), Bound("<=", max(low, high))), last + 1


def _given(spans: Sequence[TaggedSpan], at: int, op: str) -> tuple[tuple[Bound, ...], int]:
    """The right-hand side that starts at a span, empty if none does, and the position after it."""
    start = next_meaning(spans, at, Role.BOTH, Role.EVERY)
    if start is None or not _side_by_side(spans, at - 1, start):
        return (), at
    span = spans[start]
    if span.number is not None:
        counted = start + 1 < len(spans) and spans[start + 1].role in (Role.COUNTRIES, Role.MEMBERS, Role.FAMILY)
        # "In more than one country" counts countries, not points.
        return ((), at) if counted else ((Bound(op, span.number),), start + 1)
    if span.role is Role.COUNTRY:
        return _countries(spans, start, op)
    if span.role in _AREAS:
        stat = next_meaning(spans, start + 1)
        if stat is not None and spans[stat].role is Role.STAT:
            return (Bound(op, stat=spans[stat].value, group=_area(span)),), stat + 1
    if span.role is Role.STAT:
        return (Bound(op, stat=span.value),), start + 1
    if span.role is Role.INDICATOR and not span.is_implied:
        return _indicators(spans, start, op)
    return (), at


def _indicators(spans: Sequence[TaggedSpan], start: int, op: str) -> tuple[tuple[Bound, ...], int]:
    """ "Higher than cocaine, heroin and cannabis": each of them, unless it starts a clause of its own."""
    found, end = [spans[start]], start + 1
    while (joiner := next_meaning(spans, end)) is not None and spans[joiner].role is Role.AND:
        after = next_meaning(spans, joiner + 1)
        if after is None or spans[after].role is not Role.INDICATOR:
            break
        beyond = next_meaning(spans, after + 1, Role.BOTH, Role.EVERY)
        if beyond is not None and spans[beyond].role in _STARTS:
            break
        found.append(spans[after])
        end = after + 1
    return tuple(Bound(op, indicator=i) for span in found for i in span.ids), end


def _side_by_side(spans: Sequence[TaggedSpan], first: int, last: int) -> bool:
    """Whether there is no unexplained word between two spans."""
    return all(spans[n].end == spans[n + 1].start or spans[n + 1].start < spans[n].end for n in range(first, last))


def _countries(spans: Sequence[TaggedSpan], start: int, op: str) -> tuple[tuple[Bound, ...], int]:
    ids, end, either = list(spans[start].ids), start + 1, False
    while (joiner := next_meaning(spans, end)) is not None and spans[joiner].role in _LIST:
        after = next_meaning(spans, joiner + 1)
        if after is None or spans[after].role is not Role.COUNTRY:
            break
        either = either or spans[joiner].role is Role.OR
        ids += spans[after].ids
        end = after + 1
    return (Bound(op, countries=tuple(ids), either=either),), end


def _with_areas(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Above the average for cocaine in Asia": an average is taken over the group named after it."""
    found = list(spans)
    for n, span in enumerate(found):
        if span.role is Role.THRESHOLD and span.bounds[0].stat and not span.bounds[0].group:
            after = next_meaning(found, n + 1, Role.INDICATOR)
            if after is not None and found[after].role in _AREAS:
                found[n] = replace(span, bounds=tuple(replace(b, group=_area(found[after])) for b in span.bounds))
    return found


def _area(span: TaggedSpan) -> str:
    if span.role is Role.GROUP:
        return span.ids[0]
    return WORLD if span.role is Role.WORLD else span.value
