"""Questions of two steps: the first names countries or a group, the second asks something of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms import group_ranking, ranking, set_of_countries
from index.meaning.meaning import Direction, Meaning
from index.meaning.phrase_tables import table
from index.meaning.slots.limits import limit_of
from index.meaning.slots.order import order_of
from index.meaning.slots.scope import scope_of
from index.meaning.slots.stat import stat_of
from index.meaning.slots.tests import tests_of
from index.meaning.slots.topics import Topics, indicators_of
from index.meaning.slots.when import when_of
from index.scores.statistics import Stat

_BY_GROUP = re.compile(r"\b(?:region|continent|part of the world)s?\b")
_HOW_MANY = re.compile(r"\b(?:how many|count|number of|what (?:share|proportion|percentage|part))\b")
_SHARE = re.compile(r"\b(?:share|proportion|percentage|percent|part)\b")
_EACH = re.compile(r"\b(?:each|split|divided|continents?|regions?)\b")
_SORTED = re.compile(r"\b(?:rank|ranked|sort|sorted|order|ordered|list them by)\b")
_MARKETS = {"market": "criminal_markets", "crime": "criminal_markets", "actor": "criminal_actors"}
_FAMILY = re.compile(
    r"\b(?:worst|main|top|biggest|gravest|largest|highest|strongest|weakest|N\d+ worst) (crime|market|actor)s?\b"
)
_MOVED = re.compile(r"\b(?:moved|changed?|happened|evolved?|developed|gone|went|story|trend)\b")
_PLACED = re.compile(r"\b(?:rank|place|position|sit|sits|stand|stands)\b")


@cache
def _cuts() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("steps")["cuts"])


def fill(asked: Asked) -> Meaning | None:
    """Both steps, the first as `among` of the second; None if the question cannot be cut into two."""
    for cut in _cuts():
        match = cut.match(asked.text)
        if match is None:
            continue
        first = _first(asked.step(match["first"], "criminality"))
        if first is None:
            continue
        second = _second(asked.step(match["second"], (first.indicators or ("criminality",))[0]), first)
        if second is not None:
            return replace(second, among=first)
    return None


def _first(asked: Asked) -> Meaning | None:
    """The step that names countries: those first in an order or those that meet a test; or the first of some groups."""
    if _BY_GROUP.search(asked.text):
        group = group_ranking.fill(asked)
        return None if group is None else replace(group, limit=group.limit or 1)
    limits = limit_of(asked)
    several = limits.limit is not None and limits.limit > 1
    filled = ranking.fill(asked) if several else set_of_countries.fill(asked)
    if filled is None or filled.countries or not (filled.order or filled.tests):
        return None
    return filled


def _second(asked: Asked, first: Meaning) -> Meaning | None:
    """What is asked of the countries of the first step."""
    scope, when, topics = scope_of(asked), when_of(asked), indicators_of(asked)
    if scope.countries or when.years_without_edition:
        return None
    named = topics.indicators if not topics.implied or not first.indicators else ()
    indicators = named or first.indicators
    base = Meaning(
        Kind.SET,
        groups=scope.groups,
        without_groups=scope.without_groups,
        without_countries=scope.without_countries,
        indicators=indicators,
        editions=when.editions,
    )
    return _counted(asked, base) or _of_indicators(asked, base) or _asked_of_them(asked, base, first, topics)


def _counted(asked: Asked, base: Meaning) -> Meaning | None:
    if not _HOW_MANY.search(asked.text) or _EACH.search(asked.text):
        return None
    tests = tests_of(asked)
    if not (base.groups or base.without_groups or tests):
        return None
    return replace(base, kind=Kind.COUNT, tests=tests, share=bool(_SHARE.search(asked.text)))


def _of_indicators(asked: Asked, base: Meaning) -> Meaning | None:
    """ "Its worst market": the indicators of the countries of the first step, side by side."""
    family = _FAMILY.search(asked.text)
    if family is None or base.groups:
        return None
    limit = limit_of(asked).limit
    return replace(base, kind=Kind.INDICATOR_RANKING, indicators=(_MARKETS[family[1]],), order=Direction.HIGH, limit=limit or 1)


def _asked_of_them(asked: Asked, base: Meaning, first: Meaning, topics: Topics) -> Meaning | None:
    tests, stat = tests_of(asked), stat_of(asked)
    order = order_of(asked, base.indicators)
    if _EACH.search(asked.text) and _HOW_MANY.search(asked.text):
        return None
    if stat in (Stat.MEAN, Stat.MEDIAN) and len(base.indicators) == 1:
        return replace(base, kind=Kind.AGGREGATE, stat=stat)
    if tests:
        return replace(base, tests=tests)
    if order in (Direction.UP, Direction.DOWN):
        return replace(base, order=order, limit=limit_of(asked).limit)
    if _SORTED.search(asked.text) and topics.indicators:
        return replace(base, kind=Kind.RANKING, order=order or Direction.HIGH)
    if order is not None:
        limits = limit_of(asked)
        return replace(base, order=order, limit=limits.limit or (None if limits.place else 1), place=limits.place)
    if _PLACED.search(asked.text):
        return None
    if _MOVED.search(asked.text):
        return replace(base, change=True)
    if base.groups or (topics.indicators and base.indicators != first.indicators):
        return base
    return None
