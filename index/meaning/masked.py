"""A question with marks for its names and numbers, so that what is left is how it asks: "which G1 states have I1 above N1".

Words are in lower case and corrected as in the reading; marks are a capital letter and a number, counted for each letter from 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.meaning.phrase_tables import table
from index.questions.cues import Role
from index.questions.spans import Reading, TaggedSpan

MARKS = {
    Role.COUNTRY: "C",
    Role.GROUP: "G",
    Role.INDICATOR: "I",
    Role.SECTION: "S",
    Role.YEARS: "Y",
    Role.NUMBER: "N",
    Role.AMOUNT: "P",
}
MARK = re.compile(r"\b[CGISYNP]\d+\b")


@dataclass(frozen=True, slots=True)
class Masked:
    """The text with marks, and what each mark stands for. "," is a comma, "|" the end of a sentence or a colon.

    C: country, G: group, I: indicator, S: section of a page, Y: years, N: number, P: amount in points (already in points).
    """

    text: str
    marks: Mapping[str, TaggedSpan]

    def spans(self, letter: str) -> tuple[TaggedSpan, ...]:
        """What the marks of one letter stand for, in order."""
        return tuple(span for mark, span in self.marks.items() if mark[0] == letter)

    def ids(self, letter: str) -> tuple[str, ...]:
        """The ids of all marks of one letter, in order, without repeats."""
        return tuple(dict.fromkeys(i for span in self.spans(letter) for i in span.ids))


def masked(reading: Reading) -> Masked:
    """The masked text of a reading. An indicator that is only implied ("crime") stays a word."""
    starts = {span.start: span for span in reading.spans if span.role in MARKS and not span.is_implied}
    commas = {span.start for span in reading.spans if span.value == ","}
    corrected = dict(reading.corrected)
    counts: Counter[str] = Counter()
    parts: list[str] = []
    marks: dict[str, TaggedSpan] = {}
    at = 0
    while at < len(reading.words):
        if at and at in reading.openings:
            parts.append("|")
        elif at in commas:
            parts.append(",")
        span = starts.get(at)
        if span is None:
            word = corrected.get(at, reading.words[at].casefold())
            parts.append(table("same_words")["words"].get(word, word))
            at += 1
            continue
        letter = MARKS[span.role]
        counts[letter] += 1
        mark = f"{letter}{counts[letter]}"
        parts.append(mark)
        marks[mark] = span
        at = max(span.end, at + 1)
    return Masked(" ".join(parts), marks)
