"""The words of a question: as typed, folded, and corrected. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.naming import fold

_WORD = re.compile(r"\d{1,2}[.,]\d{1,2}(?![.,]?\d)|&|[^\W_]+(?:['’‘`´ʼ][^\W_]+)*")
_DECIMAL = re.compile(r"\d{1,2}[.,]\d{1,2}")
_POSSESSIVE = re.compile(r"['’‘`´ʼ]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as typed, folded, and with typing errors corrected; `gap` is the text between it and the previous word."""

    text: str
    folded: str
    word: str
    gap: str = ""

    @property
    def corrected(self) -> bool:
        """Whether the word was read as a different one."""
        return self.word != self.folded


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a phrase, without possessive endings."""
    return tuple(word for _, word, _ in split_words(text))


def without_possessive(word: str) -> str:
    """A word as typed without "'s"."""
    return _POSSESSIVE.sub("", word)


def split_words(text: str) -> Iterable[tuple[str, str, str]]:
    """Each word as typed, folded, and the text before it. A number with decimals is one word, with a decimal point."""
    end = 0
    for match in _WORD.finditer(text):
        typed, gap = match.group(), text[end : match.start()]
        end = match.end()
        decimal = _DECIMAL.fullmatch(typed)
        for part in [typed.replace(",", ".")] if decimal else fold(without_possessive(typed)).split():
            yield typed, part, gap
            gap = " "
