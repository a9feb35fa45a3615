"""Words as people shorten them in a hurry: "ctries", "mkts", "crim > 6 & res < 4". Pure.

They are listed in `index/data/shorthand.toml`, but for those that are a word that asks without its vowels ("btwn").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.language.stems import STOPWORDS, stem
from index.questions.cues import cue_table

_VOWELS = frozenset("aeiouy")
_SHORTEST = 3
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class _Shorthand:
    words: Mapping[str, str]
    beside: tuple[tuple[re.Pattern[str], str], ...]


def beside_others_in_full(text: str) -> str:
    """The text with words in full that are shortened ones only because of what stands beside them."""
    for pattern, full in _shorthand().beside:
        text = pattern.sub(full, text)
    return text


def in_full(typed: str) -> str | None:
    """The word that is meant by a shortened one in small letters; None if it is none."""
    if not typed.islower():
        return None
    return _shorthand().words.get(typed) or _without_vowels(typed)


@lru_cache(maxsize=20_000)
def _without_vowels(word: str) -> str | None:
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()) or not _VOWELS.isdisjoint(word):
        return None
    found = _asking_words().get(word, ())
    return found[0] if word not in found and len({stem(w) for w in found}) == 1 else None


@cache
def _asking_words() -> Mapping[str, tuple[str, ...]]:
    """The words that ask by what is left of them without vowels, the shortest first."""
    found: dict[str, list[str]] = {}
    known: Iterable[str] = sorted(cue_table().words | STOPWORDS, key=lambda word: (len(word), word))
    for word in known:
        if word.isascii() and word.isalpha():
            left = "".join(c for c in word if c not in _VOWELS)
            for short in {left, _TWICE.sub(r"\1", left)}:
                found.setdefault(short, []).append(word)
    return {left: tuple(words) for left, words in found.items()}


@cache
def _shorthand() -> _Shorthand:
    data = tomllib.loads(files("index").joinpath("data", "shorthand.toml").read_text(encoding="utf-8"))
    beside = tuple((re.compile(entry["pattern"], re.IGNORECASE), entry["full"]) for entry in data["beside"])
    return _Shorthand(data["words"], beside)
