"""Names and years in a question that say whether it is about the Index at all: countries, indicators, places without scores."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from corpus.naming import fold
from corpus.taxonomy import load_taxonomy

_LONGEST = 6
_SHORTEST = 4
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """Whether a text names a country or its people, a measured indicator, a place without scores, a year without an edition."""

    country: bool
    indicator: bool
    not_scored: bool
    other_year: bool


def named_in(text: str) -> Named:
    """What a text names, as whole words in any case."""
    words = fold(text).split()
    runs = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(len(words), i + _LONGEST) + 1)}
    years = {int(year) for year in _YEAR.findall(text)}
    return Named(
        country=not runs.isdisjoint(_countries()),
        indicator=not runs.isdisjoint(_indicators()),
        not_scored=not runs.isdisjoint(_places_not_scored()),
        other_year=not years <= set(load_taxonomy().editions),
    )


@cache
def _countries() -> frozenset[str]:
    countries = load_taxonomy().countries.values()
    return _folded(name for c in countries for name in (c.name, *c.labels, *c.aliases, *c.demonyms, *c.capitals))


@cache
def _indicators() -> frozenset[str]:
    taxonomy = load_taxonomy()
    measured = (i for i in taxonomy.indicators.values() if not taxonomy.parts(i.id, taxonomy.editions[-1]))
    return _folded(name for i in measured for name in (i.name, *i.labels, *i.synonyms))


@cache
def _places_not_scored() -> frozenset[str]:
    return _folded(name for name, _ in load_taxonomy().traps.not_scored)


def _folded(names: Iterable[str]) -> frozenset[str]:
    # Codes of two or three letters are words too.
    return frozenset(name for name in map(fold, names) if len(name) >= _SHORTEST)
