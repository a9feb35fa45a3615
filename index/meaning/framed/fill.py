"""A meaning of each kind from a frame; None where the frame does not make a whole question of that kind. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.meaning.forms.comparison import compared_in, members_compared
from index.meaning.forms.indicator_set import family_of
from index.meaning.forms.parts import average_meant
from index.meaning.forms.reading import CRIMINALITY, RESILIENCE, Reading, change_editions, groups_hold, level_editions, own_groups
from index.meaning.framed import claim
from index.meaning.framed.frame import Frame
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.phrase_patterns import found_in
from index.meaning.roles import ROSE
from index.meaning.slots.by import Sides, sides_of
from index.meaning.slots.topics import LIKELY, Topics
from index.scores.statistics import Stat

_ENDS = (Direction.HIGH, Direction.LOW)
_MOVES = (Direction.UP, Direction.DOWN)
_STATS = {"mean": Stat.MEAN, "median": Stat.MEDIAN, "min": Stat.MIN, "max": Stat.MAX}
# Kinds that put many countries, groups or indicators in order, or count them.
_OF_MANY = frozenset(("set", "ranking", "count", "aggregate", "group_ranking", "indicator_ranking"))
_BY = {"region": By.REGION, "continent": By.CONTINENT}
_FAMILIES = frozenset((CRIMINALITY, "criminal_markets", "criminal_actors", RESILIENCE))


def filled(frame: Frame, label: str) -> Meaning | None:
    """The meaning of a question read as one of a kind (by the name that labelled questions give it)."""
    if label not in _FILLS or (label in _OF_MANY and _says_more(frame)):
        return None
    return _FILLS[label](frame)


def _says_more(frame: Frame) -> bool:
    """Whether words ask of many what no meaning holds: both ends of an order, a spread, what was so in every edition."""
    return bool({found.way for found in found_in("refused", frame.asked.text)} - {"denied", "how_many"})


def _base(frame: Frame, kind: Kind) -> Meaning:
    scope = frame.scope
    return Meaning(
        kind,
        countries=scope.countries,
        groups=scope.groups,
        without_countries=scope.without_countries,
        without_groups=scope.without_groups,
        indicators=frame.indicators,
        editions=frame.when.editions,
        latest=frame.when.latest,
    )


def _unlimited(frame: Frame) -> bool:
    """Whether nothing limits the question beyond its places, topics and editions."""
    exceptions = frame.scope.without_countries or frame.scope.without_groups
    return not (exceptions or frame.tests or frame.limit or frame.place)


def _in_their_groups(frame: Frame) -> bool:
    return groups_hold(frame.asked, Reading(frame.scope, frame.when, Topics(frame.indicators), False))


def _own_groups(frame: Frame) -> tuple[tuple[str, ...], ...]:
    return own_groups(frame.asked, Reading(frame.scope, frame.when, Topics(frame.indicators), False))


def _value(frame: Frame) -> Meaning | None:
    if not frame.scope.countries or not frame.indicators or not _unlimited(frame) or not _in_their_groups(frame):
        return None
    return replace(_base(frame, Kind.VALUE), groups=(), editions=level_editions(frame.asked, frame.when))


def _rank(frame: Frame) -> Meaning | None:
    if not frame.scope.countries or not frame.indicators or not _unlimited(frame) or not _in_their_groups(frame):
        return None
    return None if frame.when.change else replace(_base(frame, Kind.RANK), groups=_own_groups(frame))


def _change(frame: Frame) -> Meaning | None:
    if not frame.scope.countries or not frame.indicators or not _unlimited(frame) or not _in_their_groups(frame):
        return None
    return replace(_base(frame, Kind.CHANGE), groups=(), editions=change_editions(frame.asked, frame.when))


def _trend(frame: Frame) -> Meaning | None:
    places = frame.scope.countries or frame.scope.groups or frame.scope.world
    if not places or not frame.indicators or not _unlimited(frame) or (frame.scope.countries and not _in_their_groups(frame)):
        return None
    by = By.EDITION if frame.slot("by") == "edition" and frame.order in _ENDS else None
    return replace(
        _base(frame, Kind.TREND),
        groups=() if frame.scope.countries else frame.scope.groups,
        editions=() if frame.when.whole else level_editions(frame.asked, frame.when),
        order=frame.order if by else None,
        by=by,
    )


def _comparison(frame: Frame) -> Meaning | None:
    countries = frame.scope.countries or members_compared(frame.asked, frame.scope.groups, frame.when)
    if not _unlimited(frame) or frame.when.change or not countries:
        return None
    indicators = compared_in(frame.asked, frame.indicators or (CRIMINALITY, RESILIENCE))
    editions = level_editions(frame.asked, frame.when)
    base = replace(_base(frame, Kind.COMPARISON), countries=countries, indicators=indicators, editions=editions)
    if not frame.scope.countries:
        return replace(base, groups=())
    if len(frame.scope.countries) > 1:
        return replace(base, groups=()) if _in_their_groups(frame) else None
    groups = _own_groups(frame) or (((WORLD,),) if frame.scope.world else ())
    return replace(base, groups=groups) if groups else None


def _difference(frame: Frame) -> Meaning | None:
    if not frame.indicators or not _unlimited(frame) or frame.span:
        return None
    base, countries = _base(frame, Kind.DIFFERENCE), frame.scope.countries
    groups = _own_groups(frame) or (((WORLD,),) if frame.scope.world else ())
    named = [g for either in groups for g in either]
    if len(countries) == 2:
        return replace(base, groups=()) if _in_their_groups(frame) else None
    if len(countries) == 1 and not named:
        return base if len(frame.indicators) == 2 else None
    return replace(base, groups=tuple((g,) for g in named)) if len(countries) + len(named) == 2 else None


def _aggregate(frame: Frame) -> Meaning | None:
    stat = stat_meant(frame)
    if stat is None or len(frame.indicators) != 1 or len(frame.scope.countries) == 1 or frame.limit or frame.place:
        return None
    moved = frame.span and frame.order in _MOVES
    return replace(_base(frame, Kind.AGGREGATE), stat=stat, tests=frame.tests, order=Direction.UP if moved else None)


def _set(frame: Frame) -> Meaning | None:
    if len(frame.scope.countries) == 1 or (frame.span and frame.order in _ENDS):
        return None
    order = frame.order
    if order is None:
        if not frame.tests or frame.limit or frame.place:
            return None
        indicators = tuple(dict.fromkeys((*frame.indicators, *frame.tested)))
        return replace(_base(frame, Kind.SET), indicators=indicators, tests=frame.tests)
    indicators = frame.indicators or frame.tested
    if len(indicators) != 1:
        return None
    limit = frame.limit or (1 if not frame.place and not frame.several and not frame.tests else None)
    return replace(_base(frame, Kind.SET), indicators=indicators, tests=frame.tests, order=order, limit=limit, place=frame.place)


def _ranking(frame: Frame) -> Meaning | None:
    indicators = frame.indicators or frame.tested
    if len(indicators) != 1 or len(frame.scope.countries) == 1 or frame.place or (frame.span and frame.order in _ENDS):
        return None
    return replace(
        _base(frame, Kind.RANKING),
        indicators=indicators,
        tests=frame.tests,
        order=frame.order or Direction.HIGH,
        limit=frame.limit,
    )


def _count(frame: Frame) -> Meaning | None:
    if not frame.tests or frame.limit or frame.place or len(frame.scope.countries) == 1:
        return None
    indicators = tuple(dict.fromkeys((*frame.tested, *frame.indicators)))
    share = frame.slot("stat") == "share"
    return replace(_base(frame, Kind.COUNT), indicators=indicators, tests=frame.tests, share=share, by=_BY.get(frame.slot("by")))


def _group_ranking(frame: Frame) -> Meaning | None:
    if len(frame.indicators) != 1 or frame.scope.countries or frame.tests:
        return None
    sides = _sides(frame)
    if sides is None or (frame.span and frame.order in _ENDS):
        return None
    stat = stat_meant(frame)
    several = frame.limit is None and (frame.several or frame.order is None or frame.slot("limit") == "")
    return replace(
        _base(frame, Kind.GROUP_RANKING),
        groups=(sides.groups,) if sides.groups else ((sides.within,),) if sides.within else (),
        order=frame.order or Direction.HIGH,
        limit=frame.limit or (None if several or frame.place else 1),
        place=frame.place,
        by=sides.by,
        stat=Stat.MEDIAN if stat is Stat.MEDIAN else None,
    )


def _sides(frame: Frame) -> Sides | None:
    """The groups set side by side: as the words say, or else the regions or continents that were learned; inside a continent
    that is named, its regions."""
    named = frame.scope.group_ids or frame.asked.masked.ids("G")
    by = _BY.get(frame.slot("by"))
    said = sides_of(frame.asked, named)
    if said is not None or by is None or len(named) > 1:
        return said
    return Sides(by) if not named else Sides(by, (), named[0]) if by is By.REGION else None


def _indicator_ranking(frame: Frame) -> Meaning | None:
    if frame.scope.countries or frame.tests or not frame.indicators or (frame.span and frame.order in _ENDS):
        return None
    if average_meant(frame.asked):
        return None
    families = family_meant(frame) or tuple(i for i in frame.indicators if i in _FAMILIES)
    if len(frame.indicators) == 1 and not families:
        return None
    single = frame.limit is None and frame.place is None and not frame.several and frame.order is not None
    return replace(
        _base(frame, Kind.INDICATOR_RANKING),
        indicators=families[:1] or frame.indicators,
        order=frame.order or Direction.HIGH,
        limit=1 if single else frame.limit,
        place=frame.place,
    )


def stat_meant(frame: Frame) -> Stat | None:
    """The statistic that was learned, if one is meant."""
    return _STATS.get(frame.slot("stat"))


def family_meant(frame: Frame) -> tuple[str, ...]:
    """The average whose parts are meant, if one was learned; () if none or several were."""
    learned = frame.asked.learned.indicators
    likely = tuple(i for i in sorted(_FAMILIES) if learned.get(i, 0.0) >= LIKELY)
    return likely if len(likely) == 1 and not frame.asked.masked.ids("S") else ()


def _indicator_set(frame: Frame) -> Meaning | None:
    if len(frame.scope.countries) != 1 or not _in_their_groups(frame) or (frame.order is None and not frame.tests):
        return None
    tests = tuple(tuple(replace(t, indicator="") for t in row) for row in frame.tests)
    moved = frame.order in _MOVES or frame.changes
    chosen = frame.limit or frame.place or not tests
    return replace(
        _base(frame, Kind.INDICATOR_SET),
        groups=(),
        indicators=family_meant(frame) or family_of(frame.asked).indicators,
        editions=change_editions(frame.asked, frame.when) if moved else level_editions(frame.asked, frame.when),
        order=frame.order if chosen else None,
        limit=frame.limit,
        place=frame.place,
        tests=tests,
    )


def _correlation(frame: Frame) -> Meaning | None:
    wanted = len(frame.indicators) == 2 and not frame.scope.countries and _unlimited(frame)
    return _base(frame, Kind.CORRELATION) if wanted and len(frame.when.editions) < 2 else None


def _overview(frame: Frame) -> Meaning | None:
    if not frame.scope.countries or not _unlimited(frame) or not _in_their_groups(frame):
        return None
    topics = () if frame.indicators == (CRIMINALITY,) else frame.indicators
    return replace(_base(frame, Kind.OVERVIEW), groups=(), indicators=topics)


def _explanation(frame: Frame) -> Meaning | None:
    if not frame.scope.countries or not frame.indicators or frame.limit or frame.place or not _in_their_groups(frame):
        return None
    moved = frame.order in _MOVES or frame.when.change or frame.slot("moves") == ROSE
    return replace(
        _base(frame, Kind.EXPLANATION),
        groups=(),
        order=frame.order,
        editions=change_editions(frame.asked, frame.when) if moved else frame.when.editions,
    )


_FILLS: Mapping[str, Callable[[Frame], Meaning | None]] = {
    "value": _value,
    "rank": _rank,
    "set": _set,
    "ranking": _ranking,
    "change": _change,
    "trend": _trend,
    "comparison": _comparison,
    "difference": _difference,
    "aggregate": _aggregate,
    "group_ranking": _group_ranking,
    "indicator_ranking": _indicator_ranking,
    "indicator_set": _indicator_set,
    "count": _count,
    "correlation": _correlation,
    "overview": _overview,
    "explanation": _explanation,
    "verdict": claim.filled,
}
