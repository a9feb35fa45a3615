"""From the columns of cases to one figure of a set, for many weightings of the cases at once.

Bootstrap and randomization only change the weights, so every measure is a function from columns and weights
float64[weightings, cases] to float64[weightings], NaN where it applies to no case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.evals.judged import Column, Columns
from index.evals.measures import PASSAGE_MEASURES

Weights = NDArray[np.float64]
Statistic = Callable[[Columns, Weights], Column]
BINS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a set: which direction is better, and the columns it is computed from.

    `decides` is false if a difference does not mean better or worse: times differ between two runs of an unchanged system,
    and Judged@10 describes the labels. No gate or verdict uses those.
    """

    name: str
    statistic: Statistic
    columns: tuple[str, ...]
    higher_is_better: bool
    meaning: str
    decides: bool = True


def _mean(name: str, columns: Columns, weights: Weights) -> Column:
    values = columns[name]
    applies = ~np.isnan(values)
    held = weights[:, applies]
    return _ratio(held @ values[applies], held.sum(axis=1))


def _total(name: str, columns: Columns, weights: Weights) -> Column:
    return np.asarray(weights @ columns[name])


def _quantile(share: float, columns: Columns, weights: Weights) -> Column:
    """The shortest time that this share of the questions does not exceed, in milliseconds."""
    order = np.argsort(columns["seconds"], kind="stable")
    reached = np.cumsum(weights[:, order], axis=1)
    at = (reached < share * reached[:, -1:]).sum(axis=1).clip(max=len(order) - 1)
    return np.asarray(1000 * columns["seconds"][order][at])


def _auroc(columns: Columns, weights: Weights) -> Column:
    """How often a question with an answer gets a higher chance of one than a question without; ties count half."""
    order, starts = _groups(columns["chance"])
    answerable = columns["answerable"][order]
    with_answer = np.add.reduceat(weights[:, order] * answerable, starts, axis=1)
    without = np.add.reduceat(weights[:, order] * (1 - answerable), starts, axis=1)
    below = np.cumsum(without, axis=1) - without / 2
    return _ratio((with_answer * below).sum(axis=1), with_answer.sum(axis=1) * without.sum(axis=1))


def _risk_coverage_area(columns: Columns, weights: Weights) -> Column:
    """The share of wrong answers among the most confident, averaged over all coverages."""
    order, starts = _groups(-columns["chance"])
    wrong = 1 - columns["first_right"][order]
    cases = np.add.reduceat(weights[:, order], starts, axis=1)
    risk = _ratio(np.cumsum(np.add.reduceat(weights[:, order] * wrong, starts, axis=1), axis=1), np.cumsum(cases, axis=1))
    return _ratio(np.nansum(cases * risk, axis=1), cases.sum(axis=1))


def _calibration_error(columns: Columns, weights: Weights) -> Column:
    """The gap between confidence and the share of right answers, averaged over ten bins weighted by their cases."""
    bins = np.eye(BINS)[bins_of(columns["confidence"])]
    gap = (weights * (columns["confidence"] - columns["right"])) @ bins
    return _ratio(np.abs(gap).sum(axis=1), weights.sum(axis=1))


def bins_of(confidence: Column) -> NDArray[np.int64]:
    """The bin of each confidence: 0 is 0 to 0.1, 9 is 0.9 to 1, including 1."""
    return np.clip((confidence * BINS).astype(np.int64), 0, BINS - 1)


def _groups(values: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The order that sorts the values, and where each new value starts in it."""
    order = np.argsort(values, kind="stable")
    new = np.diff(values[order], prepend=np.nan) != 0
    return order, np.flatnonzero(new)


def _ratio(above: Column, below: Column) -> Column:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below != 0))


def _of_cases(name: str, higher_is_better: bool, meaning: str) -> Measure:
    return Measure(name, partial(_mean, name), (name,), higher_is_better, meaning)


_RANKED = ("chance", "answerable", "first_right")
MEASURES: tuple[Measure, ...] = (
    _of_cases("Right", True, "answered correctly or rightly declined, of all questions"),
    *(_of_cases(name, True, "passages, as ir_measures defines it") for name in PASSAGE_MEASURES if name != "Judged@10"),
    Measure("Judged@10", partial(_mean, "Judged@10"), ("Judged@10",), True, "listed passages that have a label", False),
    _of_cases("Highlight F1", True, "words shared by the highlight of the first passage and the answer"),
    _of_cases("Highlight overlap", True, "characters shared by the highlight and the answer; 1 is the exact span"),
    _of_cases("Highlight hit", True, "questions in which the highlight touches the answer"),
    _of_cases("Exact", True, "score questions answered with the expected result"),
    _of_cases("Wrong", False, "score questions answered with another result"),
    _of_cases("Refused", False, "score questions declined"),
    _of_cases("False answers", False, "answered, of the questions without an answer"),
    _of_cases("False refusals", False, "declined, of the questions with an answer"),
    Measure("AUROC", _auroc, _RANKED, True, "separating questions with an answer from those without, by confidence"),
    Measure(
        "Risk-coverage area", _risk_coverage_area, _RANKED, False, "wrong answers among the most confident, over all coverages"
    ),
    Measure("ECE", _calibration_error, ("confidence", "right"), False, "expected calibration error in ten bins"),
    Measure(
        "Country leaks", partial(_total, "Country leaks"), ("Country leaks",), False, "passages about a country not asked about"
    ),
    Measure("Latency p50", partial(_quantile, 0.5), ("seconds",), False, "milliseconds, half of the questions", False),
    Measure("Latency p95", partial(_quantile, 0.95), ("seconds",), False, "milliseconds, 95 of 100 questions", False),
)
BY_NAME = {measure.name: measure for measure in MEASURES}


def applying(columns: Columns) -> tuple[Measure, ...]:
    """The measures whose columns are present."""
    return tuple(m for m in MEASURES if all(name in columns for name in m.columns))


def cases_of(measure: Measure, columns: Columns) -> int:
    """How many cases a measure applies to."""
    return int((~np.isnan(columns[measure.columns[0]])).sum())
