"""One writer at a time: a lock on the index folder that the system releases when its holder dies, however it dies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BuildError, BuildLocked

_LOCK, _HOLDER = ".build.lock", ".build.json"


@contextmanager
def build_lock(index: Path) -> Iterator[None]:
    """Lock the index folder for writing. Reentrant within a thread; the lock of a process that died is free.

    Raises BuildLocked, saying which process holds the lock since when, or BuildError if the folder cannot be written.
    """
    lock = _acquired(index)
    try:
        yield
    finally:
        # The holder's name goes first: a lock without a name says less, but a name without a lock would be false.
        if lock.lock_counter == 1:
            (index / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _acquired(index: Path) -> FileLock:
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / _LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except Timeout:
        raise BuildLocked(f"another build of {index} is running ({_holder(index)})", "wait until it has finished") from None
    except OSError as error:
        raise _unwritable(index, error) from error
    who = {"pid": os.getpid(), "started_at": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        (index / _HOLDER).write_text(json.dumps(who), encoding="utf-8")
    except OSError as error:
        lock.release()
        raise _unwritable(index, error) from error
    return lock


def _unwritable(index: Path, error: OSError) -> BuildError:
    return BuildError(f"the index folder {index} cannot be written ({error.strerror or error})", "choose another with --index")


def _holder(index: Path) -> str:
    try:
        who = json.loads((index / _HOLDER).read_text(encoding="utf-8"))
        return f"process {int(who['pid'])}, since {who['started_at']}"
    except (OSError, ValueError, TypeError, KeyError):
        return "a process that has just started"
