"""The figures of a result by kind of question, section and edition, then overall, each with an interval and a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.evals.judged import Column, Columns, JudgedCase, columns_of
from index.evals.set_measures import BINS, Measure, Weights, applying, bins_of, cases_of

RESAMPLES = 1000
LEVEL = 0.95
ALL = "all"
_KEYS: tuple[tuple[str, Callable[[JudgedCase], str | None]], ...] = (
    ("kind", lambda s: s.case.kind),
    ("section", lambda s: s.case.section),
    ("edition", lambda s: str(s.case.edition) if s.case.edition else None),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over some cases, with the bounds of its 95% bootstrap interval."""

    measure: str
    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The figures of the cases that share a property; `by` is kind, section, edition or all."""

    by: str
    name: str
    cases: int
    figures: tuple[Figure, ...]

    def figure(self, measure: str) -> Figure | None:
        """The figure of a measure, None if it does not apply here."""
        return next((f for f in self.figures if f.measure == measure), None)


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of the reliability table: cases of similar confidence, and the share that was right."""

    low: float
    high: float
    cases: int
    confidence: float
    right: float


def summarise(scored: Sequence[JudgedCase]) -> tuple[Slice, ...]:
    """By kind, section and edition, each in alphabetical order, then overall."""
    parts = groups(scored)
    return tuple(Slice(by, name, len(part), figures_of(part)) for by, name, part in (*parts, (ALL, ALL, tuple(scored))))


def groups(scored: Sequence[JudgedCase]) -> list[tuple[str, str, tuple[JudgedCase, ...]]]:
    """The parts of a result, each with its key and name."""
    parts = []
    for by, key in _KEYS:
        for name in sorted({k for s in scored if (k := key(s)) is not None}):
            parts.append((by, name, tuple(s for s in scored if key(s) == name)))
    return parts


def figures_of(scored: Sequence[JudgedCase]) -> tuple[Figure, ...]:
    """Every measure that applies to these cases."""
    columns = columns_of(scored)
    weights = resampled(len(scored))
    found = (_figure(measure, columns, weights) for measure in applying(columns))
    return tuple(figure for figure in found if figure is not None)


def resampled(count: int, seed: int = 0, resamples: int = RESAMPLES) -> Weights:
    """How often each case is drawn in each bootstrap sample, float64[resamples, count]; the same at every call."""
    if count == 0:
        return np.zeros((resamples, 0))
    generator = np.random.default_rng(seed)
    return generator.multinomial(count, np.full(count, 1 / count), size=resamples).astype(np.float64)


def interval(values: Column) -> tuple[float, float]:
    """The middle 95% of bootstrap values, without those for which the measure has no case; NaN if none are left."""
    held = values[~np.isnan(values)]
    if len(held) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(held, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def point(measure: Measure, columns: Columns) -> float:
    """The value of a measure with every case counted once."""
    count = len(next(iter(columns.values())))
    return float(measure.statistic(columns, np.ones((1, count)))[0]) if count else float("nan")


def measured(columns: Columns) -> tuple[Measure, ...]:
    """The measures that have a value on these cases."""
    return tuple(m for m in applying(columns) if not np.isnan(point(m, columns)))


def _figure(measure: Measure, columns: Columns, weights: Weights) -> Figure | None:
    value = point(measure, columns)
    if np.isnan(value):
        return None
    return Figure(measure.name, value, *interval(measure.statistic(columns, weights)), cases_of(measure, columns))


def reliability(scored: Sequence[JudgedCase]) -> tuple[Bin, ...]:
    """Ten bins of confidence, without the empty ones."""
    columns = columns_of(scored)
    confidence, right, bins = columns["confidence"], columns["right"], bins_of(columns["confidence"])
    return tuple(
        Bin(b / BINS, (b + 1) / BINS, int(held.sum()), float(confidence[held].mean()), float(right[held].mean()))
        for b in range(BINS)
        if (held := bins == b).any()
    )
