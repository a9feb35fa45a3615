"""The index in use: questions go on being answered from it while a newer build is opened beside them."""

from __future__ import annotations

import asyncio
import gc
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread

from corpus.errors import OcqaError
from index.generations.follower import Published
from index.generations.snapshot import Snapshot

T = TypeVar("T")
# More at once than processors would only slow each other down.
_AT_ONCE = 2
_SECONDS_BETWEEN_LOOKS = 1.0


class Current:
    """A snapshot and the threads that work on it. `waiting` is how many requests are being answered or wait for it."""

    def __init__(self, index: Path) -> None:
        self._published = Published(index)
        self._snapshot: Snapshot | None = None
        self.trouble: OcqaError | None = None
        self.waiting = 0

    @cached_property
    def _limiter(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(_AT_ONCE)

    @property
    def snapshot(self) -> Snapshot | None:
        """The build in use; None where none could be opened so far, and `trouble` says why."""
        return self._snapshot

    async def follow(self) -> None:
        """Look for a newer build again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    async def look(self) -> None:
        """Take up the published build, opened in a thread and warmed up, so that no request waits for it."""
        try:
            self._snapshot = await anyio.to_thread.run_sync(self._open)
            self.trouble = None
        except OcqaError as error:
            self.trouble = error

    async def run(self, work: Callable[[], T]) -> T:
        """The result of work, done in a thread."""
        self.waiting += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self.waiting -= 1

    def _open(self) -> Snapshot:
        opened = self._published.snapshot()
        if opened is not self._snapshot:
            with suppress(OcqaError):
                opened.encoder.get().encode_question("ready")
            # What is loaded stays: searches for garbage need not look through it.
            gc.freeze()
        return opened


class Kept:
    """The latest bodies that were sent, by key: the same request to the same build has the same answer.

    Holds at most `most` bytes; the least recently used are dropped first.
    """

    def __init__(self, most: int = 32 * 1024 * 1024) -> None:
        self._most = most
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, key: str) -> bytes | None:
        """The body, or None."""
        if key not in self._bodies:
            return None
        self._bodies.move_to_end(key)
        return self._bodies[key]

    def put(self, key: str, body: bytes) -> None:
        """Keep a body."""
        self._bytes += len(body) - len(self._bodies.pop(key, b""))
        self._bodies[key] = body
        while self._bytes > self._most:
            _, dropped = self._bodies.popitem(last=False)
            self._bytes -= len(dropped)
