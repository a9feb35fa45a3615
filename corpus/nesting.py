"""How deep the tags of a page are nested: parsers take a time that grows with the square of it."""

from __future__ import annotations

import re

from corpus.errors import SourceError

DEEPEST = 20_000
_TAG = re.compile(r"<(/?)([a-z][\w:-]*+)([^<>]*+)>", re.IGNORECASE)
# Tags that hold nothing, or that pages leave open.
_NEVER_CLOSED = frozenset(
    (
        "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option thead tbody tfoot "
        "html body"
    ).split()
)


def check_nesting(markup: str) -> None:
    """Raises SourceError if more tags are open at once than on any page that people read."""
    depth = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _NEVER_CLOSED or match[3].endswith("/"):
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > DEEPEST:
            raise SourceError(f"the page has tags nested more than {DEEPEST:,} deep", "save the page as text")
