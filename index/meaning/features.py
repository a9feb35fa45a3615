"""What the learned reader looks at: words, runs of words, parts of words and marks of a masked question, as hashed features.

A mark loses its number ("C1" and "C2" are both "C"), so that what was learned of one question holds for any with the same words.
Pure; nothing here is fitted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.taxonomy import load_taxonomy
from index.language.stems import stem
from index.meaning.masked import Masked

_LETTERS = "CGISYNP"
_SHORTEST_PART, _LONGEST_PART = 3, 5
_SAME = 3
_LENGTH_STEP, _LONGEST = 3, 6

Features = dict[str, float]


def asking_features(masked: Masked) -> Features:
    """The features of how a question asks."""
    words = [_letter(masked, word) for word in masked.text.split()]
    return _together((1.0, _single(words)), (0.7, _runs(words, 2, 3)), (0.7, _counts(words)), (1.0, _parts(words)))


def order_features(masked: Masked, pillar: str) -> Features:
    """The features of which end is asked for, where `pillar` says which scale is meant ("" if that is not known).

    "The worst" is a high score on one scale and a low score on the other, so each word counts both with and without the scale.
    """
    words = [_letter(masked, word) for word in masked.text.split()]
    on_scale = [f"{pillar} {name}" for name in (*_single(words), *_runs(words, 2, 2), "scale")]
    return asking_features(masked) | _together((1.0, on_scale))


def topic_features(masked: Masked) -> Features:
    """The features of what a question is about: its words, and the id of each indicator that it names."""
    words = [_letter(masked, word) for word in masked.text.split()]
    return _together(
        (1.0, [*_single(words), *_runs(words, 2, 2)]),
        (1.0, _parts(words)),
        (3.0, [f"id {i}" for i in masked.ids("I")] + [f"page {s}" for s in masked.ids("S")]),
    )


def hashed(features: Features) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Features as the hashes of their names, uint32[n], and their values, float32[n]."""
    keys = np.fromiter((crc32(name.encode()) for name in features), np.uint32, len(features))
    return keys, np.fromiter(features.values(), np.float32, len(features))


def _together(*blocks: tuple[float, Iterable[str]]) -> Features:
    """Blocks of features, each of the length given whatever the number of its features, so that long questions weigh no more."""
    found: Features = {}
    for length, names in blocks:
        distinct = dict.fromkeys(names)
        value = length / math.sqrt(max(len(distinct), 1))
        found |= dict.fromkeys(distinct, value)
    return found


def _letter(masked: Masked, word: str) -> str:
    """A word, or the letter of a mark; years that span several words ("2021 to 2025") are "YY", years without an edition "YN"."""
    span = masked.marks.get(word)
    if span is None:
        return word
    if word[0] == "Y" and not set(span.years) <= set(load_taxonomy().editions):
        return "YN"
    return "YY" if word[0] == "Y" and span.end - span.start > 1 else word[0]


def _single(words: Sequence[str]) -> list[str]:
    return [*(f"word {w}" for w in words), *(f"stem {stem(w)}" for w in words)]


def _runs(words: Sequence[str], shortest: int, longest: int) -> list[str]:
    """Runs of so many words, with the beginning and the end of the question as words."""
    whole = ["^", *words, "$"]
    return [
        f"run {' '.join(whole[at : at + length])}"
        for length in range(shortest, longest + 1)
        for at in range(len(whole) - length + 1)
    ]


def _parts(words: Sequence[str]) -> list[str]:
    """Parts of words of three to five letters, which survive a typing error elsewhere in the word."""
    return [
        f"part {padded[at : at + length]}"
        for padded in (f"<{word}>" for word in words if len(word) >= _SHORTEST_PART)
        for length in range(_SHORTEST_PART, _LONGEST_PART + 1)
        for at in range(len(padded) - length + 1)
    ]


def _counts(words: Sequence[str]) -> list[str]:
    """How many marks there are of each letter, which letters there are together, how long the question is, how it begins."""
    count = Counter(words)
    shape = " ".join(f"{letter}{min(count[letter], 2)}" for letter in "CGIN" if count[letter])
    return [
        *(f"count {letter} {min(count[letter], _SAME)}" for letter in (*_LETTERS, "YY")),
        f"shape {shape}",
        f"length {min(len(words) // _LENGTH_STEP, _LONGEST)}",
        f"first {words[0] if words else ''}",
    ]
