"""What each word of a question has in a window."""

from __future__ import annotations

import re

import numpy as np

from index.judging.pair_tags import (
    FOUND,
    MISSING,
    NAME_FOUND,
    NAME_MISSING,
    NUMBER,
    NUMBER_FOUND,
    NUMBER_MISSING,
    NUMBER_SHARED,
    PLAIN,
    SHARED,
    STOP,
    question_tags,
    window_tags,
)

QUESTION = "Why do the 40,000 miners of Madre de Dios sell gold to Bolivia in 2014?"
WINDOW = "In 2014, 15,000 men mined gold illegally in Madre de Dios."


def tagged(text: str, tags: list[str], spans: np.ndarray) -> dict[str, str]:
    return {text[a:b]: tag for (a, b), tag in zip(spans.tolist(), tags, strict=True)}


def spans_of(text: str) -> np.ndarray:
    return np.array([m.span() for m in re.finditer(r"[\w,]*\w", text)], dtype=np.int32)


def test_words_of_a_question_are_found_or_missing() -> None:
    spans = spans_of(QUESTION)
    tags = tagged(QUESTION, question_tags(QUESTION, WINDOW, spans), spans)
    assert tags["gold"] == FOUND and tags["sell"] == MISSING and tags["Why"] == STOP
    assert tags["Madre"] == NAME_FOUND and tags["Bolivia"] == NAME_MISSING
    assert tags["2014"] == NUMBER_FOUND and tags["40,000"] == NUMBER_MISSING


def test_words_of_a_window_are_shared_with_the_question_or_not() -> None:
    spans = spans_of(WINDOW)
    tags = tagged(WINDOW, window_tags(QUESTION, WINDOW, spans), spans)
    assert tags["gold"] == SHARED and tags["illegally"] == PLAIN
    assert tags["2014"] == NUMBER_SHARED and tags["15,000"] == NUMBER


def test_special_tokens_have_no_tag_of_a_word() -> None:
    empty = np.zeros((2, 2), dtype=np.int32)
    assert set(question_tags(QUESTION, WINDOW, empty)) == {"nothing"}


def test_a_number_is_the_same_with_or_without_its_comma() -> None:
    question, window = "why did 15,000 men leave", "15000 men left"
    spans = spans_of(question)
    assert tagged(question, question_tags(question, window, spans), spans)["15,000"] == NUMBER_FOUND
