"""What a yes/no question claims, from a frame. Pure."""

from __future__ import annotations

from dataclasses import replace

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.meaning.forms.reading import Reading, change_editions, groups_hold, own_groups
from index.meaning.framed.frame import Frame
from index.meaning.meaning import Direction, Meaning, OfPlace, Test
from index.meaning.slots.topics import Topics
from index.meaning.yes_no import is_denied
from index.scores.query import Op
from index.scores.statistics import Stat

_ORDERS = {Op.ABOVE: Direction.HIGH, Op.BELOW: Direction.LOW}
_MOVES = (Direction.UP, Direction.DOWN)


def filled(frame: Frame) -> Meaning | None:
    """A claim about a country or two, or about two groups: scores or changes against a number, another score or a mean, or the
    place in an order."""
    countries, scope = frame.scope.countries, frame.scope
    if len(countries) > 2 or is_denied(frame.asked.text) or scope.without_countries or scope.without_groups:
        return None
    indicators = tuple(dict.fromkeys((*frame.tested, *frame.indicators)))
    if len(indicators) != 1:
        return None
    base = Meaning(
        Kind.VALUE,
        countries=countries,
        indicators=indicators,
        editions=frame.when.editions,
        latest=frame.when.latest,
        yes_no=True,
    )
    if frame.tests:
        return _tested(frame, base)
    if frame.order is None:
        return None
    if len(countries) == 1:
        return _of_one(frame, base, frame.order)
    if frame.span or frame.limit or frame.place or frame.order in _MOVES:
        return None
    if countries:
        return replace(base, kind=Kind.COMPARISON, order=frame.order)
    if len(scope.group_ids) != 2:
        return None
    return replace(base, kind=Kind.GROUP_RANKING, groups=(scope.group_ids,), order=frame.order, limit=1, stat=Stat.MEAN)


def _of_one(frame: Frame, base: Meaning, order: Direction) -> Meaning | None:
    """Whether a score rose or fell, whether a country holds a place, or whether it is above or below the mean of a group."""
    reading = Reading(frame.scope, frame.when, Topics(base.indicators), False)
    groups = own_groups(frame.asked, reading)
    named = tuple(g for either in groups for g in either)
    if frame.scope.groups and not groups_hold(frame.asked, reading):
        return None
    if order in _MOVES:
        moved = frame.slot("of") in ("change", "") or frame.span
        return replace(base, kind=Kind.CHANGE, order=order, editions=change_editions(frame.asked, frame.when)) if moved else None
    if frame.span:
        return None
    if frame.slot("of") == "rank":
        placed = replace(base, kind=Kind.RANK, groups=groups, order=order)
        return replace(placed, place=frame.place) if frame.place else replace(placed, limit=frame.limit or 1)
    if frame.slot("of") not in ("comparison", "value") or frame.limit or frame.place or len(named) > 1:
        return None
    if not named and not frame.scope.world:
        return None
    right = OfPlace(named[0] if named else WORLD)
    return replace(base, tests=((Test(base.indicators[0], Op.ABOVE if order is Direction.HIGH else Op.BELOW, right),),))


def _tested(frame: Frame, base: Meaning) -> Meaning | None:
    tests = [t for row in frame.tests for t in row]
    if len(tests) != 1 or len(base.countries) != 1 or frame.limit or frame.place:
        return None
    (test,) = tests
    if test.change:
        return replace(base, kind=Kind.CHANGE, tests=frame.tests, editions=change_editions(frame.asked, frame.when))
    if len(base.editions) > 1:
        return None
    other = _country(test)
    if other is not None:
        order = _ORDERS.get(test.op)
        return None if order is None else replace(base, kind=Kind.COMPARISON, countries=(*base.countries, other), order=order)
    return replace(base, tests=frame.tests)


def _country(test: Test) -> str | None:
    """The country that a score is compared with, if it is one."""
    right = test.right
    return right.place if isinstance(right, OfPlace) and len(right.place) == 3 and right.place.isupper() else None
