"""Whether a question limits the countries in words that nothing explains: "Slavic nations", "in the Indian Ocean", "SE Asia".

A form that would take the world for granted asks this first, so that a limit is never dropped.
"""

from __future__ import annotations

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.by import by_of

_COUNTED = frozenset(
    "countries contries nations states members places jurisdictions territories lands country nation state member place".split()
)
_NOT_NARROWING = frozenset(
    "exist exists existing few many several certain such other different individual the jurisdiction jurisdictions government "
    "governments economy economies folks people guys lot ones neighbour neighbours land lands territory territories".split()
)
_COMPASS = LatePattern(
    r"\b(?:(?:north|south)[ -]?(?:east|west)?(?:ern)?|(?:east|west)(?:ern)?|central|[ns][ew])\b(?! ?(?:of|sea|star|pole)\b)"
)
_IN = LatePattern(r"\b(?:in|across|within|from|among|amongst|around|inside)(?: the| all| all the| whole)?$")
_OF = LatePattern(r"\bof(?: the| all)?$")
_SORTS = LatePattern(
    r"\b(?:(?:poor|rich|wealth|wealthi)(?:y|er|est)?|small|tiny|big|large|develop(?:ing|ed)|populous|democratic|authoritarian|communist)"
    r" (?:countries|nations|states|economies)\b"
)
_AREAS = frozenset("gulf basin ocean sea desert peninsula subcontinent tropics delta rim coast highlands lowlands".split())
_SLOTS = ("order", "limits", "by", "stat", "refused", "families")


def said(asked: Asked) -> frozenset[str]:
    """The words of the phrases that put in order, limit or set side by side."""
    return frozenset(w for slot in _SLOTS for f in found_in(slot, asked.text) for w in f.words.split())


def narrowed(asked: Asked) -> bool:
    """Whether a word that nothing explains stands before "countries" and may say which: "asiatic countries", "rich countries"."""
    reading = asked.question.reading
    words = [word.casefold() for word in reading.words]
    explained = said(asked) | _NOT_NARROWING
    # The "state" of "state actors" is no country.
    named = {p for span in asked.masked.marks.values() for p in range(span.start, span.end)}
    return _SORTS.search(asked.text) is not None or any(
        (len(words[p]) > 2 or reading.words[p].isupper())
        and p + 1 not in reading.openings
        and p + 1 not in named
        and set(words[p + 1 : p + 2]) & _COUNTED
        and words[p] not in explained
        for p in reading.unknown
    )


def in_unread_place(asked: Asked) -> bool:
    """Whether a name that nothing explains stands where a place stands: "in the Indian Ocean", "how many democracies"."""
    reading = asked.question.reading
    words = [word.casefold() for word in reading.words]
    kept = set(asked.text.split()) - said(asked) - _NOT_NARROWING

    # "Of the AU": capitals stand out only where the rest is not written in them.
    short = any(word.islower() for word in reading.words)

    def placed(p: int) -> bool:
        before = " ".join(words[max(p - 3, 0) : p])
        named = reading.words[p][0].isupper() or words[p] in _AREAS
        if short and reading.words[p].isupper() and _OF.search(before) is not None:
            return True
        return (named and _IN.search(before) is not None) or (
            words[p].endswith("s") and not words[p].endswith("ss") and words[p - 1 : p] == ["many"]
        )

    return any(words[p] in kept and placed(p) for p in reading.unknown)


def halved(asked: Asked) -> bool:
    """Whether a point of the compass stands there that no name holds ("SE Asia"), so that only a part of a place is meant.

    "The worst part of G1: north, south, east or west" names the regions that are set side by side.
    """
    return _COMPASS.search(asked.text) is not None and by_of(asked) is None
