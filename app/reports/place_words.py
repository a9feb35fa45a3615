"""What a figure is among, in words. Pure."""

from __future__ import annotations

from corpus.taxonomy import WORLD, Taxonomy
from index.language.phrases import group_in_sentence


def place_words(place: str | None, taxonomy: Taxonomy) -> str:
    """A group, a country by code or the world (also for None) as written in a sentence; a description as it is."""
    name = place or WORLD
    if name == WORLD or name in taxonomy.groups:
        return group_in_sentence(name, taxonomy)
    return taxonomy.countries[name].name if name in taxonomy.countries else name


def capital(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]
