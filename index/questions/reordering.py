"""Phrases in an unusual word order, put into the usual order before comparisons are read. Pure.

"Compared to Peru, which countries are higher" and "which countries are higher than Peru" become the same spans; "higher than in
2021" becomes a change; "from highest to lowest" becomes an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.questions.cues import Role
from index.questions.numbers import LARGEST_CHANGE
from index.questions.spans import TaggedSpan

_SKIPPED = frozenset({Role.FILLER, Role.SCORE, Role.POINTS})


def in_usual_order(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """The spans with every known phrase in its usual order."""
    straight = _comparatives_of_time(_compared_first(_same_last(_number_last(_one_of(_bare_directions(spans))))))
    return _list_orders(_or_both(_same_in_years(straight)))


def _or_both(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "On one, on the other, or on both": one is enough."""
    for n, span in enumerate(spans):
        after = next_meaning(spans, n + 1)
        if span.role is Role.OR and after is not None and spans[after].role is Role.BOTH:
            before = [
                replace(i, role=Role.OR) if i.role is Role.AND and _in_list(spans, m) else i for m, i in enumerate(spans[:n])
            ]
            return [*before, *spans[after + 1 :]]
    return list(spans)


def _in_list(spans: Sequence[TaggedSpan], joint: int) -> bool:
    before = next((i for i in reversed(spans[:joint]) if i.role not in _SKIPPED), None)
    after = next_meaning(spans, joint + 1)
    return before is not None and after is not None and before.role is spans[after].role is Role.INDICATOR


def next_meaning(spans: Sequence[TaggedSpan], at: int, *also: Role) -> int | None:
    """The position of the next span, from `at` on, that is neither filler nor of one of these roles; None if there is none."""
    return next((n for n in range(at, len(spans)) if spans[n].role not in _SKIPPED and spans[n].role not in also), None)


