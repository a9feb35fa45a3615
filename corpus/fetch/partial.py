"""A body under way: its bytes and what is needed to go on with it later, under a hidden name that no build looks at."""

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
class Held:
    """What of a body is there: its number of bytes and its validators, of which one at least is fit for going on."""

    size: int
    etag: str
    last_modified: str

    @property
    def condition(self) -> str:
        """What If-Range is to say: an entity tag that stands for the very bytes, else a date."""
        return self.etag if _is_strong(self.etag) else self.last_modified


class Partial:
    """The body of one file, in `<sources>/.partial`. Every method raises OcqaError where the disk refuses."""

    def __init__(self, sources: Path, file: str) -> None:
        name = file.replace("/", "-")
        self.path = sources / PARTIAL / f"{name}.part"
        self._note = sources / PARTIAL / f"{name}.json"

    def held(self, address: str) -> Held | None:
        """What is there of this address and can be gone on with; None if one has to begin anew."""
        try:
            note: Any = json.loads(self._note.read_bytes())
            held = Held(self.path.stat().st_size, str(note["etag"]), str(note["last_modified"]))
            return held if note["address"] == address and held.size and held.condition else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def begin(self, address: str, etag: str, last_modified: str) -> None:
        """Start an empty body."""
        with on_disk(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The note is not there while the bytes are another body's.
            self._note.unlink(missing_ok=True)
            self.path.write_bytes(b"")
            self._note.write_text(json.dumps({"address": address, "etag": etag, "last_modified": last_modified}), "utf-8")

    def add(self, chunks: Iterator[bytes], limit: int) -> int | None:
        """Write the chunks behind what is there, each as it comes; the size then, or None as soon as it is above the limit."""
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
        """Forget the body."""
        with on_disk(self.path):
            self._note.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)


@contextmanager
def only_one(sources: Path) -> Iterator[None]:
    """Hold the sources folder against a second download into it. A lock whose holder has died is taken over.

    Raises OcqaError if one is under way.
    """
    folder = sources / PARTIAL
    with on_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise OcqaError(f"another ocqa fetch is writing into {sources}", "wait until it is done") from None
    try:
        yield
    finally:
        lock.release()


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _is_strong(etag: str) -> bool:
    return len(etag) > 2 and etag.startswith('"')
