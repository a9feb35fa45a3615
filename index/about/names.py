"""Whether a question names a country or an indicator, which a question about the Index rarely does."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from corpus.naming import fold
from corpus.taxonomy import load_taxonomy

_LONGEST = 6
_SHORTEST = 4


def named(text: str) -> tuple[bool, bool]:
    """Whether a text names a country (or its people), and whether a measured indicator, as whole words in any case."""
    words = fold(text).split()
    runs = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(len(words), i + _LONGEST) + 1)}
    return not runs.isdisjoint(_countries()), not runs.isdisjoint(_indicators())


@cache
def _countries() -> frozenset[str]:
    countries = load_taxonomy().countries.values()
    return _folded(name for c in countries for name in (c.name, *c.labels, *c.aliases, *c.demonyms, *c.capitals))


@cache
def _indicators() -> frozenset[str]:
    taxonomy = load_taxonomy()
    measured = (i for i in taxonomy.indicators.values() if not taxonomy.parts(i.id, taxonomy.editions[-1]))
    return _folded(name for i in measured for name in (i.name, *i.labels, *i.synonyms))


def _folded(names: Iterable[str]) -> frozenset[str]:
    # Codes of two or three letters are words too.
    return frozenset(name for name in map(fold, names) if len(name) >= _SHORTEST)
