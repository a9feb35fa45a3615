"""How two scores are correlated across countries. Pure; says nothing about cause."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence

FEWEST = 3


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation, -1 to 1; None for fewer than three pairs or where one side does not vary."""
    if len(first) < FEWEST or len(set(first)) == 1 or len(set(second)) == 1:
        return None
    return max(-1.0, min(1.0, statistics.correlation(first, second)))


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation: Pearson's correlation of the ranks, ties sharing the mean of theirs."""
    return pearson(mean_ranks(first), mean_ranks(second))


def mean_ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, 1 for the lowest; equal values share the mean of their ranks."""
    positions: dict[float, list[int]] = defaultdict(list)
    for position, value in enumerate(sorted(values), start=1):
        positions[value].append(position)
    return [sum(positions[value]) / len(positions[value]) for value in values]
