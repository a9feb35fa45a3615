"""Markdown that keeps the text of sources as text: escaping, highlighting and links. Pure.

Text of sources is data: it reaches the screen through `escaped`, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.reports.web_address import web_address
from index.contract.answer_object import FoundPassage

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:^=\"'@/])")


def escaped(text: str) -> str:
    """The text on one line, escaped so that Markdown, LaTeX, links and colour directives leave it as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def highlighted(passage: FoundPassage) -> str:
    """The passage as Markdown with the answering sentences highlighted."""
    return marked(passage.text, passage.highlight)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Text as Markdown with these character ranges, in order, on a background and in bold: never by colour alone."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escaped_between(text[at:start]), ":orange-background[**", escaped(text[start:end]), "**]"]
        at = end
    return "".join([*parts, escaped_between(text[at:])])


def source_link(source: str) -> str:
    """A source as Markdown: a link if it is a web address, otherwise its words."""
    address = web_address(source)
    return f"[{escaped(address.split('://')[1])}]({address})" if address else escaped(source)


def escaped_between(text: str) -> str:
    """Escaped text that keeps the space at its ends, for stretches between highlights or links."""
    return (" " if text[:1].isspace() else "") + escaped(text) + (" " if text.strip() and text[-1:].isspace() else "")
