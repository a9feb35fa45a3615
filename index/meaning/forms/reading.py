"""What all forms of questions about named countries read first: places, editions and topics, and whether all of it is settled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.taxonomy import Pillar, Taxonomy
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.meaning import Direction, Meaning
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.topics import Topics, indicators_of
from index.meaning.slots.unread_topic import topic_is_unread
from index.meaning.slots.when import When, short_years, when_of

CRIMINALITY, RESILIENCE = "criminality", "resilience"
_LIMITING = LatePattern(
    r"\b(?:above|over|below|under|least|most|than|exceed(?:s|ing)?|beyond|between|top|first|last|bottom|worst|best|highest|lowest|biggest)"
    r" (?:the )?([NP]\d+)\b(?! Y\d+ (?:ones|editions|reports)\b)"
    r"(?! (?:last |latest )?(?:editions|reports|years|columns|minutes|lines))"
    r"|\b([NP]\d+) (?:or|and|plus|upwards) (?:more|over|above|up|less|under|below|higher|lower|better|worse|fewer)\b"
    r"|\b([NP]\d+) (?:worst|best|highest|lowest|biggest|most|weakest|strongest)\b"
)
_WITHOUT_TOPIC = LatePattern(
    r"\b(?:except|excepting|excluding|except for|apart from|aside from|other than|"
    r"not counting|not including|leaving out|leaving aside|ignoring|disregarding|but not|besides|without|minus)"
    r" (?:the |for )*[ISYN]\d+"
)
_LISTED = LatePattern(r"(?: (?:,|and|or|&|the|n|\||plus|both|as well as|also|I\d+|in|of|Y\d+|for))* ")
_RESILIENT = LatePattern(r"\b(?:everything good|good at|so good|so well|do well|does well|did well|so strong)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """The places, editions and topics of a question, all settled."""

    scope: Scope
    when: When
    topics: Topics
    topic_unread: bool

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries the question is about."""
        return self.scope.countries

    def indicators(self, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The indicators, or those that are meant where none is named; () where a topic stands there that was not read."""
        if self.topic_unread:
            return ()
        return self.topics.indicators or otherwise


def read(asked: Asked) -> Reading | None:
    """What is read first; None where a place, a year or a number cannot be settled, so that nothing is dropped in silence."""
    if asked.question.unread_numbers or asked.question.unread_editions or _WITHOUT_TOPIC.search(asked.text):
        return None
    scope, when = scope_of(asked), when_of(asked)
    if not scope.settled or when.years_without_edition:
        return None
    topics = indicators_of(asked)
    # The population of a country is no score of it.
    unread = (topics.implied or not topics.indicators) and (topic_is_unread(asked) or bool(found_in("page_fields", asked.text)))
    return Reading(scope, when, topics, unread)


def limits_a_number(asked: Asked) -> bool:
    """Whether a number in the text limits what is asked ("above 7", "top 3") rather than counting lines or naming the scale.

    "Top half, I hope" limits nothing.
    """
    years = short_years(asked)
    marks = {mark for match in _LIMITING.finditer(asked.text) for mark in match.groups() if mark}
    halves = {m for m in marks if m[0] == "N" and (asked.masked.marks[m].number or 0) < 1}
    return bool(marks - years - halves)


def only_listed(asked: Asked) -> bool:
    """Whether all countries of the text stand in one list, so that each of them is asked about alike."""
    at = [(m.start(), m.end()) for m in re.finditer(r"\bC\d+\b", asked.text)]
    return all(_LISTED.fullmatch(asked.text[end:start]) for (_, end), (start, _) in pairwise(at))


def groups_hold(asked: Asked, reading: Reading) -> bool:
    """Whether the countries belong to the groups named, which then limit nothing."""
    edition = max(reading.when.editions or asked.taxonomy.editions)
    return all(
        any(country in asked.taxonomy.members(group, edition) for group in either)
        for either in reading.scope.groups
        for country in reading.countries
    )


def unlimited(asked: Asked, reading: Reading) -> bool:
    """Whether nothing limits the question beyond its countries, topics and editions."""
    return not (
        reading.scope.without_countries
        or reading.scope.without_groups
        or limits_a_number(asked)
        or (reading.scope.groups and not groups_hold(asked, reading))
    )


def own_groups(asked: Asked, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """The groups named, or the region or continent of the first country where "its region" is said."""
    if reading.scope.groups or not reading.scope.own_region or not reading.countries:
        return reading.scope.groups
    country = reading.countries[0]
    if reading.scope.own_region == "continent":
        return ((asked.taxonomy.continent(country),),)
    return ((asked.taxonomy.region(country, max(reading.when.editions or asked.taxonomy.editions)),),)


def standing(asked: Asked, reading: Reading, kind: Kind) -> Meaning | None:
    """Where the countries stand in an order, still without the order; None for several editions, or without a topic."""
    indicators = reading.indicators(implied_topic(asked))
    if len(reading.when.editions) > 1 or not indicators:
        return None
    return Meaning(
        kind,
        countries=reading.countries,
        groups=own_groups(asked, reading),
        without_countries=reading.scope.without_countries,
        without_groups=reading.scope.without_groups,
        indicators=indicators,
        editions=reading.when.editions,
        latest=reading.when.latest,
    )


def change_editions(asked: Asked, when: When) -> tuple[int, ...]:
    """The two editions of a change, or () if none is named: into a single edition from the one before it."""
    editions = tuple(sorted(asked.taxonomy.editions))
    if when.whole:
        return (editions[0], editions[-1])
    named = tuple(sorted(when.editions))
    if len(named) > 1:
        return (named[0], named[-1])
    if len(named) == 1:
        place = editions.index(named[0])
        return (editions[place - 1], named[0]) if place else (editions[0], editions[-1])
    return ()


def level_editions(asked: Asked, when: When) -> tuple[int, ...]:
    """The editions whose scores are meant; those inside a span are all meant. () if none is named."""
    if when.whole:
        return tuple(sorted(asked.taxonomy.editions))
    if when.change and len(when.editions) > 1:
        low, high = min(when.editions), max(when.editions)
        return tuple(e for e in sorted(asked.taxonomy.editions) if low <= e <= high)
    return when.editions


def direction_of(asked: Asked, indicators: tuple[str, ...]) -> Direction | None:
    """Which way a development goes that is spoken of: "fell" is DOWN, "improved" is DOWN on criminality and UP on resilience."""
    hits = found_in("directions", asked.text)
    if not hits:
        return None
    means = hits[0].way
    if means in ("up", "down"):
        return Direction(means)
    higher_is_worse = not indicators or pillar(asked.taxonomy, indicators[0]) is Pillar.CRIMINALITY
    return Direction.UP if (means == "worse") == higher_is_worse else Direction.DOWN


def pillar(taxonomy: Taxonomy, indicator: str) -> Pillar:
    """The scale of an indicator."""
    return taxonomy.indicators[indicator].pillar


def implied_topic(asked: Asked) -> tuple[str, ...]:
    """What is meant where no topic is named: criminality, or resilience of a country that does well."""
    return (RESILIENCE,) if _RESILIENT.search(asked.text) else (CRIMINALITY,)
