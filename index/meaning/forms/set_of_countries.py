"""Which countries: those at one end of the scale, those in a place, those that moved most, those that meet conditions."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import Parts, asks_for_countries, parts_of
from index.meaning.meaning import Direction, Meaning
from index.meaning.slots.asides import without_asides
from index.meaning.slots.limits import plural
from index.meaning.slots.order import change_order, moved_most, order_of, runs_down
from index.scores.query import Op

# Says that countries are asked for rather than the groups they are in.
COUNTRY = LatePattern(r"\b(?:countr\w+|nations?|states?|members?|islands?|jurisdictions?|places?)\b")
# "Climbed the most places": the rank moved, whatever the score did.
_PLACES = LatePattern(
    r"\b(?:most|many|more|fewest|N\d+) (?:ranking )?(?:places|positions|spots|ranks|rungs)(?= (?:in|on|up|down|for|Y\d)|$)"
)
_SIDES = {Op.ABOVE: Direction.HIGH, Op.AT_LEAST: Direction.HIGH, Op.BELOW: Direction.LOW, Op.AT_MOST: Direction.LOW}


def fill(asked: Asked) -> Meaning | None:
    """A set of countries; None if it has neither an order nor a condition, or something in it could not be read."""
    asked = without_asides(asked)
    parts = parts_of(asked)
    if parts is None or not asks_for_countries(asked, parts):
        return None
    if any(len(g) > 2 for g in parts.scope.groups) and not COUNTRY.search(asked.text):
        # "G1, G2 and G3, who is worst" is about the groups.
        return None
    ordered = _ordered_topics(parts)
    # What meets a condition is put in order only where words say so.
    order = order_of(parts.rest, ordered, freely=not parts.tests.tests) if ordered else None
    if parts.limits.place is not None:
        order = placed_end(parts, order, ordered)
    if order is not None and not parts.tests.tests:
        order = change_order(parts.rest, order, parts.over_time)
    if order is None and parts.limits.limit and not parts.limits.place:
        # "Any three above N1" are the three furthest above it.
        order, ordered = _by_test(parts)
    if order is None and (not parts.tests.tests or parts.limits.place or parts.limits.limit):
        return None
    if (order is not None and len(ordered) != 1) or (order is None and parts.left_over):
        return None
    several = plural(parts.rest) and not moved_most(parts.rest)
    limit = parts.limits.limit or (1 if order and not parts.limits.place and not several else None)
    if order is None:
        ordered = tuple(dict.fromkeys((*ordered, *parts.tests.indicators)))
    if order is not None and not (parts.limits.limit or parts.limits.place) and runs_down(asked.text):
        # "Countries above N1, worst first" are all of them, in order.
        return meaning_of(Kind.RANKING, parts, ordered, order, None)
    return meaning_of(Kind.SET, parts, ordered, order, limit)


def meaning_of(kind: Kind, parts: Parts, indicators: tuple[str, ...], order: Direction | None, limit: int | None) -> Meaning:
    """A meaning with the scope, editions and conditions of a question."""
    return Meaning(
        kind,
        by_places=order in (Direction.UP, Direction.DOWN) and bool(_PLACES.search(parts.rest.text)),
        countries=parts.scope.countries,
        groups=parts.scope.groups,
        without_countries=parts.scope.without_countries,
        without_groups=parts.scope.without_groups,
        indicators=indicators,
        editions=parts.editions,
        latest=parts.when.latest,
        order=order,
        limit=limit,
        place=parts.limits.place,
        tests=parts.tests.tests,
    )


def placed_end(parts: Parts, order: Direction | None, indicators: tuple[str, ...]) -> Direction | None:
    """The order in which a place is taken: "second from the bottom" is the second lowest, "runner-up" the second highest."""
    return order or (Direction.LOW if parts.limits.end == "low" else Direction.HIGH if indicators else None)


def _ordered_topics(parts: Parts) -> tuple[str, ...]:
    """The indicators that could be put in order: those no condition is about, or all if there are no others."""
    return tuple(i for i in parts.indicators if i not in parts.tests.indicators) or parts.indicators


def _by_test(parts: Parts) -> tuple[Direction | None, tuple[str, ...]]:
    """The order in which countries meet the only condition by most, and its indicator; no order if it gives none."""
    tests = [t for row in parts.tests.tests for t in row]
    if len(tests) != 1 or tests[0].change or tests[0].op not in _SIDES:
        return None, parts.indicators
    return _SIDES[tests[0].op], (tests[0].indicator,)
