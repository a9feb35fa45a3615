"""Faults that nobody foresaw, put into the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from index.scores.score_store import ScoreStore
from index.scores.sql import Statement


def fails_on(monkeypatch: pytest.MonkeyPatch, indicator: str) -> None:
    """Any question about the scores of this indicator fails where its query is run."""
    run = ScoreStore.run

    def failing(self: ScoreStore, statement: Statement) -> list[Sequence[Any]]:
        if indicator in statement.values:
            raise RuntimeError("a fault of the program")
        return run(self, statement)

    monkeypatch.setattr(ScoreStore, "run", failing)
