"""Sources that a browser may open."""

from __future__ import annotations

import re
from dataclasses import dataclass


def web_address(source: str) -> str | None:
    """The source if it is an address that a browser may open, else None."""
    return source if re.fullmatch(r"https?://[\w.-]+(?:/[\w./%~-]*)?", source) else None


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source for HTML: its words, and the address that they lead to or None."""

    words: str
    address: str | None


def shown_source(source: str) -> ShownSource:
    """A web address without its scheme as a link, any other source as its words."""
    address = web_address(source)
    return ShownSource(source.split("://", 1)[1] if address else source, address)
