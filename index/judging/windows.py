"""The part of a passage that is read beside a question: a sentence with as many neighbours as fit. Pure."""

from __future__ import annotations

from index.language.late_pattern import LatePattern
from index.language.sentences import Span
from index.passages.passage import Passage

# About 80 tokens; with a question and the place of the passage that is read in 10 ms on one core.
MOST_WORDS = 60
_WORD = LatePattern(r"\S+")


def window_around(text: str, sentences: tuple[Span, ...], at: int, word: int | None = None) -> Span:
    """The character range of a sentence (by its position) with its neighbours, at most MOST_WORDS words.

    Of a longer sentence, the part around the character `word` is taken, or its beginning.
    """
    if not sentences:
        return _part(text, (0, len(text)), word)
    first = last = at
    if _words(text, sentences[at]) > MOST_WORDS:
        return _part(text, sentences[at], word)
    grown = True
    while grown:
        grown = False
        # What follows says more about a sentence than what precedes it, so it is taken first.
        for start, end in ((first, last + 1), (first - 1, last)):
            fits = start >= 0 and end < len(sentences)
            if fits and _words(text, (sentences[start][0], sentences[end][1])) <= MOST_WORDS:
                first, last, grown = start, end, True
    return sentences[first][0], sentences[last][1]


def lead_of(passage: Passage) -> str:
    """Where a passage stands, in words: its edition and section ("2023, Trade"); for a definition, its indicator; for a document,
    its title and heading."""
    if passage.title:
        return ", ".join(filter(None, (passage.title, passage.section)))
    if passage.section is None:
        return (passage.indicator or "").replace("_", " ")
    return f"{passage.edition}, {passage.section}"


def _words(text: str, span: Span) -> int:
    return text.count(" ", *span) + 1


def _part(text: str, span: Span, word: int | None) -> Span:
    words = [(span[0] + m.start(), span[0] + m.end()) for m in _WORD.finditer(text[span[0] : span[1]])]
    if len(words) <= MOST_WORDS:
        return span
    at = 0 if word is None else next((n for n, (_, end) in enumerate(words) if end > word), 0)
    first = max(0, min(at - MOST_WORDS // 2, len(words) - MOST_WORDS))
    return words[first][0], words[first + MOST_WORDS - 1][1]
