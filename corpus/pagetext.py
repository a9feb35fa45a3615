"""From the bytes of a saved page to its text in document order, blank lines between blocks.

Nothing here knows what a profile is, and nothing depends on class names: the site's markup changes with every edition, its
text does not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKUP = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
# UTF-8 read as Windows-1252 and saved again turns a curly quote into three of these characters and "é" into two.
_DECODED_TWICE = re.compile("â€[\u2122\u0153\u009d\u02dc\u201c\u201d]|Ã[\u00a9\u00a8\u00b3\u00b1\u00ad\u00a1\u00ba\u00b4]")
_URL = r"https?://(?:[\w-]+\.)*ocindex\.net/[^\s\"'<>)]*"
_MARKUP_ADDRESS = re.compile(
    rf"saved from url=\(\d+\)({_URL})"
    rf"|<link[^>]{{0,200}}rel=[\"']?canonical[\"']?[^>]{{0,200}}href=[\"']?({_URL})"
    rf"|<link[^>]{{0,200}}href=[\"']?({_URL})[^>]{{0,200}}rel=[\"']?canonical"
    rf"|<meta[^>]{{0,200}}og:url[\"']?[^>]{{0,200}}content=[\"']?({_URL})",
    re.IGNORECASE,
)
_TEXT_ADDRESS = re.compile(rf"^\s*(?:source|url|address)?\s*:?\s*<?({_URL})>?\s*$", re.IGNORECASE | re.MULTILINE)

_INLINE = frozenset(
    (
        "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tspan u var wbr"
    ).split()
)
_SKIPPED = frozenset(["script", "style", "template", "noscript", "head", "iframe", "object", "textarea", "select"])


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, and the address it was saved from if the file gives it."""

    text: str
    address: str


def read_page_text(data: bytes) -> PageText:
    """Decode a saved page, text or HTML. Raises SourceError if it is empty, binary or wrongly encoded."""
    text = _decode(data)
    if not text.strip():
        raise SourceError("the file is empty", "save the page again")
    if _MARKUP.search(text[:4096]):
        address = next((next(filter(None, m.groups())) for m in _MARKUP_ADDRESS.finditer(text)), "")
        return PageText(html_to_text(text), address)
    match = _TEXT_ADDRESS.search(text)
    return PageText(text, match.group(1) if match else "")


def html_to_text(markup: str) -> str:
    """The visible text in document order: one line per block, a blank line between blocks, scripts left out."""
    root = LexborHTMLParser(markup).root
    blocks: list[str] = []
    parts: list[str] = []

    def close_block() -> None:
        block = "\n".join(" ".join(line.split()) for line in "".join(parts).split("\v")).strip()
        parts.clear()
        if block:
            blocks.append(block)

    node = root
    while node is not None:
        descend = node.tag not in _SKIPPED
        if node.tag == "-text":
            parts.append(node.text_content or "")
        elif node.tag == "br":
            parts.append("\v")
        elif _breaks(node):
            close_block()
        if descend and node.child is not None:
            node = node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None and _breaks(node):
                close_block()
        node = node.next if node is not None else None
    close_block()
    return "\n\n".join(blocks)


def _breaks(node: LexborNode) -> bool:
    tag = node.tag or ""
    return not tag.startswith(("-", "_", "!")) and tag not in _INLINE


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded_as(data, encoding)
    if b"\x00" in data:
        raise SourceError(
            "the file is not text (it contains zero bytes)", "save the page as text or HTML", f"byte {data.index(0)}"
        )
    declared = _CHARSET.search(data[:4096])
    if declared is not None:
        return _decoded_as(data, declared.group(1).decode("ascii"))
    return _decoded_as(data, "utf-8")


def _decoded_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise SourceError(f"the page declares an unknown encoding, {encoding!r}", "save the page as UTF-8") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"the file is not valid {encoding} text (byte 0x{data[error.start]:02x})",
            "save the page as UTF-8",
            f"line {line}",
        ) from None
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
