"""Names in a question that stand for nothing known: "Narnia", "Mordor". Pure."""

from __future__ import annotations

from corpus.naming import fold
from index.questions.english import is_english
from index.questions.question import Question

_SHORTEST = 5


def unknown_names(question: Question) -> tuple[str, ...]:
    """The words, as typed, that have a capital letter inside a sentence, are in no name or phrase known, and are not English.

    Empty where every word has one, which then means nothing.
    """
    words, openings = question.reading.words, question.reading.openings
    if len(words) > 1 and all(word[:1].isupper() for word in words):
        return ()
    return tuple(
        word
        for word in (words[at] for at in question.reading.unknown if at not in openings)
        if len(word) >= _SHORTEST and word.isalpha() and word.istitle() and not is_english(fold(word))
    )
