"""What each token of a question is in its reading: a name of some kind, a number, a cue, or a word with no part. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from corpus.naming import fold
from index.language.late_pattern import LatePattern
from index.questions.cues import Role
from index.questions.question import Question
from index.questions.spans import TaggedSpan

_WORD = LatePattern(r"\d{1,2}[.,]\d{1,2}(?![.,]?\d)|&|[^\W_]+(?:['’‘`´ʼ][^\W_]+)*")
NOTHING, WORD, IMPLIED, NAMED = "nothing", "word", "implied", "indicator of "


def all_tags(pillars: Mapping[str, str]) -> tuple[str, ...]:
    """Every tag that a token can have. `pillars` has the pillar of each indicator."""
    return (NOTHING, WORD, IMPLIED, *(NAMED + pillar for pillar in sorted(set(pillars.values()))), *(str(role) for role in Role))


def token_tags(question: Question, spans: NDArray[np.int32], pillars: Mapping[str, str]) -> list[str]:
    """The tag of each token, given the tokens' character ranges in the `read_text` of the question, int32[tokens, 2].

    Words are matched in order, since `read_text` may have other words than the reading.
    """
    of_word = _word_tags(question, pillars)
    return [NOTHING if at is None else WORD if at < 0 else of_word[at] for at in token_words(question, spans)]


def token_words(question: Question, spans: NDArray[np.int32]) -> list[int | None]:
    """Which word of the reading each token stands in (see `token_tags`): -1 for a word that the reading does not have, None for
    a token outside all words."""
    places = [match.span() for match in _WORD.finditer(question.read_text)]
    read, searched = [fold(word) for word in question.reading.words], [fold(question.read_text[a:b]) for a, b in places]
    words: list[int | None] = [None] * len(question.read_text)
    for change, first, end, start, stop in SequenceMatcher(None, read, searched, autojunk=False).get_opcodes():
        for at in range(start, stop):
            word = -1 if change == "insert" else min(first + (at - start) * (end - first) // (stop - start), end - 1)
            begin, after = places[at]
            words[begin:after] = [word] * (after - begin)
    return [words[begin] for begin in spans[:, 0].tolist()]


def _word_tags(question: Question, pillars: Mapping[str, str]) -> list[str]:
    tags = [WORD] * len(question.reading.words)
    for span in question.reading.spans:
        end = min(max(span.end, span.start + 1), len(tags))
        tags[span.start : end] = [_tag(span, pillars)] * (end - span.start)
    return tags


def _tag(span: TaggedSpan, pillars: Mapping[str, str]) -> str:
    if span.role is not Role.INDICATOR:
        return str(span.role)
    if span.is_implied:
        return IMPLIED
    of = {pillars.get(i, "") for i in span.ids}
    return NAMED + of.pop() if len(of) == 1 and "" not in of else str(span.role)
