"""A question of two steps, each read as a question of its own by what was learned; None where either is not read whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.reading import CRIMINALITY, change_editions
from index.meaning.forms.two_step import cuts_of
from index.meaning.framed.fill import family_meant, filled, stat_meant
from index.meaning.framed.frame import Frame, frame_of
from index.meaning.masked import MARK
from index.meaning.meaning import Direction, Meaning

# Reads a part of a question as a question of its own; None if it is none.
Read = Callable[[str], Asked | None]
# A kind less likely than this is not tried for a step.
_LEAST = 0.2
# Two steps that are told right less likely than this are not set against what a form makes of them.
_BOTH = 0.5
_FIRST = ("set", "ranking", "group_ranking")
_MOVES = (Direction.UP, Direction.DOWN)


@dataclass(frozen=True, slots=True)
class TwoSteps:
    """The meaning, and how likely it is that both steps were told right."""

    meaning: Meaning
    chance: float


def two_steps(asked: Asked, read: Read) -> TwoSteps | None:
    """The likeliest way to cut the question of which both parts are read whole; None without one that is likely."""
    part = cache(lambda text: read(_words(asked, text)))
    found = []
    for before, after in dict.fromkeys(cuts_of(asked.text)):
        first = _first(part(before))
        second = None if first is None else _second(part(after), first.meaning)
        if first is not None and second is not None:
            found.append(TwoSteps(replace(second.meaning, among=first.meaning), first.chance * second.chance))
    likely = [steps for steps in found if steps.chance >= _BOTH]
    return max(likely, key=lambda steps: steps.chance, default=None)


def _words(asked: Asked, text: str) -> str:
    """A part of the masked text with the words of its marks."""
    words, marks = asked.question.reading.words, asked.masked.marks

    def said(mark: str) -> str:
        span = marks.get(mark)
        return mark if span is None else " ".join(words[span.start : max(span.end, span.start + 1)])

    return MARK.sub(lambda m: said(m[0]), text).replace(" |", ".").replace(" ,", ",")


def _first(asked: Asked | None) -> TwoSteps | None:
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
        return TwoSteps(meaning, frame.chance * asked.learned.kinds[label])
    return None


def _likely(asked: Asked, labels: tuple[str, ...]) -> list[str]:
    kinds = asked.learned.kinds
    return sorted((label for label in labels if kinds.get(label, 0.0) >= _LEAST), key=lambda label: -kinds[label])


def _second(asked: Asked | None, first: Meaning) -> TwoSteps | None:
    """What is asked of the countries that the first step gives; it names none of its own."""
    frame = None if asked is None else frame_of(asked)
    if asked is None or frame is None or frame.scope.countries or frame.scope.without_countries:
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
            return TwoSteps(meaning, frame.chance * asked.learned.kinds[label])
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
