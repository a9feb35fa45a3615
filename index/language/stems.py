"""English word stems and stop words. The only module that imports the stemmer."""

from __future__ import annotations

import threading
from functools import lru_cache

import Stemmer

from corpus.naming import fold

_of_thread = threading.local()
STOPWORDS = frozenset(
    (
        "a about above across after all also am an and any are around as at be because been before being between both "
        "but by can could did do does doing done during each either etc for from further get gets give given had has "
        "have having he her here hers him his how i if in into is it its itself just know let list like made main "
        "mainly make makes many may me might more most much must my name near no nor not now of off on once one only or "
        "other others our out over own per please s same say says shall she should show so some such t tell than that "
        "the their them then there these they this those through to too under until up upon us very via was we were "
        "what whats when where which while who whom whose why will with within without would you your"
    ).split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word."""
    # A stemmer must not be shared between threads.
    if not hasattr(_of_thread, "stemmer"):
        _of_thread.stemmer = Stemmer.Stemmer("english")
    return str(_of_thread.stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without stop words; repeats are kept."""
    return [stem(word) for word in fold(text).split() if word not in STOPWORDS]


@lru_cache(maxsize=100_000)
def held_stems(text: str) -> frozenset[str]:
    """The distinct stems of a stored text. Cached, because the same passages are looked at again and again."""
    return frozenset(stems(text))
