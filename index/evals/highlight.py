"""How well the highlight matches the answer: the words and characters it shares with `answer_span`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.naming import fold

Span = tuple[int, int]


def token_f1(highlighted: str, answer: str) -> float:
    """The F1 of words, with repeats, 0 to 1, as in reading comprehension (SQuAD)."""
    got, wanted = Counter(fold(highlighted).split()), Counter(fold(answer).split())
    shared = (got & wanted).total()
    return 2 * shared / (got.total() + wanted.total()) if shared else 0.0


def span_overlap(highlight: Sequence[Span], answer: Span) -> float:
    """The characters in both the highlight and the answer, as a share of those in either, 0 to 1; 1 is the exact span."""
    marked = {i for start, end in highlight for i in range(start, end)}
    wanted = set(range(*answer))
    return len(marked & wanted) / len(marked | wanted) if marked | wanted else 0.0


def span_in(text: str, answer: str) -> Span | None:
    """Where the answer is in a text, whatever the white space between its words; None if it is not."""
    words = answer.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def highlighted_text(text: str, highlight: Sequence[Span]) -> str:
    """The highlighted ranges of a text, joined by spaces."""
    return " ".join(text[start:end] for start, end in highlight)
