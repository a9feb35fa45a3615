"""Writing files so that a reader sees all of a file or nothing, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import OcqaError

_HINTS = {
    errno.ENOSPC: "free space on the disk and run the same command again; finished work is kept",
    errno.EDQUOT: "free space in your quota and run the same command again; finished work is kept",
    errno.EACCES: "check the permissions of the folder, or choose another with --sources",
    errno.EPERM: "check the permissions of the folder, or choose another with --sources",
    errno.EROFS: "choose a writable folder with --sources",
}


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Turn an OSError about `path` into an OcqaError that says what to do."""
    try:
        yield
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "choose another folder with --sources")
        raise OcqaError(f"{path} cannot be read or written ({error.strerror or error})", hint) from error


def publish(temporary: Path, final: Path) -> None:
    """Flush a finished file on the same disk and move it into place in one step, replacing any other. Raises OcqaError."""
    with on_disk(final):
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(final)
        flush_folder(final.parent)


def write_flushed(path: Path, data: bytes) -> None:
    """Write a file, creating its folder, and flush it. Raises OcqaError."""
    with on_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def append_line(path: Path, line: str, mode: int = 0o600) -> None:
    """Add a line to a file whole or not at all, creating file and folder; raises OSError.

    What UTF-8 cannot hold (half of a surrogate pair) is written as its escape. A line left unfinished by something else is ended
    first.
    """
    data = line.encode("utf-8", errors="backslashreplace") + b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, mode)
    try:
        before = os.fstat(handle).st_size
        if before and os.pread(handle, 1, before - 1) != b"\n":
            data = b"\n" + data
        try:
            written = 0
            while written < len(data):
                written += os.write(handle, data[written:])
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries, so that a file moved there survives a crash. Raises OSError."""
    if os.name == "nt":  # folders cannot be opened there, and renames are flushed with the file
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
