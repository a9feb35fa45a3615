"""Where named countries stand: "Kenya's place in Africa for heroin"."""

from __future__ import annotations

from dataclasses import replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import groups_hold, limits_a_number, only_listed, read, standing
from index.meaning.meaning import Direction, Meaning
from index.meaning.slots.asks import Asks, asks_for

_FROM_BELOW = LatePattern(r"\b(?:from the bottom|counting from the lowest|from the lowest|ascending|lowest first)\b")
_FROM_ABOVE = LatePattern(r"\b(?:from the top|from the highest|descending|highest first)\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries whose rank is asked for, among whom, and on what; None without a country or a word for a place, or where a
    change is meant.

    A group that the country is not in gives way to the world if the world is named too.
    """
    reading = read(asked)
    if not asks_for(asked, Asks.PLACE) or asks_for(asked, Asks.MEAN, Asks.WHY):
        return None
    if reading is None or not reading.countries or reading.when.change or limits_a_number(asked):
        return None
    if len(reading.countries) > 1 and not only_listed(asked):
        return None
    if not groups_hold(asked, reading):
        if not reading.scope.world:
            return None
        reading = replace(reading, scope=replace(reading.scope, groups=()))
    above, below = _FROM_ABOVE.search(asked.text), _FROM_BELOW.search(asked.text)
    found = standing(asked, reading, Kind.RANK)
    return None if found is None else replace(found, order=Direction.HIGH if above else Direction.LOW if below else None)
