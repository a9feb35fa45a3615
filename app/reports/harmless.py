"""Text without control characters: pages, files and questions may hold sequences that a terminal would obey. Pure."""

from __future__ import annotations

import re

# Everything that moves a cursor, changes colours or titles, or turns text around; but for the two marks of a highlight.
_CONTROL = re.compile(r"(?!\x1b\[(?:1;7|0)m)[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text with each control character as a sign that stands for one; a carriage return that opens it stays, for progress."""
    start = "\r" if text.startswith("\r") else ""
    return start + _CONTROL.sub("\ufffd", text[len(start) :])
