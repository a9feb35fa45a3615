"""Addresses within the site: every page and view can be linked to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from app.content.explore_choices import Choices, View
from index.contract.group_results import CorrelationResult

# The path of each page; the first page has none.
ASK, PROFILE, EXPLORE, ABOUT, LOADED, EVALS = "", "profile", "explore", "about", "loaded", "evals"


def ask_link(question: str, generation: str = "") -> str:
    """The address that asks a question; with the generation that answered it, a newer one can say what has changed."""
    return _link(ASK, {"question": question, "generation": generation})


def profile_link(country: str, edition: int, passage: str = "", at: tuple[int, int] | None = None) -> str:
    """The address of a profile, or of a passage in it with the character range to highlight."""
    marked = f"{at[0]}-{at[1]}" if at else ""
    link = _link(PROFILE, {"country": country, "edition": str(edition), "passage": passage, "at": marked})
    return f"{link}#{anchor_of(passage)}" if passage else link


def anchor_of(passage: str) -> str:
    """The anchor of a passage on its profile: "environment-2" for the id "PER-2021-environment-2"."""
    return passage.split("-", 2)[-1]


def explore_link(view: str, choices: Mapping[str, str | Sequence[str]]) -> str:
    """The address of an Explore view with its choices, in the words of its boxes."""
    return _link(EXPLORE, {"view": view, **choices})


def scatter_link(result: CorrelationResult, choices: Choices) -> str:
    """The address of the scatter plot of two correlated scores; empty where Explore offers no such group or indicator."""
    names = {id: name for name, id in choices.indicators.items()}
    group = next((option for option, name in choices.groups.items() if name == result.within), None)
    if group is None or not set(result.indicators) <= names.keys():
        return ""
    across, up = (names[i] for i in result.indicators)
    return explore_link(View.SCATTER, {"indicator": up, "against": across, "group": group, "edition": str(result.edition)})


def _link(page: str, values: Mapping[str, str | Sequence[str]]) -> str:
    query = urlencode({name: value for name, value in values.items() if value}, doseq=True)
    return f"/{page}?{query}" if query else f"/{page}"
