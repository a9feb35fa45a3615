"""The bytes of a source file, and of a file alone: a pipe or a device in a folder holds nobody up, nor does one without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

from corpus.errors import SourceError

_READINGS = 3
# A pipe would otherwise be waited for as it is opened.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, limit: int, kind: str) -> bytes:
    """The content at one moment: a file that changes while it is read is read again. `limit` is in bytes.

    Raises SourceError if it is no file, cannot be read, is larger than any `kind` of source may be, or keeps changing.
    """
    try:
        for _ in range(_READINGS):
            data = _read(path, limit, kind)
            if data is not None:
                return data
    except OSError as error:
        raise SourceError(f"the file cannot be read ({error.strerror})", "check its permissions") from error
    raise SourceError("the file kept changing while it was read", "build again when it is complete")


def open_file(path: Path) -> IO[bytes]:
    """Open what is a file. Raises SourceError if it is something else, OSError if it cannot be opened."""
    stream = os.fdopen(os.open(path, _AT_ONCE), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise SourceError("it is no file but a pipe, a device or a folder", "remove it, or put the file itself there")
    return stream


def _read(path: Path, limit: int, kind: str) -> bytes | None:
    """The content, or None if it changed meanwhile; never more than the size that was checked and a byte."""
    with open_file(path) as stream:
        before = os.fstat(stream.fileno())
        if before.st_size > limit:
            raise SourceError(
                f"the file has {before.st_size / 2**20:.0f} MB, more than the {limit / 2**20:.0f} MB allowed for a {kind}",
                f"{'save the page as text' if kind == 'page' else 'check that it is the right file'}, or remove it",
            )
        # Nothing at all where there is nothing to be read yet.
        data = stream.read(before.st_size + 1) or b""
        after = os.fstat(stream.fileno())
    # A new file may have taken the place of the one that was read.
    there = path.stat()
    same = (before.st_size, before.st_mtime_ns, before.st_ino) == (len(data), after.st_mtime_ns, there.st_ino)
    return data if same else None
