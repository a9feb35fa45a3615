"""Things that go by few names (drugs, metals, animals, goods, deeds): whether a text names those that are asked of.

The list is `index/data/entity_names.toml`. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Set
from functools import cache
from importlib.resources import files

from corpus.naming import fold
from index.language.stems import stem


def unnamed(asked: Iterable[str], held: Set[str]) -> frozenset[str]:
    """The asked stems that are such things and of which no name is among the held stems."""
    names = _names()
    return frozenset(word for word in asked if word in names and not names[word] & held)


@cache
def _names() -> dict[str, frozenset[str]]:
    """For the stem of each thing the stems that say it."""
    sorts = tomllib.loads(files("index").joinpath("data", "entity_names.toml").read_text(encoding="utf-8"))
    return {
        stem(fold(thing)): frozenset(stem(word) for word in fold(f"{thing} {others}").split())
        for sort in sorts.values()
        for thing, others in sort.items()
    }
