"""The page of the shipped index, served once for all tests that only look at it in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, serving


@pytest.fixture(scope="session")
def server(shipped_index: Path) -> Iterator[Server]:
    with serving(shipped_index) as server:
        yield server


@pytest.fixture(scope="session")
def address(server: Server) -> str:
    return server.address
