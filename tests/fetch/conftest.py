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
def saved(tmp_path: Path) -> Path:
    """A folder of files to import."""
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


@pytest.fixture
def own_folders(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources and index of this test alone."""
    monkeypatch.setenv("OCQA_SOURCES", str(sources))
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "index"))


@pytest.fixture
def chad(taxonomy: Taxonomy) -> bytes:
    return profile("Chad", 2021, taxonomy)
