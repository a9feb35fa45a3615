"""Names of downloaded files: they say what is inside, and every file system and mail program takes them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.naming import fold
from index.language.stems import STOPWORDS

# With the longest extension a name has at most 80 characters.
LONGEST_STEM = 72
_QUESTION_WORDS = 8


def file_stem(*parts: str) -> str:
    """The name of a file without its extension, such as "ocqa-ranking-cocaine-trade-2025-west-africa".

    ASCII letters and digits in lower case, joined by hyphens. Where it would be longer than LONGEST_STEM, the longest part loses
    its last words, so that an edition or a group at the end stays.
    """
    kept = [words for words in map(_words, ("ocqa", *parts)) if words]
    while len(_joined(kept)) > LONGEST_STEM and len(longest := max(kept, key=lambda words: len("-".join(words)))) > 1:
        longest.pop()
    return _joined(kept)[:LONGEST_STEM].rstrip("-")


def answer_stem(question: str, editions: Sequence[int]) -> str:
    """The stem for an answer: the first telling words of its question, and the editions used that they do not name."""
    telling = [word for word in _words(question) if word not in STOPWORDS][:_QUESTION_WORDS]
    unnamed = [str(edition) for edition in editions if str(edition) not in telling]
    return file_stem("answer", " ".join(telling), " ".join(unnamed))


def _words(text: str) -> list[str]:
    """The words of a text in ASCII; what has no Latin letters is left out."""
    return fold(text).encode("ascii", "ignore").decode().lower().split()


def _joined(parts: Sequence[Sequence[str]]) -> str:
    return "-".join(word for words in parts for word in words)
