"""What a long-running reader asks: always the published generation, without a restart."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing
from index.generations import folders
from index.generations.question_encoders import OpenEncoder
from index.generations.snapshot import Snapshot, open_snapshot


class Published:
    """Holds the published generation in memory and opens the next one when it appears. Safe to share between threads.

    A snapshot that was given out stays whole for as long as somebody holds it. Where the new generation cannot be opened, the one
    in memory goes on answering, and says so in `Snapshot.warning`.
    """

    def __init__(self, index: Path, open_encoder_for: OpenEncoder | None = None) -> None:
        self._index = index
        self._open_encoder_for = open_encoder_for
        self._lock = threading.Lock()
        self._held: Snapshot | None = None
        self._seen = ""

    def snapshot(self) -> Snapshot:
        """The published folders. Raises IndexMissing or IndexDamaged where none was ever opened."""
        with self._lock:
            now = _pointer(self._index)
            if self._held is None:
                self._held, self._seen = open_snapshot(self._index, self._open_encoder_for), now
            elif now != self._seen:
                self._held, self._seen = self._next(self._held), now
            return self._held

    def _next(self, held: Snapshot) -> Snapshot:
        try:
            opened = open_snapshot(self._index, self._open_encoder_for)
        except (IndexMissing, IndexDamaged) as error:
            warning = f"{error.message}; answers come from the build of {held.manifest.created_at[:10]} in memory. {error.hint}"
            return replace(held, warning=warning)
        if (opened.manifest.model, opened.manifest.questions) == (held.manifest.model, held.manifest.questions):
            # The model is the same: it is opened once for all generations.
            return replace(opened, encoder=held.encoder)
        return opened


def _pointer(index: Path) -> str:
    try:
        return folders.current_folder(index).name
    except (IndexMissing, IndexDamaged) as error:
        return error.message
