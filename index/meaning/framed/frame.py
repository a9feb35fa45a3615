"""What the names and numbers of a question do in it by what was learned, settled once for all kinds. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.taxonomy import WORLD
from index.meaning.asked import Asked
from index.meaning.forms.unread_places import halved, in_unread_place, narrowed
from index.meaning.framed.chances import likeliest
from index.meaning.framed.tested import tests_of
from index.meaning.masked import MARK
from index.meaning.meaning import Direction, OfIndicator, Test
from index.meaning.roles import AGAINST, ASKED, LIMIT, NONE, PLACE, WITHOUT
from index.meaning.slots.limits import limit_of, plural
from index.meaning.slots.order import moved_most
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.topics import LIKELY, halves_of_names, indicators_of
from index.meaning.slots.when import When, short_years, when_of
from index.questions.names import LinkKind

# A name or number whose likeliest part is less likely than this is not settled.
_LEAST = 0.5
# From here on what was learned of a number or of the editions counts, whatever words say ("in 5 minutes" limits nothing).
_SURELY = 0.8
_UNSETTLED = frozenset((LinkKind.AMBIGUOUS, LinkKind.NOT_SCORED, LinkKind.UNDEFINED_GROUP))
# There are this many countries.
_MOST = 193


@dataclass(frozen=True, slots=True)
class Frame:
    """The slots of a question by what was learned; each is settled.

    `indicators` are those asked for, without those that only `tests` are about. `several`: whether more than one thing at the end
    of an order is asked for, though not how many. `chance`: how likely it is that all parts were told right.
    """

    asked: Asked
    scope: Scope
    when: When
    indicators: tuple[str, ...]
    tests: tuple[tuple[Test, ...], ...]
    order: Direction | None
    limit: int | None
    place: int | None
    several: bool
    chance: float

    @property
    def tested(self) -> tuple[str, ...]:
        """The indicators that conditions are about, in order."""
        return tuple(dict.fromkeys(t.indicator for row in self.tests for t in row))

    @property
    def changes(self) -> bool:
        """Whether a condition is about a change."""
        return any(t.change for row in self.tests for t in row)

    @property
    def span(self) -> bool:
        """Whether a span of time is named."""
        return len(self.when.editions) > 1 or self.when.whole or (self.when.change and not self.when.latest)

    def slot(self, name: str) -> str:
        """The likeliest value of a slot of the whole question."""
        return likeliest(self.asked.learned.slots.get(name, {}))[0]


def frame_of(asked: Asked) -> Frame | None:
    """The frame of a question; None where something stands in it whose part is not clear."""
    question, learned = asked.question, asked.learned
    if question.unread_numbers or question.unread_years or question.unread_editions or not learned.slots:
        return None
    when = _when(asked)
    years = short_years(asked)
    said = {mark: likeliest(chances) for mark, chances in learned.roles.items() if mark not in years}
    if when.years_without_edition or any(chance < _LEAST for _, chance in said.values()):
        return None
    roles = _members_compared(asked, {mark: role for mark, (role, _) in said.items()})
    if any(role != NONE and asked.masked.marks[mark].value in _UNSETTLED for mark, role in roles.items() if role != ASKED):
        return None
    scope = _scope(asked, roles)
    tests = tests_of(asked, roles)
    limit, place = _limits(asked, roles)
    if (
        not scope.settled
        or tests is None
        or not _numbers_read(asked, said, scope)
        or (learned_place(asked) and not (place or limit))
    ):
        return None
    if _limited_by_words(asked, scope):
        return None
    order, sure = likeliest(learned.orders)
    chances = [chance for _, chance in said.values()] + [sure]
    return Frame(
        asked,
        scope,
        when,
        _indicators(asked, roles, tests),
        tests,
        Direction(order) if order else None,
        limit,
        place,
        learned.slots.get("limit", {}).get("one", 0.0) < _LEAST and plural(asked) and not moved_most(asked),
        math.prod(chances),
    )


def _limited_by_words(asked: Asked, scope: Scope) -> bool:
    """Whether words say that not all countries are meant where no place was read."""
    return halved(asked) or (not (scope.countries or scope.groups) and (narrowed(asked) or in_unread_place(asked)))


def _when(asked: Asked) -> When:
    """The editions: as the words say, unless others were surely learned ("its first two scores"); years that are named stay."""
    when = when_of(asked)
    editions, chance = likeliest(asked.learned.slots.get("editions", {}))
    learned = tuple(map(int, editions.split()))
    named = set(asked.question.editions)
    if not learned or chance < _SURELY or set(learned) == set(when.editions) or not named <= set(learned) or when.whole:
        return when
    return When(learned, change=len(learned) > 1)


def learned_place(asked: Asked) -> bool:
    """Whether one place of an order is asked for ("third worst")."""
    return asked.learned.slots.get("place", {}).get(PLACE, 0.0) >= _LEAST


def _members_compared(asked: Asked, roles: Mapping[str, str]) -> dict[str, str]:
    """Roles with the first of two mentions of a group as the one that is asked about: "G20 states below the G20 mean"."""
    found = dict(roles)
    against = [m for m, role in roles.items() if m[0] == "G" and role in AGAINST]
    for first, second in pairwise(against):
        if asked.masked.marks[first].ids == asked.masked.marks[second].ids:
            found[first] = ASKED
    return found


def _scope(asked: Asked, roles: Mapping[str, str]) -> Scope:
    """The places that are asked about; those left out are exceptions, those compared with or mentioned are neither."""
    others = {m for m, role in roles.items() if m[0] in "CG" and role != ASKED}
    scope = scope_of(asked.part(MARK.sub(lambda m: "it" if m[0] in others else m[0], asked.text)))
    without = [m for m in asked.masked.marks if roles.get(m) == WITHOUT]
    named = {m: span for m, span in asked.masked.marks.items() if roles.get(m) == ASKED and len(span.ids) == 1}
    countries = [span.ids[0] for m, span in named.items() if m[0] == "C" and span.value not in _UNSETTLED]
    groups = [span.ids[0] for m, span in named.items() if m[0] == "G" and span.value not in _UNSETTLED]
    return replace(
        scope,
        countries=tuple(dict.fromkeys((*countries, *scope.countries))),
        groups=(*scope.groups, *((g,) for g in dict.fromkeys(groups) if g not in scope.group_ids)),
        # What the Index does not score need not be left out.
        without_countries=tuple(c for c in _ids(asked, (m for m in without if m[0] == "C")) if c in asked.taxonomy.countries),
        without_groups=_ids(asked, (m for m in without if m[0] == "G")),
    )


def _ids(asked: Asked, marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for m in marks for i in asked.masked.marks[m].ids))


def _limits(asked: Asked, roles: Mapping[str, str]) -> tuple[int | None, int | None]:
    """How many are asked for, and which place; a place may be a word ("third")."""
    numbers = {
        role: int(number)
        for mark, role in roles.items()
        if role in (LIMIT, PLACE) and (number := asked.masked.marks[mark].number) is not None and 1 <= number <= _MOST
    }
    limit, place = numbers.get(LIMIT), numbers.get(PLACE)
    if place is None and learned_place(asked):
        said = limit_of(asked)
        place = said.place or said.limit
    return (1, None) if place == 1 else (limit, place)


def _numbers_read(asked: Asked, said: Mapping[str, tuple[str, float]], scope: Scope) -> bool:
    """Whether every number has a part, surely has none, or counts all there are of what is named."""
    taxonomy = asked.taxonomy
    sizes = {len(taxonomy.members(g, taxonomy.editions[-1])) for g in (*scope.group_ids, WORLD)} | {len(scope.countries)}
    idle = [mark for mark, (role, chance) in said.items() if mark[0] in "NP" and role == NONE and chance < _SURELY]
    return all(asked.masked.marks[mark].number in sizes for mark in idle)


def _indicators(asked: Asked, roles: Mapping[str, str], tests: tuple[tuple[Test, ...], ...]) -> tuple[str, ...]:
    """Those asked for by name and others of their families that were surely learned, or else those learned that no condition
    holds."""
    passed_over = halves_of_names(asked)
    named = _ids(asked, (m for m in asked.masked.marks if m[0] == "I" and roles.get(m) == ASKED and m not in passed_over))
    rights = {t.right.indicator for row in tests for t in row if isinstance(t.right, OfIndicator)}
    held = rights | {t.indicator for row in tests for t in row}
    learned = sorted(asked.learned.indicators.items(), key=lambda pair: -pair[1])
    if named:
        taxonomy = asked.taxonomy
        alike = {taxonomy.indicators[i].parent for i in named}
        # "Animals and plants trafficking" names one of two: the other of the same family was surely learned.
        also = (i for i, p in learned if p >= _SURELY and i not in held and taxonomy.indicators[i].parent in alike)
        return tuple(dict.fromkeys((*named, *also)))
    likely = tuple(i for i, p in learned if p >= LIKELY and i not in held)
    if likely or held:
        return likely
    return indicators_of(asked).indicators
