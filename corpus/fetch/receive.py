"""Fetching one complete body: only if it changed, resuming an earlier attempt, never beyond its limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from corpus.fetch.failures import BY_BROWSER, Broken, Refused
from corpus.fetch.journal import Record
from corpus.fetch.partial import Partial, Stored
from corpus.fetch.polite import Reply, Site

_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)", re.IGNORECASE)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Received:
    """A complete body in its partial file, or the news that it has not changed (status 304).

    `framed` is False if only the end of the connection marked the end of the body.
    """

    status: int
    etag: str
    last_modified: str
    framed: bool

    @property
    def unchanged(self) -> bool:
        """Whether the site says that our file is still current."""
        return self.status == _NOT_MODIFIED


def receive(site: Site, address: str, partial: Partial, limit: int, known: Record | None) -> Received:
    """Fetch the body of an address into `partial`. `known` is its last download, if that file is unchanged.

    Raises Refused and SiteClosed as Site.get does, Refused also for a body of more than `limit` bytes, and OcqaError if the disk
    fails.
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
        stored = self.partial.stored(self.address)
        if stored is not None and _is_sendable(stored.condition):
            return {"Range": f"bytes={stored.size}-", "If-Range": stored.condition}
        if self.known is None:
            return {}
        conditions = {"If-None-Match": self.known.etag, "If-Modified-Since": self.known.last_modified}
        return {name: value for name, value in conditions.items() if _is_sendable(value)}

    def take(self, reply: Reply) -> Received:
        etag, last_modified = reply.headers.get("etag", ""), reply.headers.get("last-modified", "")
        stored = self.partial.stored(self.address)
        if reply.status == _NOT_MODIFIED:
            if self.known is None or stored is not None:
                self._again("the site says that nothing has changed, though it was not asked that")
            return Received(_NOT_MODIFIED, etag, last_modified, True)
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise Refused("the site compresses the body, though it was asked not to", BY_BROWSER)
        total = None
        if reply.status == 200:
            stored = None
            self._check(reply.length)
            self.partial.begin(self.address, etag, last_modified)
        else:
            total = self._continued(reply, stored)
        size = self.partial.add(reply.chunks, self.limit)
        self._check(size if size is not None else self.limit + 1)
        if total is not None and size != total:
            raise Broken(f"the body broke off at {size} of {total} bytes")
        if stored is not None:
            # A server may omit validators from a partial response.
            etag, last_modified = etag or stored.etag, last_modified or stored.last_modified
        return Received(reply.status, etag, last_modified, reply.framed or total is not None)

    def _continued(self, reply: Reply, stored: Stored | None) -> int | None:
        """Check that a partial response resumes where we stopped; returns the total size if stated."""
        span = _CONTENT_RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        if reply.status != 206 or stored is None or span is None or int(span[1]) != stored.size:
            self._again("the site does not resume where the body broke off")
        for name, before in (("etag", stored.etag), ("last-modified", stored.last_modified)):
            if before and reply.headers.get(name, before) != before:
                self._again("the page changed while it was being fetched")
        total = None if span[2] == "*" else int(span[2])
        self._check(total if total is not None else stored.size + (reply.length or 0))
        return total

    def _again(self, reason: str) -> NoReturn:
        self.partial.discard()
        raise Broken(reason)

    def _check(self, size: int | None) -> None:
        if size is not None and size > self.limit:
            self.partial.discard()
            raise Refused(f"the body is larger than the {self.limit / 2**20:.0f} MB allowed", BY_BROWSER)


def _is_sendable(value: str) -> bool:
    # Values from a journal or a folded header may contain characters that a header must not.
    return bool(value) and value.isascii() and value.isprintable()
