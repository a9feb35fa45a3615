"""Whether a word is in the dictionary of English words."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _english() -> bytes:
    """The lines of `index/data/english_words.txt.gz`: comments, then one word a line.

    Kept as bytes: searching them for the few doubtful words of a question costs less than building a set of all words.
    """
    return gzip.decompress(files("index").joinpath("data", "english_words.txt.gz").read_bytes())


def is_english(word: str) -> bool:
    """Whether a folded word of five letters or more is in the dictionary; False for any shorter one."""
    return f"\n{word}\n".encode() in _english()


def english_among(words: Iterable[str]) -> frozenset[str]:
    """Those of many folded words that are in the dictionary; looking for thousands one by one would take over a second."""
    return frozenset(words).intersection(_english().decode().split("\n"))
