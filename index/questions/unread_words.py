"""Which of the words that nothing explains may be a condition, judged by their position. Pure.

"For my worksheet", "kindly state" and "carrying" change no figure; "small countries", "cocaine producers" and "a population over
50 million" do. A question with a word of the second kind is declined; a word of the first kind is named in a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.questions.cues import Role
from index.questions.spans import Reading, TaggedSpan

_NARROWING = frozenset("in within from among amongst inside across near of with without per bordering like by".split())
_ARTICLES = frozenset("a an the its their own some any my our your this that".split())
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
# "Topmost", "shadiest": which end of an order is meant, in a word that no cue has.
_SUPERLATIVE = re.compile(r"\w(?:most|iest)$")
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_MODIFIED = frozenset({Role.COUNTRIES, Role.MEMBERS, Role.FAMILY, Role.GROUP, Role.COUNTRY})
_SAID = frozenset(
    {
        Role.SUPERLATIVE,
        Role.OP,
        Role.NUMBER,
        Role.AMOUNT,
        Role.INDICATOR,
        Role.CHANGE,
        Role.SCORE,
        Role.COMPARATIVE,
        Role.STAT,
        Role.BETWEEN,
    }
)


def restricting(reading: Reading) -> tuple[int, ...]:
    """The positions of unexplained words that may narrow what is asked."""
    found: list[int] = []
    for start, end in _runs(reading.unknown):
        if _narrows(reading, start, end):
            found += range(start, end)
    return tuple(found)


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and runs[-1][1] == position:
            runs[-1] = (runs[-1][0], position + 1)
        else:
            runs.append((position, position + 1))
    return runs


def _narrows(reading: Reading, start: int, end: int) -> bool:
    words = [word.casefold() for word in reading.words]
    named = any(reading.words[n].istitle() and n not in reading.openings for n in range(start, end))
    ordinal = any(_ORDINAL.fullmatch(w) or w in _ORDINALS for w in words[start:end])
    before = _span_ending(reading.spans, start)
    after = _span_starting(reading.spans, end)
    compound = before is not None and before.role in (Role.INDICATOR, Role.NUMBER, Role.SECTION)
    modifies = after is not None and (after.role in _MODIFIED or (after.role is Role.SCORE and after.value == ""))
    superlative = any(_SUPERLATIVE.search(w) for w in words[start:end])
    return (
        named
        or superlative
        or ordinal
        or compound
        or modifies
        or _after_preposition(words, start)
        or _defines(reading, before, end)
    )


def _after_preposition(words: Sequence[str], start: int) -> bool:
    at = start - 1
    while at >= 0 and words[at] in _ARTICLES:
        at -= 1
    return at >= 0 and words[at] in _NARROWING


def _defines(reading: Reading, before: TaggedSpan | None, end: int) -> bool:
    """Whether the words say which countries are meant: "countries bordering Russia", not "countries carrying the top score"."""
    if before is None or before.role not in (Role.COUNTRIES, Role.MEMBERS):
        return False
    following = next((i.role for i in reading.spans if i.start >= end and i.role is not Role.FILLER), None)
    return following not in _SAID


def _span_ending(spans: Sequence[TaggedSpan], position: int) -> TaggedSpan | None:
    return next((i for i in spans if i.end == position and i.end > i.start), None)


def _span_starting(spans: Sequence[TaggedSpan], position: int) -> TaggedSpan | None:
    return next((i for i in spans if i.start == position and i.end > i.start), None)
