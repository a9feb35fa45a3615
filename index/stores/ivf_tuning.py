"""Exact or approximate: what is asked for, how large lists should be, and the fewest probes that find what exact search finds.

Pure. Nothing here depends on a clock, so that equal vectors are always searched in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.protocol import Vectors
from index.stores.row_ranges import Rows

# Lists are searched faster even from 3,000 rows on; but below this number exact search takes a third of a millisecond at most,
# which is not worth a file, its making and a recall below 1. `index.bench.growth` measures it.
CROSSING = 10_000
DEPTH = 10
NEEDED = 0.99
QUERIES = 400
# The noise added to a stored vector, in times its length. A question is no passage: it is farther from all of them and between
# more lists than a passage with a little noise, for which far too few lists would do. With this much noise a number of probes
# finds about as much as it finds for real questions.
_NOISE = 3.0
_SEED = 20_250_101


class SearchWay(StrEnum):
    """How vectors are searched; `AUTO` leaves it to their number."""

    AUTO = "auto"
    EXACT = "exact"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Choice:
    """How the rows of one index are searched without a filter, and why.

    `recall` is the share of the 10 nearest rows that the lists find, of held-out queries; 0 where no lists were made. `probes`
    of `lists` are read for a question.
    """

    way: SearchWay
    why: str
    rows: int
    recall: float = 0.0
    probes: int = 0
    lists: int = 0

    def to_dict(self) -> Mapping[str, Any]:
        """As it is written into the manifest."""
        return {**asdict(self), "way": self.way.value}


def worth_lists(rows: int, asked: SearchWay) -> bool:
    """Whether lists are made at all, and so measured."""
    return rows > 0 and (asked is SearchWay.APPROXIMATE or (asked is SearchWay.AUTO and rows >= CROSSING))


def without_lists(rows: int, asked: SearchWay) -> Choice:
    """The choice where no lists are made."""
    if asked is SearchWay.EXACT:
        return Choice(SearchWay.EXACT, "asked for", rows)
    return Choice(SearchWay.EXACT, f"fewer than {CROSSING} rows", rows)


def lists_for(rows: int) -> int:
    """How many lists: three times the root of the rows. More are read faster, but made in the square of the time."""
    return max(1, int(3 * np.sqrt(rows)))


def probes_to_try(lists: int) -> tuple[int, ...]:
    """From few to all of them: reading every list, a byte a component, is still a quarter of the bytes of exact search."""
    steps = {step for i in range(lists.bit_length()) for step in (2**i, 3 * 2**i // 2)}
    return tuple(sorted({step for step in steps if step < lists} | {lists}))


def choose(
    rows: int, lists: int, asked: SearchWay, recalls_of: Callable[[int], NDArray[np.float64]], needed: float = NEEDED
) -> Choice:
    """The fewest probes that find enough; exact search where none do. `recalls_of` measures a number of probes, query by query.

    Enough is a mean that would be `needed` or more with other queries too: two standard errors are taken off, without which
    the fewest probes are those that these queries happened to suit.
    """
    why = "asked for" if asked is SearchWay.APPROXIMATE else f"{CROSSING} rows or more"
    best = 0.0
    for probes in probes_to_try(lists):
        found = recalls_of(probes)
        mean = float(found.mean())
        if mean - 2 * float(found.std()) / np.sqrt(len(found)) >= needed:
            return Choice(SearchWay.APPROXIMATE, why, rows, round(mean, 4), probes, lists)
        best = max(best, mean)
    return Choice(SearchWay.EXACT, f"lists do not find {needed:.0%} of the nearest for sure", rows, round(best, 4), 0, lists)


def held_out(count: int, rows: int) -> Rows:
    """The rows that queries are made of, ascending: spread over all, the same at every call."""
    return np.sort(np.random.default_rng(_SEED).choice(rows, min(count, rows), replace=False)).astype(np.int64)


def noisy(vectors: Vectors, size: float = _NOISE, seed: int = _SEED) -> Vectors:
    """The same directions with normal noise of this length added, of unit length again: float32[rows, dimension]."""
    noise = np.random.default_rng(seed).standard_normal(vectors.shape, dtype=np.float32)
    moved = vectors + np.float32(size / np.sqrt(vectors.shape[1])) * noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def recalls(found: Sequence[Rows], true: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each query the share of the true rows, int64[queries, depth], that were found; -1 stands for no row."""
    wanted = (t[t >= 0] for t in true)
    return np.array([len(np.intersect1d(f, t)) / max(len(t), 1) for f, t in zip(found, wanted, strict=True)])
