"""Choosing exact or approximate search: how many IVF lists, and the fewest probes that reach the recall needed.

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

# Lists are faster from 3,000 rows on, but below this number exact search takes a third of a millisecond at most, too little to
# justify another file, the time to make it and a recall below 1. `index.bench.growth` measures it.
CROSSING = 10_000
DEPTH = 10
NEEDED = 0.99
QUERIES = 400
# The length of the noise added to a stored vector to make a query. A question is farther from every passage than a passage with
# a little noise, and lies between more lists. With this much noise, recall at a number of probes is about that of real questions.
_NOISE = 3.0
_SEED = 20_250_101


class SearchWay(StrEnum):
    """How vectors are searched; `AUTO` decides by their number."""

    AUTO = "auto"
    EXACT = "exact"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Choice:
    """How the rows of one index are searched without a filter, and why.

    `recall` is the share of the 10 nearest rows that the lists find, averaged over held-out queries; 0 if no lists were made.
    For each question, `probes` of `lists` are read.
    """

    way: SearchWay
    why: str
    rows: int
    recall: float = 0.0
    probes: int = 0
    lists: int = 0

    def to_dict(self) -> Mapping[str, Any]:
        """As written into the manifest."""
        return {**asdict(self), "way": self.way.value}


def worth_lists(rows: int, asked: SearchWay) -> bool:
    """Whether lists are made, and so measured."""
    return rows > 0 and (asked is SearchWay.APPROXIMATE or (asked is SearchWay.AUTO and rows >= CROSSING))


def without_lists(rows: int, asked: SearchWay) -> Choice:
    """The choice if no lists are made."""
    if asked is SearchWay.EXACT:
        return Choice(SearchWay.EXACT, "asked for", rows)
    return Choice(SearchWay.EXACT, f"fewer than {CROSSING} rows", rows)


def lists_for(rows: int) -> int:
    """How many lists: three times the square root of the rows. More would search faster, but cost quadratic time to build."""
    return max(1, int(3 * np.sqrt(rows)))


def probes_to_try(lists: int) -> tuple[int, ...]:
    """From few to all of them: reading every list, at a byte a component, is still a quarter of the bytes of exact search."""
    steps = {step for i in range(lists.bit_length()) for step in (2**i, 3 * 2**i // 2)}
    return tuple(sorted({step for step in steps if step < lists} | {lists}))


def choose(
    rows: int, lists: int, asked: SearchWay, recalls_of: Callable[[int], NDArray[np.float64]], needed: float = NEEDED
) -> Choice:
    """The fewest probes that reach the recall needed, or exact search. `recalls_of(probes)` gives the recall of each query.

    The mean recall must exceed `needed` by two standard errors, so that it also holds for other queries; otherwise the
    fewest probes would be those that happen to suit these queries.
    """
    why = "asked for" if asked is SearchWay.APPROXIMATE else f"{CROSSING} rows or more"
    best = 0.0
    for probes in probes_to_try(lists):
        found = recalls_of(probes)
        mean = float(found.mean())
        if mean - 2 * float(found.std()) / np.sqrt(len(found)) >= needed:
            return Choice(SearchWay.APPROXIMATE, why, rows, round(mean, 4), probes, lists)
        best = max(best, mean)
    return Choice(SearchWay.EXACT, f"lists do not reliably find {needed:.0%} of the nearest rows", rows, round(best, 4), 0, lists)


def held_out(count: int, rows: int) -> Rows:
    """The rows that queries are made from, ascending: a random sample, the same at every call."""
    return np.sort(np.random.default_rng(_SEED).choice(rows, min(count, rows), replace=False)).astype(np.int64)


def noisy(vectors: Vectors, size: float = _NOISE, seed: int = _SEED) -> Vectors:
    """The vectors with normal noise of this length added, scaled back to unit length: float32[rows, dimension]."""
    noise = np.random.default_rng(seed).standard_normal(vectors.shape, dtype=np.float32)
    moved = vectors + np.float32(size / np.sqrt(vectors.shape[1])) * noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def recalls(found: Sequence[Rows], true: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of the true rows, int64[queries, depth], that was found, for each query; -1 stands for no row."""
    wanted = (t[t >= 0] for t in true)
    return np.array([len(np.intersect1d(f, t)) / max(len(t), 1) for f, t in zip(found, wanted, strict=True)])
