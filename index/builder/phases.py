"""The steps of a build: their names, their progress, and how long each took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial


class Phase(StrEnum):
    """The steps, in the order of a build."""

    READ = "read"
    REUSE = "find vectors"
    CUT = "cut"
    COMPARE = "compare"
    EMBED = "embed"
    LISTS = "lists"
    KEYWORDS = "keywords"
    FACTS = "facts"
    QUESTIONS = "questions"
    CHECK = "check"
    APPROVE = "approve"
    PUBLISH = "publish"


# Called with (what, done, total): a phase's name with 0 of 1 when it begins and 1 of 1 when it ends; within it, "passages" and
# "sentences".
Progress = Callable[[str, int, int], None]


class Phases:
    """Reports and times each phase. `seconds` are by phase."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._tell: Progress = progress or (lambda what, done, total: None)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, phase: Phase) -> Iterator[Mapping[str, Callable[[int, int], None]]]:
        """Run one phase; yields the progress callbacks for "passages" and "sentences" within it."""
        self._tell(phase, 0, 1)
        start = time.perf_counter()
        try:
            yield {what: partial(self._tell, what) for what in ("passages", "sentences")}
        finally:
            self.seconds[phase] = round(self.seconds.get(phase, 0.0) + time.perf_counter() - start, 3)
        self._tell(phase, 1, 1)
