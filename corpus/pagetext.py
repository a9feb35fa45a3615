"""From the bytes of a saved page to its text in document order, blank lines between blocks.

Nothing here knows what a profile is, and nothing depends on class names: the site's markup changes with every edition, its
text does not. One file may hold several documents, one after the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.addresses import stated_addresses
from corpus.decoding import decode
from corpus.errors import SourceError
from corpus.nesting import check_nesting
from corpus.sniffing import Content, content_of, is_markup
from corpus.webarchives import archived_pages

_URL = r"https?://(?:[\w-]+\.)*ocindex\.net/(?:(?!-->)[^\s\"'<>)])*+"
_MARKUP_ADDRESS = re.compile(
    rf"saved from url=\(\d+\)({_URL})"
    rf"|\burl:\s*({_URL})\s*(?:\n|-->)"
    rf"|<link[^>]{{0,200}}rel=[\"']?canonical[\"']?[^>]{{0,200}}href=[\"']?({_URL})"
    rf"|<link[^>]{{0,200}}href=[\"']?({_URL})[^>]{{0,200}}rel=[\"']?canonical"
    rf"|<meta[^>]{{0,200}}(?:og|twitter):url[\"']?[^>]{{0,200}}content=[\"']?({_URL})"
    rf"|<meta[^>]{{0,200}}content=[\"']?({_URL})[^>]{{0,200}}(?:og|twitter):url"
    rf"|<base[^>]{{0,200}}href=[\"']?({_URL})",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"<!doctype\s+html[^>]*>|<html[\s>]", re.IGNORECASE)
_ENDED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
_COMMENT_OR_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)

_INLINE = frozenset(
    (
        "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tspan u var wbr"
    ).split()
)
_SKIPPED = frozenset(["script", "style", "template", "noscript", "head", "title", "iframe", "object", "textarea", "select"])


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, and the address it was saved from if the file gives it.

    `addresses` are all that the file gives for itself, `address` among them; `marked` those outside of its text, in markup or the
    headers of an archive. `ends` says that nothing can be missing at the end.
    """

    text: str
    address: str
    addresses: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    ends: bool = False


def read_page_text(data: bytes) -> PageText:
    """Decode a saved page, text or HTML. Raises SourceError if it is empty, binary or wrongly encoded."""
    documents = read_documents(data)
    addresses = tuple(dict.fromkeys(address for document in documents for address in document.addresses))
    return PageText("\n\n".join(document.text for document in documents), documents[0].address, addresses)


def read_documents(data: bytes) -> tuple[PageText, ...]:
    """The documents of a saved file in their order, at least one: text, HTML, a web archive (MHTML) or PDF, by its content.

    Raises SourceError as `read_page_text` does.
    """
    if not data.strip():
        raise SourceError("the file is empty", "save the page again")
    content = content_of(data)
    if content is Content.PDF:
        from corpus.pdf_pages import pdf_text  # loads a library that most builds do not need

        return (replace(_stated(pdf_text(data)), ends=True),)
    if content is Content.ARCHIVE:
        pages = ((decode(page.data, page.charset), page.addresses) for page in archived_pages(data))
        return tuple(document for text, addresses in pages for document in _documents(text, addresses))
    return _documents(decode(data), ())


def _documents(text: str, addresses: tuple[str, ...]) -> tuple[PageText, ...]:
    if not text.strip():
        raise SourceError("the file is empty", "save the page again")
    if not is_markup(text):
        return (_stated(text, addresses),)
    found: list[PageText] = []
    for piece in _pieces(text):
        if _is_text(piece):
            found.append(_stated(piece))
            continue
        given = (next(filter(None, match.groups())) for match in _MARKUP_ADDRESS.finditer(piece))
        own = tuple(dict.fromkeys((*addresses, *given)))
        found.append(PageText(html_to_text(piece), own[0] if own else "", own, own))
    return tuple(document for document in found if document.text.strip()) or (found[0],)


def _stated(text: str, addresses: tuple[str, ...] = ()) -> PageText:
    own = tuple(dict.fromkeys((*addresses, *stated_addresses(text))))
    return PageText(text, own[0] if own else "", own, addresses)


def _is_text(piece: str) -> bool:
    return not is_markup(piece)


def _pieces(text: str) -> list[str]:
    """Cut a file where one document ends and the next begins, and where plain text stands before or behind one."""
    cuts = [0]
    for match in _DOCUMENT.finditer(text):
        before = text[cuts[-1] : match.start()]
        follows_markup = before.rstrip().endswith((">", "\ufeff"))
        ended = _ENDED.search(before) is not None
        new = ended or (match[0].startswith("<!") and follows_markup and _DOCUMENT.search(before) is not None)
        plain = _DOCUMENT.search(before) is None and _words(before) and before.rstrip(" \t").endswith(("\n", ">"))
        if new or plain:
            cuts.append(cuts[-1] + _end_of(before))
    pieces = [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    last = pieces.pop()
    ends = [match.end() for match in _ENDED.finditer(last)]
    if ends and _words(last[ends[-1] :]) and not _TAG.search(last[ends[-1] :]):
        return [*pieces, last[: ends[-1]], last[ends[-1] :]]
    return [*pieces, last]


def _end_of(before: str) -> int:
    """Where the document before a new one ends: comments between the two, such as "saved from url", belong to the new one."""
    ends = [match.end() for match in _ENDED.finditer(before)]
    if ends and not _words(before[ends[-1] :]):
        return ends[-1]
    comment = before.rfind("<!--")
    return comment if comment >= 0 and not _words(before[comment:]) else len(before)


def _words(markup: str) -> bool:
    """Whether there is text outside of comments and tags."""
    return bool(_COMMENT_OR_TAG.sub("", markup).strip())


def html_to_text(markup: str) -> str:
    """The visible text in document order: one line per block, a blank line between blocks, scripts left out.

    Raises SourceError if tags are nested deeper than on any page.
    """
    check_nesting(markup)
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
            text = node.text_content or ""
            parts.append(text.replace("\n", "\v") if _is_preformatted(node) else text)
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


def _is_preformatted(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and parent.tag in _INLINE:
        parent = parent.parent
    return parent is not None and parent.tag == "pre"


def _breaks(node: LexborNode) -> bool:
    tag = node.tag or ""
    return not tag.startswith(("-", "_", "!")) and tag not in _INLINE
