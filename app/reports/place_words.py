"""What a figure is among, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.taxonomy import WORLD, Taxonomy
from index.language.phrases import group_in_sentence


def place_words(place: str | None, taxonomy: Taxonomy) -> str:
    """A group, a country by code or the world (also for None) as written in a sentence; a description as it is."""
    name = place or WORLD
    if name == WORLD or name in taxonomy.groups:
        return group_in_sentence(name, taxonomy)
    return taxonomy.countries[name].name if name in taxonomy.countries else name


def rank_heading(within: str | None, ranked: Iterable[int | None], taxonomy: Taxonomy) -> str:
    """The heading of a column of ranks; `ranked` is of how many each is, which are not the world where only a part is loaded."""
    partly = within == WORLD and any(count is not None and count < len(taxonomy.countries) for count in ranked)
    return "Rank among those loaded" if partly else f"Rank in {place_words(within, taxonomy)}"


def capital(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]
