"""Phrases over masked text, kept in tables with examples and counter-examples beside them.

A pattern is a regular expression over whole words in which `C+` stands for a list of countries ("C1, C2 and the C3"), `CG+` for
one of countries and groups, and `C#` for a single mark.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_LIST = re.compile(r"\b([CGISYNP]+)\+")
_SINGLE = re.compile(r"\b([CGISYNP]+)#")
_MARK = re.compile(r"\b[CGISYNP]\d+\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a table: what its patterns mean, the ids that come with it, and texts that hold it or must not."""

    means: str
    ids: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where its patterns lie in a text, as half-open stretches of characters."""
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                yield match.span()


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text: its entry, the characters `start` to `end` (half-open), and the marks among them."""

    phrase: Phrase
    start: int
    end: int
    marks: tuple[str, ...]

    @property
    def means(self) -> str:
        """What the phrase means."""
        return self.phrase.means


@cache
def phrases(table: str) -> tuple[Phrase, ...]:
    """The entries of `index/data/meaning/TABLE.toml`, in the order of the file, read once."""
    data = tomllib.loads(files("index").joinpath("data", "meaning", f"{table}.toml").read_text(encoding="utf-8"))
    return tuple(
        Phrase(
            entry["means"],
            tuple(entry.get("ids", ())),
            tuple(map(compiled, entry["patterns"])),
            tuple(entry["examples"]),
            tuple(entry.get("counter_examples", ())),
        )
        for entry in data["phrase"]
    )


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression over whole words of masked text."""
    listed = _LIST.sub(r"(?:[\1]\\d+(?:(?: (?:,|and|or|&|nor|the|n))* [\1]\\d+)*)", pattern)
    single = _SINGLE.sub(r"[\1]\\d+", listed)
    return re.compile(rf"(?<!\S)(?:{single})(?!\S)")


@lru_cache(maxsize=512)
def found(table: str, text: str) -> tuple[Found, ...]:
    """The phrases of a table in a text, from left to right. Several forms ask the same of one text, so it is remembered.

    Where two overlap, the longer one counts.
    """
    hits = [
        Found(phrase, start, end, tuple(_MARK.findall(text[start:end])))
        for phrase in phrases(table)
        for start, end in phrase.spans(text)
    ]
    kept: list[Found] = []
    for hit in sorted(hits, key=lambda h: h.start - h.end):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))
