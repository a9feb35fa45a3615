"""Web archives (MHTML): the message that a browser writes for "single file", with the page and its pictures as parts."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message

from corpus.errors import SourceError

_FIRST_HEADER = re.compile(rb"\s*(?:From .*\r?\n)?[A-Za-z][\w-]*:")
_TYPES = re.compile(rb"^content-type:\s*(?:multipart/|text/html|application/xhtml)", re.IGNORECASE | re.MULTILINE)
_MIME = re.compile(rb"^(?:mime-version|snapshot-content-location):", re.IGNORECASE | re.MULTILINE)
_HEAD = 8192
_MARKUP = ("text/html", "application/xhtml+xml")
_AGAIN = "save the page again, as HTML or as text"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page in an archive: its bytes, the encoding that the part states (may be empty), the addresses of its headers."""

    data: bytes
    charset: str
    addresses: tuple[str, ...]


def is_archive(data: bytes) -> bool:
    """Whether a file begins with the headers of a message that holds a page."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:_HEAD]
    return _FIRST_HEADER.match(head) is not None and _MIME.search(head) is not None and _TYPES.search(head) is not None


def archived_pages(data: bytes) -> tuple[ArchivedPage, ...]:
    """The page of each archive in a file, one after the other. Raises SourceError if an archive has none."""
    pages: list[ArchivedPage] = []
    rest = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest:
        try:
            message = email.message_from_bytes(rest)
            pages.append(_page(message))
            # Text after the last part: a second archive, if somebody put two into one file.
            after = (message.epilogue or "").encode("utf-8", "surrogateescape").lstrip()
        except (SourceError, MemoryError):
            raise
        except Exception as error:  # the parser raises several kinds for damaged messages
            raise SourceError(f"the web archive (MHTML) is damaged ({type(error).__name__})", _AGAIN) from error
        rest = after if is_archive(after) else b""
    return tuple(pages)


def _page(message: Message) -> ArchivedPage:
    parts = [part for part in message.walk() if not part.is_multipart()]
    snapshot = _address(message, "Snapshot-Content-Location")
    root = _root(message, parts, snapshot)
    if root is None:
        raise SourceError("the web archive (MHTML) has no page in it", _AGAIN)
    payload = root.get_payload(decode=True)
    assert isinstance(payload, bytes)
    locations = (snapshot, _address(root, "Content-Location"), _address(message, "Content-Location"))
    return ArchivedPage(payload, root.get_content_charset() or "", tuple(dict.fromkeys(filter(None, locations))))


def _root(message: Message, parts: list[Message], snapshot: str) -> Message | None:
    """The part that is the page; the others that are markup are its frames."""
    pages = [part for part in parts if part.get_content_type() in _MARKUP]
    start = message.get_param("start")
    chosen = [part for part in pages if isinstance(start, str) and str(part.get("Content-ID", "")).strip() == start]
    chosen += [part for part in pages if snapshot and _address(part, "Content-Location") == snapshot]
    chosen += [*pages, *(part for part in parts if part.get_content_type() == "text/plain")]
    return chosen[0] if chosen else None


def _address(message: Message, header: str) -> str:
    """A header with an address, which may be folded or encoded."""
    return re.sub(r"\s+", "", str(make_header(decode_header(str(message.get(header, ""))))))
