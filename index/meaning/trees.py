"""Decision trees whose values add up, as they are stored and read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The nodes of all trees, each an array over nodes: at a node, a number of at most `bounds` goes on to `low`, a larger one to
    `high`; a leaf goes on to itself and has a value. `roots` are where trees begin, `start` is what their values are added to,
    `depth` how many steps the longest way has."""

    features: NDArray[np.intp]
    bounds: NDArray[np.float64]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    values: NDArray[np.float64]
    roots: NDArray[np.intp]
    start: float
    depth: int

    def score(self, numbers: Sequence[float]) -> float:
        """The sum of the values that the numbers, one for each feature, lead to."""
        row, at = np.asarray(numbers, dtype=np.float64), self.roots
        for _ in range(self.depth):
            at = np.where(row[self.features[at]] <= self.bounds[at], self.low[at], self.high[at])
        return self.start + float(self.values[at].sum())


def trees_of(stored: Mapping[str, Any]) -> Trees:
    """Trees from their stored form: `start`, and `trees`, each a list of nodes, [feature, bound, low, high] or [value], where low
    and high are positions in the list."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots: list[int] = []
    for tree in stored["trees"]:
        first = len(nodes)
        roots.append(first)
        for at, node in enumerate(tree):
            if len(node) == 1:
                nodes.append((0, 0.0, first + at, first + at, node[0]))
            else:
                nodes.append((node[0], node[1], first + node[2], first + node[3], 0.0))
    features, bounds, low, high, values = zip(*nodes, strict=True)
    depth = max(_depth(tree, 0) for tree in stored["trees"])
    ints = [np.array(column, dtype=np.intp) for column in (features, low, high, roots)]
    floats = [np.array(column, dtype=np.float64) for column in (bounds, values)]
    return Trees(ints[0], floats[0], ints[1], ints[2], floats[1], ints[3], float(stored["start"]), depth)


def _depth(tree: Sequence[Sequence[float]], at: int) -> int:
    """How many steps the longest way from a node has."""
    node = tree[at]
    return 0 if len(node) == 1 else 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
