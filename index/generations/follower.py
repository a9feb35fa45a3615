"""For long-running readers: always the published generation, without a restart."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing
from index.generations import folders
from index.generations.question_encoders import OpenEncoder
from index.generations.snapshot import Snapshot, open_snapshot


class Published:
    """Keeps the published generation open, and opens the next one when it appears. Safe to share between threads.

    A snapshot stays usable for as long as somebody refers to it. If a new generation cannot be opened, the one in memory keeps
    answering, and `Snapshot.warning` says so.
    """

    def __init__(self, index: Path, open_encoder_for: OpenEncoder | None = None) -> None:
        self._index = index
        self._open_encoder_for = open_encoder_for
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._seen = ""

    def snapshot(self) -> Snapshot:
        """The published generation. Raises IndexMissing or IndexDamaged if none could ever be opened."""
        with self._lock:
            now = _pointer(self._index)
            if self._current is None:
                self._current, self._seen = open_snapshot(self._index, self._open_encoder_for), now
            elif now != self._seen:
                self._current, self._seen = self._next(self._current), now
            return self._current

    def _next(self, current: Snapshot) -> Snapshot:
        try:
            opened = open_snapshot(self._index, self._open_encoder_for)
        except (IndexMissing, IndexDamaged) as error:
            built = current.manifest.created_at[:10]
            warning = f"{error.message}; answers come from the build of {built}, still in memory. Next: {error.hint}"
            return replace(current, warning=warning)
        if (opened.manifest.model, opened.manifest.questions) == (current.manifest.model, current.manifest.questions):
            # Generations of the same model share the encoder, so that it is opened once.
            return replace(opened, encoder=current.encoder)
        return opened


def _pointer(index: Path) -> str:
    try:
        return folders.current_folder(index).name
    except (IndexMissing, IndexDamaged) as error:
        return error.message
