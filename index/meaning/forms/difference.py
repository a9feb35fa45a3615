"""How far apart two scores are: of two countries, a country and a group's mean, two groups, or two scores of one country."""

from __future__ import annotations

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import CRIMINALITY, limits_a_number, own_groups, read
from index.meaning.meaning import Meaning

_EXTREME = LatePattern(r"\b(?:best|worst|highest|lowest|top|leader|first place|next|runner)\b")
_REVERSED = LatePattern(r"\b(?:subtract|take|deduct) (?:the )?(C\d+)\b.* (?:from|off) (?:the )?(C\d+)\b")


def fill(asked: Asked) -> Meaning | None:
    """The two things whose scores are subtracted, the first minus the second; None unless there are exactly two.

    Two groups stand in `groups` as a tuple each; the world counts as a group.
    """
    reading = read(asked)
    if reading is None or limits_a_number(asked) or reading.scope.without_countries or reading.scope.without_groups:
        return None
    if reading.when.change or len(reading.when.editions) > 1 or _EXTREME.search(asked.text):
        return None
    countries = reading.countries
    groups = own_groups(asked, reading)
    indicators = reading.indicators((CRIMINALITY,))
    if not indicators:
        return None
    if len(countries) == 2 and not reading.scope.groups:
        sides = 2
        groups = ()
        if swapped := _REVERSED.search(asked.text):
            first, second = (asked.masked.marks[m].ids for m in swapped.groups())
            countries = (*second, *first)
    elif len(countries) == 1:
        if not groups and reading.scope.world:
            groups = ((WORLD,),)
        sides = 1 + (len(reading.scope.group_ids) or len(groups))
        if not groups and len(indicators) == 2:
            return _meaning(asked, countries, (), indicators)
    else:
        groups = tuple((g,) for g in reading.scope.group_ids)
        if len(groups) == 1 and reading.scope.world:
            groups = (*groups, (WORLD,))
        sides = len(countries) + len(groups)
    return _meaning(asked, countries, groups, indicators) if sides == 2 else None


def _meaning(
    asked: Asked, countries: tuple[str, ...], groups: tuple[tuple[str, ...], ...], indicators: tuple[str, ...]
) -> Meaning | None:
    reading = read(asked)
    if reading is None:
        return None
    return Meaning(
        Kind.DIFFERENCE,
        countries=countries,
        groups=groups,
        indicators=indicators,
        editions=reading.when.editions,
        latest=reading.when.latest,
    )
