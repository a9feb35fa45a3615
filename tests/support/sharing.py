"""What several test processes share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """What takes long to make is made by the first worker that needs it and read by the others: gives its path."""
    shared = factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    path = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not path.exists():
            making = shared / f"{name}.making"
            make(making)
            making.rename(path)
    return path
