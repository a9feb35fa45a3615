"""The words in questions about scores that are not names: words that compare, order, count, ask or describe a change.

They are a reviewed table of phrases in `index/data/cues.toml`; the longest match wins. A cue's `role` says what the phrase does,
its `value` in which direction. Words that carry no condition are fillers. A word in no cue and no name is not understood, and
`unread_words` decides whether a question that contains one can be answered without it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Role(StrEnum):
    """What a cue, a name or a number does in a question."""

    COUNTRY = "country"
    GROUP = "group"
    INDICATOR = "indicator"
    SECTION = "section"
    YEARS = "years"
    NUMBER = "number"
    AMOUNT = "number of points"
    LIMIT = "how many"
    ASK = "asking"
    WHERE = "asking for a place"
    WHY = "asking for reasons"
    HOW_MANY = "counting"
    HOW = "how high"
    COUNTRIES = "countries"
    FAMILY = "family of indicators"
    SCORE = "score"
    RANK = "rank"
    OP = "threshold"
    COMPARATIVE = "comparative"
    THAN = "than"
    POSTFIX = "threshold after its number"
    BETWEEN = "between"
    TO = "to"
    SUPERLATIVE = "superlative"
    CHANGE = "change"
    BY = "by"
    POINTS = "points"
    STAT = "statistic"
    AND = "and"
    OR = "or"
    NOT = "not"
    EXCEPT = "except"
    BOTH = "both"
    EVERY = "every"
    VERSUS = "versus"
    WORLD = "world"
    HOME = "own region"
    EDITION = "edition"
    SINCE = "since"
    DEFINE = "define"
    MEMBERS = "members"
    SAME = "same"
    THRESHOLD = "a comparison with something given"
    BOUNDARY = "a new clause"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase does, and in which direction."""

    role: Role
    value: str = ""


@dataclass(frozen=True, slots=True)
class CueTable:
    """All cues by their words.

    `longest` gives, for a first word, how many words its longest cue has; `words` are the words of two letters or more.
    """

    by_phrase: Mapping[tuple[str, ...], Cue]
    longest: Mapping[str, int]
    words: frozenset[str]


@cache
def cue_table() -> CueTable:
    """The table of `index/data/cues.toml`, read once."""
    by_phrase: dict[tuple[str, ...], Cue] = {}
    for entry in tomllib.loads(files("index").joinpath("data", "cues.toml").read_text(encoding="utf-8"))["cue"]:
        cue = Cue(Role[entry["role"]], entry.get("way", ""))
        by_phrase.update({tuple(phrase.split()): cue for phrase in entry["phrases"]})
    words = frozenset(word for phrase in by_phrase for word in phrase if len(word) > 1)
    return CueTable(by_phrase, longest_by_first_word(by_phrase), words)


def longest_by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """For each first word, how many words its longest phrase has, so that few lengths need to be tried."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return longest
