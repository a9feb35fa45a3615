"""Putting a file in its place so that a reader meets the whole of it or nothing, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import OcqaError

_HINTS = {
    errno.ENOSPC: "make room on the disk and run the same command again; what is done stays",
    errno.EDQUOT: "make room in your quota and run the same command again; what is done stays",
    errno.EACCES: "check the permissions of the folder, or name another with --sources",
    errno.EPERM: "check the permissions of the folder, or name another with --sources",
    errno.EROFS: "name a folder that can be written to with --sources",
}


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Turn what the file system refuses about `path` into an OcqaError that says what to do."""
    try:
        yield
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "name another folder with --sources")
        raise OcqaError(f"{path} cannot be read or written ({error.strerror or error})", hint) from error


def publish(temporary: Path, final: Path) -> None:
    """Flush a finished file of the same disk and move it to its place in one step, over what stood there. Raises OcqaError."""
    with on_disk(final):
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(final)
        flush_folder(final.parent)


def write_flushed(path: Path, data: bytes) -> None:
    """Write a file, its folder with it, and flush it. Raises OcqaError."""
    with on_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder, so that what was moved there stays. Raises OSError."""
    if os.name == "nt":  # folders cannot be opened there, and renames are flushed with the file
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
