"""Why a score is what it is or changed as it did: "what pushed Panama up since 2021", "why is Sweden so resilient"."""

from __future__ import annotations

import re
from dataclasses import replace

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.reading import change_editions, direction_of, groups_hold, implied_topic, limits_a_number, read
from index.meaning.meaning import Direction, Meaning
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.order import order_of
from index.meaning.slots.topics import indicators_of


def fill(asked: Asked) -> Meaning | None:
    """The countries, the score and, for a change, its direction and editions; None without a country or a word for a reason."""
    reading = read(asked)
    if reading is None or not reading.countries or limits_a_number(asked) or not asks_for(asked, Asks.REASON):
        return None
    if reading.scope.without_countries or reading.scope.without_groups:
        return None
    indicators = _topic(asked) or reading.indicators(implied_topic(asked))
    if not indicators:
        return None
    direction = direction_of(asked, indicators)
    meaning = Meaning(
        Kind.EXPLANATION,
        countries=reading.countries,
        groups=reading.scope.groups if groups_hold(asked, reading) and len(reading.countries) == 1 else (),
        indicators=indicators,
        editions=reading.when.editions,
        latest=reading.when.latest,
        order=direction,
    )
    if reading.scope.groups and not meaning.groups:
        return None
    if direction or reading.when.change:
        return replace(meaning, editions=change_editions(asked, reading.when))
    level = order_of(asked, indicators)
    return replace(meaning, order=level if level in (Direction.HIGH, Direction.LOW) else None)


def _topic(asked: Asked) -> tuple[str, ...]:
    """The indicators named beside the country; those in other clauses are guesses ("is it because of the scam centres")."""
    beside = [part for part in asked.text.split(" | ") if re.search(r"\bC\d+\b", part)]
    topics = [indicators_of(asked.part(part)) for part in beside]
    found = next((t.indicators for t in topics if t.indicators and not t.implied), ())
    whole = indicators_of(asked).indicators
    # "What pushed its drugs up, is it kush": the guess says which of the drugs.
    return whole if set(whole) < set(found) else found
