"""By how much scores of named countries changed: "how much did Ecuador's criminality rise from 2021 to 2025"."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import change_editions, implied_topic, only_listed, read, unlimited
from index.meaning.meaning import Meaning
from index.meaning.slots.asks import Asks, asks_for

_PLACES = LatePattern(r"\b(?:places|ranks|spots|positions|rungs|in the ranking|in the table)\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries, indicators and the two editions of a change; None without a country, with a limit on top, or where a
    reason or the mean of a group is asked for."""
    if asks_for(asked, Asks.WHY, Asks.MEAN):
        return None
    reading = read(asked)
    if reading is None or not reading.countries or not unlimited(asked, reading):
        return None
    if len(reading.countries) > 1 and not only_listed(asked):
        return None
    indicators = reading.indicators(implied_topic(asked))
    if not indicators:
        return None
    return Meaning(
        Kind.CHANGE,
        countries=reading.countries,
        indicators=indicators,
        editions=change_editions(asked, reading.when),
        latest=reading.when.latest,
        by_places=_PLACES.search(asked.text) is not None,
    )
