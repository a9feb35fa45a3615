"""Parts of questions that point back ("how is it doing on resilience", "and who has the lowest?"), completed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.late_pattern import LatePattern
from index.language.phrases import joined

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def _pattern(source: str) -> LatePattern:
    return LatePattern(source, re.IGNORECASE)


_OWN = _pattern(r"\b(?:its|their|(?:this|that|the) country['’]s|(?:these|those|the) countries['’]|his|her)\b(?! own)")
_SELF = _pattern(
    r"\b(?:it|they|them|he|she|that one|(?:this|that|the) (?:country|place|nation)|(?:these|those) (?:countries|places))\b"
    r"(?!['’])"
)
# "There is", "is there any" point to no place.
_PLACE = _pattern(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\b(?:over |out |down |up )?there\b(?! (?:is|are|was|were)\b)(?!['’])"
)
_FIGURE = _pattern(r"\b(?:this|that|the) (?:score|figure|value|number|rating)\b")
_COUNTED = _pattern(
    r"\b(?:of|between|among) (?:the|these|those) (?P<count>two|three|four|five|six|seven|eight)\b|\bof (?:them|these|those)\b"
)
# "Which country improved its score": the country that is asked for owns it.
_ASKED_FOR = _pattern(r"\b(?:who|whose|(?:which|what) (?:country|countries|states?|one|nations?|region|continent))\b")
_SINCE = _pattern(r"\bsince\b(?! (?:\d|the|then|last))(?: then)?")


@dataclass(frozen=True, slots=True)
class Context:
    """What a part may point back to: names of places as written in a sentence, of an indicator, and a single edition."""

    places: tuple[str, ...] = ()
    topic: str = ""
    edition: int | None = None


def pointing(part: str) -> bool:
    """Whether a part points back to something before it."""
    owned = _OWN.search(part) is not None and _ASKED_FOR.search(part) is None
    return owned or any(pattern.search(part) for pattern in (_SELF, _PLACE, _FIGURE, _COUNTED))


def completed(part: str, context: Context) -> Iterator[str]:
    """A part as it may be meant, the likeliest first: what it points back to stands for the pointing words, or behind it."""
    when = f"in {context.edition}" if context.edition is not None else ""
    if when and _SINCE.search(part):
        part, when = _replaced(_SINCE, part, f"since {context.edition}"), ""
    resolved = _resolved(part, context)
    topic = f"for {context.topic}" if context.topic else ""
    place = f"in {joined(context.places)}" if context.places and resolved == part else ""
    yield _behind(resolved, when)
    for more in dict.fromkeys((place, topic, f"{topic} {place}".strip())):
        if more:
            yield _behind(resolved, f"{more} {when}")


def _resolved(part: str, context: Context) -> str:
    counted = _COUNTED.search(part)
    number = counted["count"] if counted is not None else None
    if not context.places or (number is not None and _COUNTS[number.lower()] != len(context.places)):
        return part
    name, possessive = joined(context.places), joined([_possessive(place) for place in context.places])
    if context.topic:
        part = _replaced(_FIGURE, part, f"{possessive} {context.topic}")
    part = _replaced(_COUNTED, part, f"of {name}")
    if _ASKED_FOR.search(part) is None:
        part = _replaced(_OWN, part, possessive)
    part = _replaced(_PLACE, part, f"in {name}")
    return _replaced(_SELF, part, name, most=1)


def _replaced(pattern: LatePattern, text: str, by: str, most: int | None = None) -> str:
    out, at = [], 0
    for n, match in enumerate(pattern.finditer(text)):
        if most is not None and n >= most:
            break
        out += [text[at : match.start()], by]
        at = match.end()
    return "".join((*out, text[at:]))


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _behind(text: str, more: str) -> str:
    more = more.strip()
    return f"{text.rstrip(' ?.!')} {more}{'?' if text.rstrip().endswith('?') else ''}" if more else text
