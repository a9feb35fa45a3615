"""Two systems on the same cases: how likely so large a difference is by chance, and its interval.

Both tests weight the cases of the two systems side by side: in the randomization test a case switches sides, in the bootstrap
it is drawn more or less often. So measures of a whole set are tested in the same way as means over cases.
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
# How much sums differ when the same numbers are added in another order.
_DUST = 1e-12
Mask = NDArray[np.bool_]


def difference(measure: Measure, before: Columns, after: Columns) -> float:
    """After minus before."""
    return point(measure, after) - point(measure, before)


def differing(measure: Measure, before: Columns, after: Columns) -> Mask:
    """The cases that differ in any column of the measure, bool[cases]."""
    masks = [~((before[c] == after[c]) | (np.isnan(before[c]) & np.isnan(after[c]))) for c in measure.columns]
    return np.asarray(np.any(masks, axis=0))


def randomization_p(measure: Measure, before: Columns, after: Columns, *, worse_only: bool = False) -> float:
    """The p-value of the paired randomization test: the share of exchanges whose difference is at least as large.

    With `worse_only` only differences for the worse count. If there are fewer than 10,000 exchanges all are tried, otherwise
    10,000 random ones, always the same; the observed one counts. 1 if nothing differs.
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
        if worse_only:
            as_large += int((worse * got >= worse * observed - _DUST).sum())
        else:
            as_large += int((np.abs(got) >= abs(observed) - _DUST).sum())
        tried += len(got)
    complete = tried < EXCHANGES
    return as_large / tried if complete else (as_large + 1) / (tried + 1)


def least_p(measure: Measure, before: Columns, after: Columns) -> float:
    """The smallest p-value that the test could give with this many differing cases."""
    return 2.0 ** -int(differing(measure, before, after).sum())


def bootstrap_interval(measure: Measure, before: Columns, after: Columns) -> tuple[float, float]:
    """The 95% bootstrap interval of the difference, cases drawn in pairs."""
    counts = resampled(len(next(iter(before.values()))))
    return interval(measure.statistic(after, counts) - measure.statistic(before, counts))


def holm(chances: Sequence[float], least: Sequence[float], level: float) -> list[float]:
    """P-values corrected for their number by Holm's method, in the order given.

    A test whose least possible p-value is above the level can never be significant, so it is not counted (Tarone); its own
    p-value is corrected as if it were.
    """
    counted = sum(floor <= level for floor in least)
    corrected, highest, taken = [0.0] * len(chances), 0.0, 0
    for at in sorted(range(len(chances)), key=lambda i: (chances[i], i)):
        highest = max(highest, min(1.0, chances[at] * max(counted - taken, 1)))
        corrected[at] = highest
        taken += least[at] <= level
    return corrected


def _exchanges(changed: Mask) -> Iterator[Column]:
    """Which cases keep their side (0) or switch (1), in batches of float64[exchanges, cases].

    Cases that do not differ never switch, because it would change nothing.
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
