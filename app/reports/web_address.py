"""Sources that a browser may open."""

from __future__ import annotations

import re


def web_address(source: str) -> str | None:
    """The source if it is an address that a browser may open, else None."""
    return source if re.fullmatch(r"https?://[\w.-]+(?:/[\w./%~-]*)?", source) else None
