"""Who stands next to a country in an order: "who is right behind Haiti", "which country comes just above Peru for cocaine"."""

from __future__ import annotations

from dataclasses import replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import limits_a_number, read, standing
from index.meaning.meaning import Direction, Meaning

_NEXT = (
    r"\b(?:right|just|directly|immediately|straight|one (?:place|spot|rank|position|step)|next|closest|nearest) (?:[a-z]+ )?{}"
    r" (?:the )?C\d+\b|\bC\d+ (?:is|comes|stands|sits) (?:right|just|directly) {}\b"
)
_BEHIND = LatePattern(_NEXT.format("(?:behind|after|below|under|beneath|following)", "(?:ahead of|before|above|over)"))
_AHEAD = LatePattern(_NEXT.format("(?:ahead of|before|above|over|in front of|preceding)", "(?:behind|after|below|under)"))
# "Who is behind C1" asks for those who are behind a crime; "who comes behind C1" for the next in order.
_WHO = r"\b(?:who|which [a-z]+|what [a-z]+|whoever) (?:is |comes |stands |ranks |sits )?"
_FOLLOWS = LatePattern(
    _WHO
    + r"(?:follows?|next after|(?<=comes )(?:after|behind)|(?<=ranks )(?:after|behind)) (?:the )?C\d+(?= (?:for|in|on|by|,)|$)"
)
_PRECEDES = LatePattern(
    _WHO + r"(?:precedes?|next before|(?<=comes )(?:before|ahead of)|(?<=ranks )(?:before|ahead of))"
    r" (?:the )?C\d+(?= (?:for|in|on|by|,)|$)"
)

# "The countries next to C1" share a border with it; who sits next to it in an order has a verb.
_BOTH = LatePattern(
    r"\b(?:is|are|comes?|stands?|ranks?|sits?|lies?|places?) (?:right |just |directly |immediately )?"
    r"(?:next to|either side of|on either side of|both sides of|above and (?:just |right |directly )?below|ahead of and behind"
    r"|before and after) (?:the )?C\d+\b"
)


def fill(asked: Asked) -> Meaning | None:
    """The country one place behind or ahead of the one named, or both; None where no such place is asked for.

    `beside` is 1 for the next behind, -1 for the next ahead and 0 for both, in the order from the highest score.
    """
    reading = read(asked)
    if reading is None or len(reading.countries) != 1 or limits_a_number(asked) or reading.when.change:
        return None
    behind = _BEHIND.search(asked.text) or _FOLLOWS.search(asked.text)
    ahead = _AHEAD.search(asked.text) or _PRECEDES.search(asked.text)
    both = _BOTH.search(asked.text)
    found = standing(asked, reading, Kind.SET)
    if found is None or (not both and bool(behind) == bool(ahead)):
        return None
    return replace(found, order=Direction.HIGH, beside=0 if both else 1 if behind else -1)
