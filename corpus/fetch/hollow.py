"""Whether a page comes without its text: a frame that scripts fill in a browser. Pure."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

# A profile has thousands of words; the frame of a page has its menu and a line that asks for scripts.
_FEWEST_WORDS = 200


def needs_browser(data: bytes) -> bool:
    """Whether this HTML has scripts and hardly any words besides."""
    page = LexborHTMLParser(data)
    scripts = len(page.css("script"))
    page.strip_tags(["script", "style", "noscript", "template"])
    words = page.body.text(separator=" ").split() if page.body is not None else []
    return scripts > 0 and len(words) < _FEWEST_WORDS
