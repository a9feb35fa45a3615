"""What every test of a download has: a site that misbehaves on demand, a clock, a folder, a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_server import (
    FaultServer,
    fault_server,
    profile,
)
from fetching import Time

from corpus.taxonomy import Taxonomy


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return tmp_path / "sources"


@pytest.fixture
def chad(taxonomy: Taxonomy) -> bytes:
    return profile("Chad", 2021, taxonomy)
