"""Pages about the Index that are no country's profile: its reports and descriptions of method, kept as text with headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from corpus.naming import fold, identifier
from corpus.records import Document, DocumentPart
from corpus.sections import Line, is_closing

# What a text about the Index says of it somewhere, folded.
_NAMED = ("organized crime index", "organised crime index")
_SITES = ("ocindex.net", "globalinitiative.net")
# With less running text than this a page is a menu or a notice.
_PARAGRAPHS, _LETTERS = 2, 400
# A shorter line is a label unless it ends as a sentence does; a longer one is no heading.
_SHORTEST, _HEADING = 100, 110
_FEWEST_WORDS = 6
_MARK = re.compile(r"^(?:#{1,6}\s+|(?:\d{1,2}\.){1,4}\s+|\d{1,2}(?:\.\d{1,2}){1,3}\s+)")
# How the items of a list are set behind the sentence that announces them.
_BULLET = " • "
_ITEM = re.compile(r"^[•▪◦*–—-]\s+")
# Hard-wrapped text has lines of at most about so many characters.
_WRAPPED = 100


def read_document(lines: Sequence[Line], name: str, addresses: Sequence[str]) -> Document | None:
    """The text of a page with its headings; None if it does not speak of the Index or has too little running text.

    `name` is the file's path; the first of `addresses` is where the page is published.
    """
    if not _is_about_the_index(lines, addresses):
        return None
    parts = _parts(_blocks(lines))
    paragraphs = [paragraph for part in parts for paragraph in part.paragraphs]
    if len(paragraphs) < _PARAGRAPHS or sum(map(len, paragraphs)) < _LETTERS:
        return None
    title = next((part.heading for part in parts if part.heading), "") or PurePosixPath(name).stem.replace("_", " ")
    return Document(title, addresses[0] if addresses else name, name, parts)


def document_file(document: Document) -> str:
    """The name that the document gets in a sources folder, without an ending."""
    return identifier(document.title)[:60].strip("_") or "document"


def _is_about_the_index(lines: Sequence[Line], addresses: Sequence[str]) -> bool:
    if any(site in address for address in addresses for site in _SITES):
        return True
    text = fold(" ".join(line.text for line in lines))
    return any(name in text for name in _NAMED)


def _blocks(lines: Sequence[Line]) -> list[str]:
    """Lines that were wrapped joined again; what stands alone stays alone."""
    runs: list[list[str]] = []
    for line in lines:
        alone = line.after_gap or not runs or _MARK.match(line.text) or _ITEM.match(line.text)
        if alone or len(runs[-1][-1]) > _WRAPPED or _MARK.match(runs[-1][0]):
            runs.append([line.text])
        else:
            runs[-1].append(line.text)
    return [" ".join(run) for run in runs]


def _parts(blocks: Sequence[str]) -> tuple[DocumentPart, ...]:
    """Headings with what stands below them; labels without running text below are left out, as menus are."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    heading, listing = "", False
    for block, following in zip(blocks, [*blocks[1:], ""], strict=True):
        if is_closing(block):
            break
        item = _ITEM.match(block) is not None
        if listing and (item or not (_is_prose(block) or _is_prose(following))):
            parts[-1][1][-1] += f"{_BULLET}{_ITEM.sub('', block)}"
        elif _is_prose(block):
            if heading:
                parts.append((heading, []))
                heading = ""
            parts[-1][1].append(_ITEM.sub("", block))
            listing = block.endswith(":") or item
        elif len(block) <= _HEADING:
            heading, listing = _MARK.sub("", block).rstrip(":"), False
    return tuple(DocumentPart(heading, tuple(paragraphs)) for heading, paragraphs in parts if paragraphs)


def _is_prose(block: str) -> bool:
    if _MARK.match(block):
        return False
    ended = block.rstrip("\"'”’)").endswith((".", "!", "?", ":"))
    return len(block) > _SHORTEST or (ended and len(block.split()) >= _FEWEST_WORDS)
