"""How well the lit words are the answer: the words and the characters they share with `answer_span`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.naming import fold

Span = tuple[int, int]


def token_f1(lit: str, answer: str) -> float:
    """The harmonic mean of precision and recall of words, repeats counted, 0 to 1, as reading comprehension is measured."""
    got, wanted = Counter(fold(lit).split()), Counter(fold(answer).split())
    shared = (got & wanted).total()
    return 2 * shared / (got.total() + wanted.total()) if shared else 0.0


def span_overlap(highlight: Sequence[Span], answer: Span) -> float:
    """The characters that are both lit and answer, of those that are either, 0 to 1; 1 is the exact span."""
    lit = {i for start, end in highlight for i in range(start, end)}
    wanted = set(range(*answer))
    return len(lit & wanted) / len(lit | wanted) if lit | wanted else 0.0


def span_in(text: str, answer: str) -> Span | None:
    """Where the answer stands in a text, whatever the white space between its words; None where it does not."""
    words = answer.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def highlighted_text(text: str, highlight: Sequence[Span]) -> str:
    """The lit ranges of a text, a space between them."""
    return " ".join(text[start:end] for start, end in highlight)
