"""Addresses within the site, so that every view can be linked to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

# The address of the first page is the bare one.
ASK, PROFILE, EXPLORE, LOADED, EVALS = "", "profile", "explore", "loaded", "evals"


def ask_link(question: str, generation: str = "") -> str:
    """The address that asks a question; with the generation that answered it, a newer one says what changed."""
    return _link(ASK, {"question": question, "generation": generation})


def profile_link(country: str, edition: int, passage: str = "", at: tuple[int, int] | None = None) -> str:
    """The address of a profile; of a passage in it, with the character range that is marked."""
    marked = f"{at[0]}-{at[1]}" if at else ""
    link = _link(PROFILE, {"country": country, "edition": str(edition), "passage": passage, "at": marked})
    return f"{link}#{anchor_of(passage)}" if passage else link


def anchor_of(passage: str) -> str:
    """The anchor of a passage on its profile: its id without country and edition, "PER-2021-environment-2" is "environment-2"."""
    return passage.split("-", 2)[-1]


def explore_link(view: str, choices: Mapping[str, str | Sequence[str]]) -> str:
    """The address of one of the explore views with what was chosen there, in the words that its boxes show."""
    return _link(EXPLORE, {"view": view, **choices})


def _link(page: str, values: Mapping[str, str | Sequence[str]]) -> str:
    query = urlencode({name: value for name, value in values.items() if value}, doseq=True)
    return f"/{page}?{query}" if query else f"/{page}"
