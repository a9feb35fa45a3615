"""What a file is by its content: people save pages under any extension, and under none."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.errors import SourceError
from corpus.webarchives import is_archive

# In characters: as much as is looked at to find out.
_HEAD = 4096
_MARKUP = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"</(?:div|p|span|section|article|main|h[1-6]|li|ul|td|tr|table|a|body|html)\s*>", re.IGNORECASE)
_FEW = 10
_INDEX = re.compile(rb"ocindex|organi[sz]ed\s+crime\s+index|criminality\s+score", re.IGNORECASE)
_PROFILE_TEXT = re.compile(r"^[^\w\n]{0,40}criminality score[^\w\n]{0,40}$", re.IGNORECASE | re.MULTILINE)
_FIGURES = re.compile(r"^[^\S\n]{0,40}\d{1,2}\.\d\d", re.MULTILINE)
_OTHER_FORMATS = (
    (b"PK\x03\x04", "a Word document, a workbook or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document or workbook"),
    (b"{\\rtf", "a rich text document"),
    (b"bplist00", "a web archive of Safari"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
)


class Content(StrEnum):
    """What the bytes of a saved page are."""

    TEXT = "text"
    MARKUP = "HTML"
    ARCHIVE = "MHTML"
    PDF = "PDF"


def content_of(data: bytes) -> Content:
    """What a saved page is, text in any encoding included. Raises SourceError for formats that hold text but are not read."""
    if b"%PDF-" in data[:1024] or data.startswith(b"%PDF"):
        return Content.PDF
    if is_archive(data):
        return Content.ARCHIVE
    for magic, what in _OTHER_FORMATS:
        if data.startswith(magic):
            raise SourceError(f"the file is not a page but {what}", "open it and save the page as text (.txt), HTML or PDF")
    # Encodings with zero bytes begin with a mark; without the zeros their markup is legible.
    return Content.MARKUP if is_markup(data.replace(b"\x00", b"").decode("latin-1")) else Content.TEXT


def is_markup(text: str) -> bool:
    """Whether a text is HTML: a page, or a piece of one."""
    if _MARKUP.search(text[:_HEAD]):
        return True
    return sum(1 for _ in _TAGS.finditer(text)) > _FEW


def holds_page(data: bytes) -> bool:
    """Whether a file whose extension says nothing holds a page of the Index."""
    try:
        content = content_of(data)
    except SourceError:
        return False
    if content is Content.PDF:
        return True
    if content is Content.TEXT:
        text = data.decode("latin-1")
        return _PROFILE_TEXT.search(text) is not None and len(_FIGURES.findall(text)) > _FEW
    return _INDEX.search(data) is not None
