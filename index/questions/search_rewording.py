"""Everyday words replaced with those that profiles use, for search only. The list is `index/data/search_rewording.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def in_profile_words(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with everyday words replaced, and each replacement as (as typed, as searched), in the order of the text."""
    replaced: list[tuple[str, str]] = []

    def put(match: re.Match[str]) -> str:
        read = _words()[" ".join(re.split(r"[\s-]+", match[0].casefold()))]
        replaced.append((match[0], read))
        return read

    return _pattern().sub(put, text), tuple(replaced)


@cache
def _words() -> dict[str, str]:
    text = files("index").joinpath("data", "search_rewording.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["words"])


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_words(), key=lambda phrase: (-len(phrase), phrase))
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in longest_first)
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)
