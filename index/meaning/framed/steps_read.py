"""The steps of a question of two, each read as a question of its own by what was learned. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.reading import CRIMINALITY, change_editions
from index.meaning.framed.fill import family_meant, filled, stat_meant
from index.meaning.framed.frame import Frame, frame_of
from index.meaning.meaning import Direction, Meaning

# Two steps that are told right less likely than this are not set against what a form makes of them.
LIKELY_ENOUGH = 0.5
# A kind less likely than this is not tried for a step.
_LEAST = 0.2
_FIRST = ("set", "ranking", "group_ranking")
_MOVES = (Direction.UP, Direction.DOWN)


@dataclass(frozen=True, slots=True)
class Filled:
    """A meaning filled by what was learned, and how likely it is that all its parts were told right."""

    meaning: Meaning
    chance: float


def together(first: Filled, second: Filled) -> Filled:
    """The second step, asked of what the first gives."""
    return Filled(replace(second.meaning, among=first.meaning), first.chance * second.chance)


def first_step(asked: Asked | None) -> Filled | None:
    """The step that gives countries: those first in an order or those that meet a test; or the first of some groups."""
    frame = None if asked is None else frame_of(asked)
    if asked is None or frame is None:
        return None
    for label in _likely(asked, _FIRST):
        meaning = filled(frame, label)
        if meaning is None or meaning.countries or not (meaning.order or meaning.tests):
            continue
        if meaning.kind is Kind.GROUP_RANKING:
            meaning = replace(meaning, limit=meaning.limit or 1)
        elif meaning.kind is Kind.RANKING and meaning.limit is None and not meaning.tests:
            meaning = replace(meaning, kind=Kind.SET, limit=1)
        return Filled(meaning, frame.chance * asked.learned.kinds[label] * _topic_chance(asked, meaning.indicators))
    return None


def _topic_chance(asked: Asked, indicators: tuple[str, ...]) -> float:
    """How likely the indicators of a step are the ones meant: surely, where it names any."""
    if _names_topic(asked):
        return 1.0
    return min((asked.learned.indicators.get(i, 1.0) for i in indicators), default=1.0)


def _likely(asked: Asked, labels: tuple[str, ...]) -> list[str]:
    kinds = asked.learned.kinds
    return sorted((label for label in labels if kinds.get(label, 0.0) >= _LEAST), key=lambda label: -kinds[label])


def second_step(asked: Asked | None, first: Meaning, stand_in: str = "") -> Filled | None:
    """What is asked of the countries that the first step gives; it names none of its own, but for the `stand_in` of those."""
    frame = None if asked is None else frame_of(asked)
    if asked is None or frame is None:
        return None
    if stand_in:
        scope = frame.scope
        if stand_in not in (*scope.countries, *scope.group_ids):
            return None
        countries = tuple(c for c in scope.countries if c != stand_in)
        groups = tuple(either for either in scope.groups if stand_in not in either)
        frame = replace(frame, scope=replace(scope, countries=countries, groups=groups))
    if frame.scope.countries or frame.scope.without_countries:
        return None
    said = frame.indicators or frame.tested
    own = said if said not in ((), (CRIMINALITY,)) or _names_topic(asked) else first.indicators
    editions = frame.when.editions or (first.editions if len(first.editions) == 1 else ())
    base = Meaning(
        Kind.SET,
        groups=frame.scope.groups,
        without_groups=frame.scope.without_groups,
        indicators=own,
        editions=editions,
        latest=frame.when.latest,
    )
    one = first.kind is not Kind.GROUP_RANKING and (first.limit == 1 or first.place is not None)
    for label in _likely(asked, tuple(_SECOND)):
        meaning = _SECOND[label](_Step(frame, first, base, one))
        if meaning is not None:
            own = tuple(i for i in meaning.indicators if i not in first.indicators)
            chance = frame.chance * asked.learned.kinds[label] * _topic_chance(asked, own)
            return Filled(meaning, chance)
    return None


def _names_topic(asked: Asked) -> bool:
    """Whether a step names a score, or says a word such as "crime"."""
    named = asked.masked.ids("I") or asked.masked.ids("S")
    return bool(named) or any(span.is_implied for span in asked.question.reading.spans)


@dataclass(frozen=True, slots=True)
class _Step:
    """A second step: `one` is whether the first gives a single country."""

    frame: Frame
    first: Meaning
    base: Meaning
    one: bool

    @property
    def plain(self) -> bool:
        """Whether nothing chooses among the countries."""
        return not (self.base.groups or self.base.without_groups or self.frame.tests or self.frame.limit or self.frame.place)


def _scores(step: _Step) -> Meaning | None:
    named = step.base.indicators != step.first.indicators
    return replace(step.base, kind=Kind.VALUE) if step.plain and named and not step.frame.span else None


def _rank(step: _Step) -> Meaning | None:
    chosen = step.frame.tests or step.frame.limit or step.frame.place or step.frame.span
    return None if chosen or len(step.base.indicators) != 1 else replace(step.base, kind=Kind.RANK)


def _change(step: _Step) -> Meaning | None:
    if not step.plain:
        return None
    kind = Kind.CHANGE if step.one else Kind.SET
    return replace(step.base, kind=kind, change=True, editions=_spanned(step))


def _spanned(step: _Step) -> tuple[int, ...]:
    named = change_editions(step.frame.asked, step.frame.when)
    return named or (step.first.editions if len(step.first.editions) == 2 else ())


def _trend(step: _Step) -> Meaning | None:
    if not step.plain or not step.one:
        return _change(step)
    return replace(step.base, kind=Kind.TREND, editions=step.frame.when.editions if step.frame.span else ())


def _indicators(step: _Step) -> Meaning | None:
    order = step.frame.order
    if not (step.frame.place is None and not step.base.groups and not step.frame.tests) or order not in (
        Direction.HIGH,
        Direction.LOW,
    ):
        return None
    kind = Kind.INDICATOR_SET if step.one else Kind.INDICATOR_RANKING
    family = family_meant(step.frame)
    return replace(step.base, kind=kind, indicators=family, order=order, limit=step.frame.limit or 1) if family else None


def _count(step: _Step) -> Meaning | None:
    counted = step.base.groups or step.base.without_groups or step.frame.tests
    if not counted or step.frame.limit or step.frame.place:
        return None
    editions = _spanned(step) if step.frame.changes else step.base.editions
    return replace(
        step.base, kind=Kind.COUNT, tests=step.frame.tests, share=step.frame.slot("stat") == "share", editions=editions
    )


def _some(step: _Step) -> Meaning | None:
    frame = step.frame
    moved = frame.changes or frame.order in _MOVES
    editions = _spanned(step) if moved else step.base.editions
    if frame.order is None:
        chosen = frame.tests or step.base.groups or step.base.without_groups
        return replace(step.base, tests=frame.tests, editions=editions) if chosen and not (frame.limit or frame.place) else None
    if len(step.base.indicators) != 1:
        return None
    limit = frame.limit or (1 if not frame.place and not frame.several and not frame.tests else None)
    return replace(step.base, tests=frame.tests, order=frame.order, limit=limit, place=frame.place, editions=editions)


def _ordered(step: _Step) -> Meaning | None:
    if len(step.base.indicators) != 1 or step.frame.tests or step.frame.place or step.frame.order in _MOVES:
        return None
    return replace(step.base, kind=Kind.RANKING, order=step.frame.order or Direction.HIGH, limit=step.frame.limit)


def _mean(step: _Step) -> Meaning | None:
    stat = stat_meant(step.frame)
    if stat is None or len(step.base.indicators) != 1 or step.frame.tests or step.frame.limit or step.frame.place:
        return None
    return replace(step.base, kind=Kind.AGGREGATE, stat=stat)


_SECOND: Mapping[str, Callable[[_Step], Meaning | None]] = {
    "value": _scores,
    "comparison": _scores,
    "rank": _rank,
    "change": _change,
    "trend": _trend,
    "indicator_set": _indicators,
    "indicator_ranking": _indicators,
    "count": _count,
    "set": _some,
    "ranking": _ordered,
    "aggregate": _mean,
}
