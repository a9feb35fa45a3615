"""The open index behind the tools: opened in a thread when the client has been greeted, then shared by all calls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.to_thread

if TYPE_CHECKING:
    from index.generations.follower import Published
    from index.generations.snapshot import Snapshot

T = TypeVar("T")
# More calls at once than processors would only slow each other down.
_AT_ONCE = 2


class Engine:
    """Answers in threads, so that the connection stays alive while a call is computed. Follows new builds by itself."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._opening = threading.Lock()
        self._published: Published | None = None

    @cached_property
    def _limiter(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(_AT_ONCE)

    def warm_up(self) -> None:
        """Begin to open the index in a thread of its own; a call that comes meanwhile waits for it."""
        threading.Thread(target=self._warm, daemon=True).start()

    async def run(self, work: Callable[[Snapshot], T]) -> T:
        """The result of work on the published generation, done in a thread. Raises IndexMissing or IndexDamaged without one."""
        return await anyio.to_thread.run_sync(lambda: work(self.snapshot()), limiter=self._limiter)

    async def answer(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request. Raises OcqaError where the request is wrong or nothing can be answered."""

        def work(snapshot: Snapshot) -> dict[str, Any]:
            from app.programs.arguments import answer_request

            return answer_request(snapshot, name, arguments)

        return await self.run(work)

    def snapshot(self) -> Snapshot:
        """The published generation."""
        with self._opening:
            if self._published is None:
                from index.generations.follower import Published

                self._published = Published(self._index)
        return self._published.snapshot()

    def _warm(self) -> None:
        from app.programs.operations import OPERATIONS
        from corpus.errors import OcqaError

        try:
            snapshot = self.snapshot()
            snapshot.encoder.get().encode_question("ready")
            OPERATIONS["rank"].run(snapshot, {"indicator": "criminality", "order": "highest", "limit": 1, "offset": 0})
        except OcqaError:
            # Whoever calls a tool is told.
            return
