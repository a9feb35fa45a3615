"""A country, or a country and a topic, in general: "tell me about Ghana", "Laos 2023", "Kenya and drugs"."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.reading import groups_hold, limits_a_number, read
from index.meaning.meaning import Meaning
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.unread_topic import has_unknown_words


def fill(asked: Asked) -> Meaning | None:
    """The countries (or else the groups) and the topics of an overview; None where no place is named, or a figure, a reason
    or a field of the page is asked for.

    "Organised crime" in general is no topic. Numbers count lines and bullets here, unless they limit what is asked.
    """
    if asks_for(asked, Asks.FIGURE, Asks.MEAN, Asks.WHY) or _asks_field(asked):
        return None
    reading = read(asked)
    if reading is None or limits_a_number(asked) or reading.scope.without_countries or reading.scope.without_groups:
        return None
    if not reading.countries and not reading.scope.groups:
        return None
    if not asked.question.countries and asked.question.capitals and has_unknown_words(asked):
        # "The weather in Lima" is about the city.
        return None
    if reading.countries and not groups_hold(asked, reading):
        return None
    topics = reading.topics
    return Meaning(
        Kind.OVERVIEW,
        countries=reading.countries,
        groups=() if reading.countries else reading.scope.groups,
        indicators=() if topics.implied or topics.indicators == ("criminality",) else topics.indicators,
        editions=reading.when.editions,
        latest=reading.when.latest,
    )


def _asks_field(asked: Asked) -> bool:
    """Whether a field of the page's head is asked for; "the economy and money side of C1" only has the words of one."""
    kinds = asked.learned.kinds
    return bool(found_in("page_fields", asked.text)) and kinds.get("page_fact", 0.0) >= kinds.get("overview", 0.0)
