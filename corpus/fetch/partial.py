"""An incomplete body: its bytes and what is needed to resume it, under a hidden name that builds ignore."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import OcqaError
from corpus.placing import on_disk

PARTIAL, _LOCK = ".partial", "lock"


@dataclass(frozen=True, slots=True)
class Stored:
    """The part of a body that is there: its size in bytes and its validators, at least one of which allows resuming."""

    size: int
    etag: str
    last_modified: str

    @property
    def condition(self) -> str:
        """The value of If-Range: a strong entity tag, else a date."""
        return self.etag if _is_strong(self.etag) else self.last_modified


class Partial:
    """The body of one file, in `<sources>/.partial`. Every method raises OcqaError if the disk fails."""

    def __init__(self, sources: Path, file: str) -> None:
        name = file.replace("/", "-")
        self.path = sources / PARTIAL / f"{name}.part"
        self._note = sources / PARTIAL / f"{name}.json"

    def stored(self, address: str) -> Stored | None:
        """The part of this address's body that can be resumed; None if the download must start over."""
        try:
            note: Any = json.loads(self._note.read_bytes())
            stored = Stored(self.path.stat().st_size, str(note["etag"]), str(note["last_modified"]))
            return stored if note["address"] == address and stored.size and stored.condition else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def begin(self, address: str, etag: str, last_modified: str) -> None:
        """Start an empty body."""
        with on_disk(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # There must be no note while the bytes belong to another body.
            self._note.unlink(missing_ok=True)
            self.path.write_bytes(b"")
            self._note.write_text(json.dumps({"address": address, "etag": etag, "last_modified": last_modified}), "utf-8")

    def add(self, chunks: Iterator[bytes], limit: int) -> int | None:
        """Append the chunks as they arrive. Returns the total size, or None as soon as it exceeds the limit."""
        with on_disk(self.path):
            stream = self.path.open("ab", buffering=0)
        with stream:
            size = stream.tell()
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    return None
                with on_disk(self.path):
                    _write_all(stream.fileno(), chunk)
        return size

    def discard(self) -> None:
        """Delete the body."""
        with on_disk(self.path):
            self._note.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)


@contextmanager
def only_one(sources: Path) -> Iterator[None]:
    """Lock the sources folder against a second download. The lock of a process that died is free.

    Raises OcqaError if a download is running.
    """
    folder = sources / PARTIAL
    with on_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise OcqaError(f"another ocqa fetch is writing into {sources}", "wait until it has finished") from None
    try:
        yield
    finally:
        lock.release()


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _is_strong(etag: str) -> bool:
    return len(etag) > 2 and etag.startswith('"')
