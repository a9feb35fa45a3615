"""Getting one body whole: only if it changed, from where an earlier attempt broke off, never beyond its limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from corpus.fetch.failures import BY_BROWSER, Broken, Refused
from corpus.fetch.journal import Record
from corpus.fetch.partial import Held, Partial
from corpus.fetch.polite import Reply, Site

_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)", re.IGNORECASE)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Received:
    """A body that came whole and lies in its partial file, or the word that it has not changed (status 304).

    `framed` is False where only the end of the connection said that the body was at its end.
    """

    status: int
    etag: str
    last_modified: str
    framed: bool

    @property
    def unchanged(self) -> bool:
        """Whether the site says that what we have is still right."""
        return self.status == _NOT_MODIFIED


def receive(site: Site, address: str, partial: Partial, limit: int, known: Record | None) -> Received:
    """Get the body of an address into `partial`. `known` is its last download, where that file still stands as it was.

    Raises Refused and SiteClosed as Site.get does, Refused also for a body above `limit` bytes, and OcqaError of the disk.
    """
    download = _Download(address, partial, limit, known)
    return site.get(address, download.headers, download.take)


@dataclass(frozen=True, slots=True)
class _Download:
    address: str
    partial: Partial
    limit: int
    known: Record | None

    def headers(self) -> Mapping[str, str]:
        held = self.partial.held(self.address)
        if held is not None and _is_sendable(held.condition):
            return {"Range": f"bytes={held.size}-", "If-Range": held.condition}
        if self.known is None:
            return {}
        conditions = {"If-None-Match": self.known.etag, "If-Modified-Since": self.known.last_modified}
        return {name: value for name, value in conditions.items() if _is_sendable(value)}

    def take(self, reply: Reply) -> Received:
        etag, last_modified = reply.headers.get("etag", ""), reply.headers.get("last-modified", "")
        held = self.partial.held(self.address)
        if reply.status == _NOT_MODIFIED:
            if self.known is None or held is not None:
                self._again("the site says that nothing changed, though it was not asked that")
            return Received(_NOT_MODIFIED, etag, last_modified, True)
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise Refused("the site packs the body, though it was asked not to", BY_BROWSER)
        total = None
        if reply.status == 200:
            held = None
            self._check(reply.length)
            self.partial.begin(self.address, etag, last_modified)
        else:
            total = self._continued(reply, held)
        size = self.partial.add(reply.chunks, self.limit)
        self._check(size if size is not None else self.limit + 1)
        if total is not None and size != total:
            raise Broken(f"the body broke off at {size} of {total} bytes")
        if held is not None:
            # A server may leave validators out of a part.
            etag, last_modified = etag or held.etag, last_modified or held.last_modified
        return Received(reply.status, etag, last_modified, reply.framed or total is not None)

    def _continued(self, reply: Reply, held: Held | None) -> int | None:
        """Check that a part goes on where we stopped, and give the size of the whole where it is said."""
        span = _CONTENT_RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        if reply.status != 206 or held is None or span is None or int(span[1]) != held.size:
            self._again("the site does not go on where the body broke off")
        for name, before in (("etag", held.etag), ("last-modified", held.last_modified)):
            if before and reply.headers.get(name, before) != before:
                self._again("the page changed while it was being fetched")
        total = None if span[2] == "*" else int(span[2])
        self._check(total if total is not None else held.size + (reply.length or 0))
        return total

    def _again(self, reason: str) -> NoReturn:
        self.partial.discard()
        raise Broken(reason)

    def _check(self, size: int | None) -> None:
        if size is not None and size > self.limit:
            self.partial.discard()
            raise Refused(f"the body is larger than the {self.limit / 2**20:.0f} MB allowed", BY_BROWSER)


def _is_sendable(value: str) -> bool:
    # What a journal or a folded header gave may hold signs that a header must not.
    return bool(value) and value.isascii() and value.isprintable()
