"""What an indicator means: "what is a state-embedded actor", "how do trafficking and smuggling differ"."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import limits_a_number
from index.meaning.meaning import Meaning
from index.meaning.slots.topics import indicators_of

_CONTRAST = LatePattern(
    r"\b(?:difference|distinction|distinguish|differ|same|separates?|tell|line between|opposed|versus|vs|mix(?:ed|ing)?)\b"
    r"|\bunder I\d+ or\b"
)


def fill(asked: Asked) -> Meaning | None:
    """The indicators whose definition is asked for.

    A second name only counts beside a word of contrast or if it is an official one: "does fauna crime include ivory" is about one
    indicator. None without a topic, or where a number or an edition limits what is asked.
    """
    if limits_a_number(asked) or asked.question.unread_numbers:
        return None
    named = [s for s in asked.masked.spans("I") if len(s.ids) == 1]
    indicators = indicators_of(asked).indicators
    if named and not _CONTRAST.search(asked.text):
        official = tuple(dict.fromkeys(s.ids[0] for s in named if not s.value))
        indicators = official or indicators[:1]
    specific = tuple(i for i in indicators if i not in ("criminality", "resilience"))
    # "The non-state actors under resilience": a scale only says where an indicator belongs.
    indicators = specific or indicators
    return Meaning(Kind.DEFINITION, indicators=indicators) if indicators else None
