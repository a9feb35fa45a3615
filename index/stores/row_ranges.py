"""Sets of rows as ranges: a profile's rows are contiguous, so a filter by country and edition is a few slices. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Runs:
    """The rows from `starts[i]` up to but excluding `ends[i]`. Runs ascend, none is empty, and no two touch."""

    starts: Rows
    ends: Rows

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> Runs:
        """These ranges of rows, in any order; those that touch or overlap are merged, empty ones are dropped."""
        joined: list[list[int]] = []
        for start, end in sorted(r for r in ranges if r[0] < r[1]):
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        pairs = np.array(joined, dtype=np.int64).reshape(-1, 2)
        return cls(np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1]))

    @cached_property
    def _before(self) -> Rows:
        """How many rows come before each run, and the total last: int64[runs + 1]."""
        return np.concatenate([[0], np.cumsum(self.ends - self.starts)]).astype(np.int64)

    def __len__(self) -> int:
        return int(self._before[-1])

    def pairs(self) -> list[tuple[int, int]]:
        """Start and end of each run."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def rows(self) -> Rows:
        """Every row, ascending."""
        return self.at(np.arange(len(self), dtype=np.int64))

    def at(self, positions: Rows) -> Rows:
        """The rows at these positions among all rows of the set, 0 being the first."""
        run = np.searchsorted(self._before, positions, side="right") - 1
        return np.asarray(self.starts[run] + positions - self._before[run], dtype=np.int64)

    def within(self, count: int) -> Runs:
        """Those of the rows that are at least 0 and below `count`."""
        if len(self) == 0 or (self.starts[0] >= 0 and self.ends[-1] <= count):
            return self
        return Runs.of((max(start, 0), min(end, count)) for start, end in self.pairs())

    def owned(self, starts: Rows) -> Runs:
        """The rows that these rows own, if row i owns those from `starts[i]` up to `starts[i + 1]`."""
        first, last = starts[self.starts], starts[self.ends]
        owning = first < last
        # Runs do not touch, but the rows between them may own nothing.
        if np.any(first[owning][1:] == last[owning][:-1]):
            return Runs.of(zip(first.tolist(), last.tolist(), strict=True))
        return Runs(first[owning], last[owning])

    def bits(self, count: int) -> NDArray[np.uint8]:
        """One bit for each of `count` rows, lowest bit first: 1 for the rows of the set."""
        inside = np.zeros(count, dtype=np.bool_)
        for start, end in self.pairs():
            inside[start:end] = True
        return np.packbits(inside, bitorder="little")
