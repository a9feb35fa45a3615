"""Named entities (drugs, metals, animals, goods, crimes), which have only a few names: does a text name those asked about?

The list is `index/data/entity_names.toml`. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Set
from functools import cache
from importlib.resources import files

from corpus.naming import fold
from index.language.stems import stem


def missing_entities(asked: Iterable[str], held: Set[str]) -> frozenset[str]:
    """The asked stems that are named entities but none of whose names is among the held stems."""
    names = _names()
    return frozenset(word for word in asked if word in names and not names[word] & held)


@cache
def _names() -> dict[str, frozenset[str]]:
    """The stems of the names of each entity, by its own stem."""
    groups = tomllib.loads(files("index").joinpath("data", "entity_names.toml").read_text(encoding="utf-8"))
    return {
        stem(fold(entity)): frozenset(stem(word) for word in fold(f"{entity} {others}").split())
        for entities in groups.values()
        for entity, others in entities.items()
    }
