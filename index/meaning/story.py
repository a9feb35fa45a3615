"""What is told around a question: who asks, what for, what happened to them. Pure.

The words are those of `index/data/meaning/story.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.language.late_pattern import LatePattern
from index.meaning.phrase_tables import table

# A question and what is told beside it have at least so many characters.
_LEAST = 12


@dataclass(frozen=True, slots=True)
class Cut:
    """A question without what is told `before` and `behind` it."""

    question: str
    before: str = ""
    behind: str = ""


def without_story(text: str) -> Iterator[Cut]:
    """The question without what is told before it, behind it or both, the most likely first."""
    plain = " ".join(text.split())
    before, behind, people, _ = _patterns()
    found = behind.search(plain)
    end = len(plain) if found is None or found.start() < _LEAST else found.start()
    start = 0
    while (found := before.match(plain[start:])) is not None:
        start += found.start("rest")
        if not people.search(plain[:start]):
            continue
        yield Cut(plain[start:], plain[:start])
        if start + _LEAST < end < len(plain):
            yield Cut(plain[start:end], plain[:start], plain[end:])
    if end < len(plain):
        yield Cut(plain[:end], "", plain[end:])


def may_limit(story: str) -> bool:
    """Whether a story holds a number or a word that may limit the question: "… and I need the median"."""
    return any(character.isdigit() for character in story) or _patterns()[3].search(story) is not None


@cache
def _patterns() -> tuple[LatePattern, LatePattern, LatePattern, LatePattern]:
    """Of what stands before a question, of what stands behind it, of people, and of what may limit a question."""
    words = {name: f"(?:{'|'.join(patterns)})" for name, patterns in table("story").items()}
    stop = r"(?:[.?!;:,]|\s[-–—]|\s(?:so|and|but|then)(?=\s))\s*(?:(?:so|and|but|then|ok|okay|now|anyway) )*"
    purpose = rf"for (?:my|our|his|her|their|an?|the) (?:[\w-]+ ){{0,2}}{words['purposes']}"
    patterns = (
        rf"^.{{{_LEAST},}}?{stop}(?P<rest>{words['questions']}\b.{{8,}})$",
        rf"[,;]?\s+(?:{words['reasons']}|{purpose})\b.*$",
        rf"\b{words['people']}\b",
        rf"\b{words['limiting']}\b",
    )
    before, behind, people, limiting = (LatePattern(pattern, re.IGNORECASE) for pattern in patterns)
    return before, behind, people, limiting
