"""What a page that was run without a browser shows, as plain text."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

_LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\(/[^)]*\)")
# What the answer is made of stands above its words.
_KINDS = (
    "I may not have understood", "No answer in what is loaded", "From the profile text", "Quoted from a definition",
    "About the Index", "Printed on the page", "From the scores",
)  # fmt: skip


def plain(markdown: str) -> str:
    """Markdown without escapes, links within the site as their words."""
    return _LINK.sub(r"\1", markdown).replace("\\", "")


def answer_words(page: AppTest) -> str:
    """The sentence of the answer that is shown, without the "Yes" or "No" above it."""
    shown = [plain(element.value) for element in page.markdown]
    at = next(n for n, text in enumerate(shown) if text.startswith(tuple(f":small[{kind}" for kind in _KINDS)))
    return next(text for text in shown[at + 1 :] if text not in ("Yes", "No"))
