"""What a build did and why, or would do: the record that is printed, stored in the generation and kept by whoever asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from index.builder.changes import Changes
from index.builder.embedding import Work


class BuildOutcome(StrEnum):
    """How a build ended."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Drift:
    """A saved question that the new build answers otherwise: how, and the two answers in short."""

    question: str
    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DriftReport:
    """Saved questions on the build before and on this one; `skipped` says why they could not be compared, if so."""

    asked: int
    drifts: tuple[Drift, ...]
    skipped: str = ""

    @property
    def share(self) -> float:
        """The share of the questions that lost their answer, have a new first passage or other facts, 0 to 1."""
        counted = {d.question for d in self.drifts if d.change not in ("gained", "words")}
        return len(counted) / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `name` is the generation, empty where none was published; `before` the published one it was compared with, empty where
    there was none. `anew` says why the vectors of that one were not taken over, where they were not. `seconds` are by phase,
    `removed` are old generations that were let go. `slow_questions` says why questions are encoded by the model itself and not by
    its graph, where that is so.
    """

    outcome: BuildOutcome
    name: str
    before: str
    changes: Changes
    counts: Mapping[str, int]
    work: Work
    anew: str
    drift: DriftReport | None
    seconds: Mapping[str, float]
    removed: tuple[str, ...] = ()
    slow_questions: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        data: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return data
