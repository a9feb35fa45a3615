"""What a build did, or would do, and why: printed, stored in the generation and returned to the caller."""

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
    """A saved question that the new build answers differently: how, and both answers in short."""

    question: str
    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DriftReport:
    """Saved questions asked of the previous build and of this one; `skipped` says why, if they could not be compared."""

    asked: int
    drifts: tuple[Drift, ...]
    skipped: str = ""

    @property
    def share(self) -> float:
        """The share of questions that lost their answer or have a different first passage or different facts, 0 to 1."""
        counted = {d.question for d in self.drifts if d.change not in ("gained", "words")}
        return len(counted) / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `name` is the generation, empty if none was published; `before` is the published one it was compared with, empty if there was
    none. `anew` says why the vectors of `before` were not reused, empty if they were. `seconds` are by phase,
    `removed` are old generations that were deleted. `slow_questions` says why the model itself encodes questions, empty if its
    graph does.
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
