"""Scores of named countries: "the heroin score of Kenya in 2021"."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import CRIMINALITY, RESILIENCE, level_editions, only_listed, read, unlimited
from index.meaning.meaning import Meaning
from index.meaning.slots.asks import Asks, asks_for

_SCORE = LatePattern(r"\b(?:scores?|figures?|marks?|ratings?|rated|points?|numbers?|value|grade)\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries, indicators and editions whose scores are asked for; None without a country or with a limit on top, and where
    more than a score is asked for: a reason, an account, a place among others, the mean of a group.

    Where a score is asked for and no topic is named, both criminality and resilience are meant.
    """
    if asks_for(asked, Asks.WHY, Asks.ACCOUNT, Asks.AMONG, Asks.MEAN):
        return None
    reading = read(asked)
    if reading is None or not reading.countries or not unlimited(asked, reading):
        return None
    if len(reading.countries) > 1 and not only_listed(asked):
        return None
    indicators = reading.indicators((CRIMINALITY, RESILIENCE) if _SCORE.search(asked.text) else ())
    if not indicators:
        return None
    return Meaning(
        Kind.VALUE,
        countries=reading.countries,
        indicators=indicators,
        editions=level_editions(asked, reading.when),
        latest=reading.when.latest,
    )
