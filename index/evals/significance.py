"""Two systems on the same cases: how likely a difference this large is by chance, and between which ends it lies.

Both are weights over the cases of both systems side by side: under the randomization test a case changes sides, under the
bootstrap it is drawn more or less often. So a measure of a whole set is tested in the same way as a mean of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.evals.judged import Column, Columns
from index.evals.set_measures import Measure
from index.evals.summary import interval, point, resampled

EXCHANGES = 10_000
_AT_ONCE = 500
# What sums differ by when the same numbers are added in another order.
_DUST = 1e-12
Mask = NDArray[np.bool_]


def difference(measure: Measure, before: Columns, after: Columns) -> float:
    """After less before."""
    return point(measure, after) - point(measure, before)


def differing(measure: Measure, before: Columns, after: Columns) -> Mask:
    """The cases in which anything differs that the measure is made of, bool[cases]."""
    masks = [~((before[c] == after[c]) | (np.isnan(before[c]) & np.isnan(after[c]))) for c in measure.columns]
    return np.asarray(np.any(masks, axis=0))


def randomization_p(measure: Measure, before: Columns, after: Columns, *, falls_only: bool = False) -> float:
    """The paired randomization test: the share of exchanges of sides whose difference is at least as large.

    With `falls_only` only differences for the worse count. All exchanges are tried where there are at most 10,000, otherwise
    as many random ones, always the same; the observed one counts. 1 where nothing differs.
    """
    changed = differing(measure, before, after)
    if not changed.any():
        return 1.0
    both = {name: np.concatenate([before[name], after[name]]) for name in measure.columns}
    worse = -1.0 if measure.higher_is_better else 1.0
    observed = difference(measure, before, after)
    as_large, tried = 0, 0
    for exchanged in _exchanges(changed):
        here = np.concatenate([exchanged, 1 - exchanged], axis=1)
        got = measure.statistic(both, here) - measure.statistic(both, 1 - here)
        if falls_only:
            as_large += int((worse * got >= worse * observed - _DUST).sum())
        else:
            as_large += int((np.abs(got) >= abs(observed) - _DUST).sum())
        tried += len(got)
    complete = tried < EXCHANGES
    return as_large / tried if complete else (as_large + 1) / (tried + 1)


def least_p(measure: Measure, before: Columns, after: Columns) -> float:
    """The smallest chance that the test could give, with so many cases that differ."""
    return 2.0 ** -int(differing(measure, before, after).sum())


def bootstrap_interval(measure: Measure, before: Columns, after: Columns) -> tuple[float, float]:
    """The 95 % interval of the difference, cases drawn in pairs."""
    counts = resampled(len(next(iter(before.values()))))
    return interval(measure.statistic(after, counts) - measure.statistic(before, counts))


def holm(chances: Sequence[float], least: Sequence[float], level: float) -> list[float]:
    """Chances corrected for their number after Holm, in the order given.

    A test whose least possible chance is above the level can never speak, so it is not counted (Tarone); its own chance is
    corrected as if it were.
    """
    speaking = sum(floor <= level for floor in least)
    corrected, highest, taken = [0.0] * len(chances), 0.0, 0
    for at in sorted(range(len(chances)), key=lambda i: (chances[i], i)):
        highest = max(highest, min(1.0, chances[at] * max(speaking - taken, 1)))
        corrected[at] = highest
        taken += least[at] <= level
    return corrected


def _exchanges(changed: Mask) -> Iterator[Column]:
    """Which cases stay on their side (0) or change it (1), in parts of float64[exchanges, cases].

    Cases in which nothing differs never change sides, since it would make no difference.
    """
    where = np.flatnonzero(changed)
    complete = 2 ** len(where) < EXCHANGES
    count = 2 ** len(where) if complete else EXCHANGES
    generator = np.random.default_rng(0)
    for start in range(0, count, _AT_ONCE):
        stop = min(start + _AT_ONCE, count)
        part = np.zeros((stop - start, len(changed)))
        if complete:
            part[:, where] = (np.arange(start, stop)[:, None] >> np.arange(len(where))) & 1
        else:
            part[:, where] = generator.integers(0, 2, (stop - start, len(where)))
        yield part
