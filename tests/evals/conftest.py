"""No test of evals touches an index, sources or feedback of the user."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_folders_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "unset"))
    monkeypatch.delenv("OCQA_SOURCES", raising=False)
    monkeypatch.delenv("OCQA_FEEDBACK", raising=False)
