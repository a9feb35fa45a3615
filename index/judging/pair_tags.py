"""What each word of a question has in a window, and the other way round: found, missing, a number found or missing. Pure.

A network of this size does not compare words letter by letter; that a name or a number of the question stands nowhere in the
window is told to it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from corpus.naming import fold
from index.language.late_pattern import LatePattern
from index.language.stems import STOPWORDS, held_stems, stem

_WORD = LatePattern(r"\d[\d,.]*\d|[^\W_]+(?:['’‘`´ʼ][^\W_]+)*")
NOTHING, STOP, FOUND, MISSING, NUMBER_FOUND, NUMBER_MISSING, NAME_FOUND, NAME_MISSING = (
    "nothing", "stop", "found", "missing", "number found", "number missing", "name found", "name missing",
)  # fmt: skip
SHARED, NUMBER_SHARED, PLAIN, NUMBER = "shared", "number shared", "plain", "number"
TAGS = (
    NOTHING, STOP, FOUND, MISSING, NUMBER_FOUND, NUMBER_MISSING, NAME_FOUND, NAME_MISSING, SHARED, NUMBER_SHARED, PLAIN, NUMBER,
)  # fmt: skip


def question_tags(question: str, beside: str, spans: NDArray[np.int32]) -> list[str]:
    """The tag of each token of a question beside a text. `spans` int32[tokens, 2] are the tokens' character ranges."""
    held, digits = held_stems(beside), _numbers(beside)
    return _of_tokens(question, spans, lambda word, first: _asked(word, first, held, digits))


def window_tags(question: str, window: str, spans: NDArray[np.int32]) -> list[str]:
    """The tag of each token of a window beside a question."""
    held, digits = held_stems(question), _numbers(question)
    return _of_tokens(window, spans, lambda word, first: _told(word, held, digits))


def _of_tokens(text: str, spans: NDArray[np.int32], tag_of: Callable[[str, bool], str]) -> list[str]:
    found: list[str] = [NOTHING] * (len(text) + 1)
    for match in _WORD.finditer(text):
        found[match.start() : match.end()] = [tag_of(match.group(), match.start() == 0)] * (match.end() - match.start())
    return [found[start] if end > start else NOTHING for start, end in spans.tolist()]


def _asked(word: str, first: bool, held: frozenset[str], digits: frozenset[str]) -> str:
    if word[0].isdigit():
        return NUMBER_FOUND if word.replace(",", "") in digits else NUMBER_MISSING
    parts = fold(word).split()
    if all(part in STOPWORDS for part in parts):
        return STOP
    there = all(stem(part) in held for part in parts if part not in STOPWORDS)
    if word[0].isupper() and not first:
        return NAME_FOUND if there else NAME_MISSING
    return FOUND if there else MISSING


def _told(word: str, held: frozenset[str], digits: frozenset[str]) -> str:
    if word[0].isdigit():
        return NUMBER_SHARED if word.replace(",", "") in digits else NUMBER
    return SHARED if any(stem(part) in held for part in fold(word).split() if part not in STOPWORDS) else PLAIN


def _numbers(text: str) -> frozenset[str]:
    return frozenset(m.group().replace(",", "") for m in _WORD.finditer(text) if m.group()[0].isdigit())