def _bare_directions(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Up by 0.5" and "down since 2021" are changes; "how high up" and "look it up" are not."""
    moving = (Role.BY, Role.OP, Role.NUMBER, Role.AMOUNT, Role.YEARS, Role.EDITION, Role.SINCE, Role.COMPARATIVE)
    found = []
    for n, span in enumerate(spans):
        after = next_meaning(spans, n + 1)
        bare = span.role is Role.CHANGE and span.value in ("up", "down") and span.bare
        moves = after is not None and spans[after].role in moving
        locates = span.role is Role.CHANGE and span.locates and after is not None and _compares_score(spans, after)
        found.append(replace(span, role=Role.FILLER) if (bare and not moves) or locates else span)
    return found


def _compares_score(spans: Sequence[TaggedSpan], at: int) -> bool:
    """ "Fall between 5 and 6", "falls below 4": where a score lies, because no change is that large."""
    number = next_meaning(spans, at + 1)
    value = spans[number].number if number is not None else None
    return spans[at].role in (Role.BETWEEN, Role.OP) and value is not None and value > LARGEST_CHANGE


def _one_of(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "At least one of flora crimes and fauna crimes": one is enough."""
    for n, span in enumerate(spans):
        one = next_meaning(spans, n + 1) if span.role is Role.OP and span.value == ">=" else None
        topic = next_meaning(spans, one + 1) if one is not None else None
        if (
            one is None
            or topic is None
            or spans[one].role is not Role.NUMBER
            or spans[one].number != 1
            or spans[topic].role is not Role.INDICATOR
        ):
            continue
        after = list(spans[one + 1 :])
        joined = [replace(i, role=Role.OR) if i.role is Role.AND and _in_list(after, m) else i for m, i in enumerate(after)]
        return [*spans[:n], *joined]
    return list(spans)


def _number_last(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Above a resilience score of 5" is resilience above 5."""
    found = list(spans)
    for n, span in enumerate(spans):
        topic = next_meaning(spans, n + 1) if span.role is Role.OP else None
        number = next_meaning(spans, topic + 1) if topic is not None else None
        if topic is None or number is None or spans[topic].role is not Role.INDICATOR:
            continue
        if spans[number].role in (Role.NUMBER, Role.AMOUNT):
            end = spans[topic].end
            found[n : topic + 1] = [spans[topic], *spans[n + 1 : topic], replace(span, start=end, end=end)]
    return found


def _same_last(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "The same resilience as Kenya": the indicator goes before "the same as"."""
    for n, span in enumerate(spans):
        other = next_meaning(spans, n + 1, Role.INDICATOR) if span.role is Role.SAME else None
        if other is not None and spans[other].role is Role.COUNTRY:
            return [*spans[:n], *spans[n + 1 : other], span, *spans[other:]]
    return list(spans)


def _compared_first(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Compared to Peru, which countries have higher …": what to compare with moves behind the comparative."""
    start = next((n for n, i in enumerate(spans) if i.role is Role.VERSUS), None)
    after = next_meaning(spans, start + 1) if start is not None else None
    if start is None or after is None or spans[after].role is not Role.COUNTRY:
        return list(spans)
    later = next((n for n in range(len(spans) - 1, after, -1) if spans[n].role is Role.COMPARATIVE), None)
    asked = any(i.role in (Role.COUNTRIES, Role.MEMBERS, Role.WHERE, Role.GROUP) for i in spans[after:])
    if later is None or not asked or any(i.role is Role.COMPARATIVE for i in spans[:start]):
        return list(spans)
    moved = replace(spans[start], role=Role.THAN)
    return [*spans[:start], *spans[after + 1 : later + 1], moved, spans[after], *spans[later + 1 :]]


def _comparatives_of_time(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Higher than in 2021", "better by half a point", "less crime since 2021" are changes."""
    found = list(spans)
    dated = any(i.role is Role.YEARS and i.value in ("since", "range") for i in spans)
    for n, span in enumerate(spans):
        if span.role is not Role.COMPARATIVE:
            continue
        way = {">": "up", "<": "down"}.get(span.value, span.value)
        after = next_meaning(spans, n + 1)
        than = next((m for m in range(n + 1, len(spans)) if spans[m].role is Role.THAN), None)
        side = next_meaning(spans, than + 1, Role.BY) if than is not None else None
        in_time = side is not None and spans[side].role is Role.YEARS
        between = [i for i in spans[n + 1 : than] if i.role is Role.COMPARATIVE] if than is not None else []
        if between and not in_time:
            than = None
        if than is not None and side is not None and in_time:
            found[n] = replace(span, role=Role.CHANGE, value=way)
            found[than] = replace(spans[than], role=Role.FILLER)
            found[side] = replace(spans[side], value="since")
            _merge_years(found, n, side)
        elif than is None and ((after is not None and spans[after].role is Role.BY) or (dated and _no_versus(spans))):
            found[n] = replace(span, role=Role.CHANGE, value=way)
    return found


def _no_versus(spans: Sequence[TaggedSpan]) -> bool:
    return not any(i.role in (Role.VERSUS, Role.THAN) for i in spans)


def _merge_years(spans: list[TaggedSpan], begin: int, side: int) -> None:
    """ "Lower in 2025 than in 2021": the two years make one range."""
    for n in range(begin, side):
        if spans[n].role is Role.YEARS:
            spans[side] = replace(spans[side], value="range", years=(*spans[n].years, *spans[side].years))
            spans[n] = replace(spans[n], role=Role.FILLER)


def _list_orders(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "From highest to lowest" asks for a whole list."""
    found: list[TaggedSpan] = []
    for span in spans:
        last = [i for i in found if i.role is not Role.FILLER][-2:]
        if span.role is Role.SUPERLATIVE and [i.role for i in last] == [Role.SUPERLATIVE, Role.TO]:
            at = found.index(last[0])
            found[at:] = [replace(last[0], role=Role.RANK, end=span.end)]
        else:
            found.append(span)
    return found


def _same_in_years(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "The same score in 2025 as in 2021": no change between the two."""
    years = [n for n, i in enumerate(spans) if i.role is Role.YEARS]
    same = [n for n, i in enumerate(spans) if i.role is Role.SAME]
    dated = len(years) == 2 or any(len(spans[n].years) > 1 for n in years)
    if not same or not years or not dated or any(i.role is Role.COUNTRY for i in spans):
        return list(spans)
    found = list(spans)
    found[same[0]] = replace(found[same[0]], role=Role.CHANGE, value="none")
    together = tuple(y for n in years for y in spans[n].years)
    found[years[0]] = replace(spans[years[0]], value="range", years=together)
    return [i for n, i in enumerate(found) if n not in years[1:]]
