"""Phrases of a slot, as patterns over the masked text, each with the questions that show what it is for.

A slot's phrases stand in `index/data/meaning/SLOT.toml`. A pattern is a regular expression over whole words; a capital letter
on its own stands for a mark ("top N" matches "top N2"), letters with a plus for a list of such marks ("CG+" matches "C1, C2 and
the G1"), a name in braces for the words of one of the file's lists, and "isnt" for "isn't" too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from index.meaning.masked import MARK
from index.meaning.pattern_words import beginnings, needed_words
from index.meaning.phrase_tables import table

# Ways that are looked for by themselves (`phrases_in`): they neither hide other phrases nor are hidden by them.
APART = frozenset({"plural", "singular", "row", "memberships", "negation", "ordered", "is", "each", "how_many"})
_MARK = re.compile(r"(?<![\\\w\[{])([CGISYNP])(?![\w}])")
_MARKS = re.compile(r"(?<![\\\w\[{])([CGISYNP]+)\+")
_NEGATED = re.compile(r"\b(is|are|do|does|did|has|have|was|were|ca|wo)nt\b")
_LIST = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, and the beginnings of words without which it is not tried (see `needed_words`)."""

    source: str
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one entry: the way they all say, the ids that come with it, their patterns, and texts in which one must and
    none must be found.

    `by_need` has, for a beginning of a word, the positions of the patterns of which it is the rarest need; under "" those that
    need none.
    """

    way: str
    ids: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    by_need: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a text, at the characters `start` to `end` (half-open), with the ids of its entry."""

    way: str
    start: int
    end: int
    words: str
    ids: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks among its words."""
        return tuple(MARK.findall(self.words))


@cache
def phrases_of(slot: str) -> tuple[Phrases, ...]:
    """The entries of a slot's file, in its order."""
    data = table(slot)
    lists: Mapping[str, Sequence[str]] = data.get("lists", {})
    return tuple(_phrases(entry, lists) for entry in data["phrase"])


def _phrases(entry: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Phrases:
    patterns = tuple(_pattern(p, lists) for p in entry["patterns"])
    by_need: dict[str, list[int]] = {}
    for position, pattern in enumerate(patterns):
        for beginning in min(pattern.needs, key=len, default=("",)):
            by_need.setdefault(beginning, []).append(position)
    return Phrases(
        entry["way"],
        tuple(entry.get("ids", ())),
        patterns,
        tuple(entry["examples"]),
        tuple(entry.get("counter_examples", ())),
        {beginning: tuple(positions) for beginning, positions in by_need.items()},
    )


def _pattern(pattern: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    listed = _MARKS.sub(r"(?:[\1]\\d+(?:(?: (?:,|and|or|&|nor|the|n))* [\1]\\d+)*)", _spelt_out(pattern, lists))
    source = _MARK.sub(r"\1\\d+", listed)
    return Pattern(source, needed_words(source))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{source})(?!\w)")


def _spelt_out(pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    """A pattern with the words of its lists, which may name other lists."""
    while _LIST.search(pattern):
        pattern = _LIST.sub(lambda m: f"(?:{'|'.join(lists[m[1]])})", pattern)
    return _NEGATED.sub(r"\1n'?t", pattern)


@lru_cache(maxsize=512)
def found_in(slot: str, text: str) -> tuple[Found, ...]:
    """The phrases of a slot in a text, from left to right, without those that lie inside a longer one. Several forms ask the same
    of one text, so it is remembered.

    So "at least", listed as a phrase that says nothing, keeps "least" from being read. Of equal phrases the entry that stands
    first in the file is kept.
    """
    found = [f for phrases in phrases_of(slot) if phrases.way not in APART for f in _matches(phrases, text)]
    kept = [f for n, f in enumerate(found) if not any(_covers(o, f, m < n) for m, o in enumerate(found) if m != n)]
    return tuple(sorted(kept, key=lambda f: f.start))


def phrases_in(slot: str, way: str, text: str) -> tuple[Found, ...]:
    """The phrases of one way, also inside longer phrases of other ways."""
    return tuple(f for phrases in phrases_of(slot) if phrases.way == way for f in _matches(phrases, text))


def _matches(phrases: Phrases, text: str) -> list[Found]:
    words = beginnings(text)
    tried = {position for word in phrases.by_need.keys() & words for position in phrases.by_need[word]}
    return [
        Found(phrases.way, match.start(), match.end(), match[0], phrases.ids)
        for pattern in (phrases.patterns[position] for position in sorted(tried.union(phrases.by_need.get("", ()))))
        if not any(words.isdisjoint(needed) for needed in pattern.needs)
        for match in _compiled(pattern.source).finditer(text)
    ]


def _covers(outer: Found, inner: Found, earlier: bool) -> bool:
    same = (outer.start, outer.end) == (inner.start, inner.end)
    return earlier if same else outer.start <= inner.start and inner.end <= outer.end
