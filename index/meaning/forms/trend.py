"""How scores of a country or a group developed: "is Guyana improving", "when was Fiji's resilience highest"."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import groups_hold, implied_topic, level_editions, limits_a_number, only_listed, own_groups, read
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.order import order_of

_WHICH_EDITION = LatePattern(
    r"\b(?:in )?(?:which|what|whichever) (?:of the )?(?:[NY]\d+ )?(?:editions?|years?|reports?|releases?)\b"
    r"|\bwhen (?:was|did|were|has)\b"
)
_PLACES = LatePattern(r"\b(?:rank|ranks|ranking|place|places|position|positions|spot)\b")
_PEAK = LatePattern(r"\b(?:peak|peaked|peaking|maximum|its most|record high|highest|top)\b")
_TROUGH = LatePattern(r"\b(?:minimum|record low|lowest|bottomed|bottom)\b")


def fill(asked: Asked) -> Meaning | None:
    """The country or group, the indicator and the editions of a development; None where neither is named.

    `order` with `by` EDITION asks in which edition the score was highest or lowest.
    """
    reading = read(asked)
    if (
        reading is None
        or asks_for(asked, Asks.WHY)
        or limits_a_number(asked)
        or reading.scope.without_countries
        or reading.scope.without_groups
    ):
        return None
    groups = own_groups(asked, reading) if not reading.countries else ()
    if reading.countries and (not groups_hold(asked, reading) or not (len(reading.countries) == 1 or only_listed(asked))):
        return None
    if not reading.countries and not groups and not reading.scope.world:
        return None
    indicators = reading.indicators(implied_topic(asked))
    if not indicators:
        return None
    order = _extreme(asked, indicators)
    return Meaning(
        Kind.TREND,
        countries=reading.countries,
        groups=groups,
        indicators=indicators,
        editions=level_editions(asked, reading.when) if not reading.when.whole else (),
        latest=reading.when.latest,
        order=order,
        by=By.EDITION if order else None,
        by_places=_PLACES.search(asked.text) is not None and reading.countries != (),
    )


def _extreme(asked: Asked, indicators: tuple[str, ...]) -> Direction | None:
    """Whether the edition with the highest or lowest score is asked for."""
    if not _WHICH_EDITION.search(asked.text):
        return None
    if _TROUGH.search(asked.text):
        return Direction.LOW
    if _PEAK.search(asked.text):
        return Direction.HIGH
    order = order_of(asked, indicators)
    return order if order in (Direction.HIGH, Direction.LOW) else None
