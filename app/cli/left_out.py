"""Keeping a library out of a command that has no use for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_out(library: str) -> Iterator[None]:
    """Keep this library from being imported: DuckDB would import pandas at the first bound value, 0.2 s for nothing."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[library]
