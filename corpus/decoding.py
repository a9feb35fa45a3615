"""From the bytes of a saved page to text: byte-order mark, declared encoding, else UTF-8; never a guess."""

from __future__ import annotations

import codecs
import re

from corpus.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# How far into a page the declaration is looked for, in bytes: browsers stop earlier, some that save pages put it later.
_HEAD = 16_384
# Browsers read these as Windows-1252, and so do those who write them.
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"))
# UTF-8 read as Windows-1252 and saved again turns a curly quote into three of these characters and "é" into two.
_DECODED_TWICE = re.compile("â€[\u2122\u0153\u009d\u02dc\u201c\u201d]|Ã[\u00a9\u00a8\u00b3\u00b1\u00ad\u00a1\u00ba\u00b4]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of a page; `declared` is the encoding that its envelope states. Raises SourceError if letters would be lost."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded_as(data, encoding)
    if b"\x00" in data:
        raise SourceError(
            "the file is not text (it contains zero bytes)", "save the page as text or HTML", f"byte {data.index(0)}"
        )
    inside = _CHARSET.search(data[:_HEAD])
    stated = declared or (inside.group(1).decode("ascii") if inside is not None else "utf-8")
    return _decoded_as(data, "cp1252" if stated.lower() in _LATIN else stated)


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"the file is not valid {encoding} text (byte 0x{data[error.start]:02x})",
            "save the page as UTF-8",
            f"line {line}",
        ) from None
    except (LookupError, UnicodeError):
        raise SourceError(f"the page declares an unknown encoding, {encoding!r}", "save the page as UTF-8") from None
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise SourceError(
            "letters were lost when the file was saved (it contains replacement characters)",
            "save the page again as UTF-8",
            f"line {line}",
        )
    twice = _DECODED_TWICE.search(text)
    if twice is not None:
        line = text.count("\n", 0, twice.start()) + 1
        raise SourceError(
            f"the text was saved in the wrong encoding ({twice.group(0)!r} should be a single character)",
            "save the page again as UTF-8",
            f"line {line}",
        )
    return text
