"""Two results compared: what got better, what got worse, whether it is noise, and which questions to look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from corpus.errors import OcqaError
from index.evals.judged import Columns, JudgedCase, columns_of
from index.evals.result_file import About, Result
from index.evals.set_measures import Measure, cases_of
from index.evals.significance import bootstrap_interval, difference, holm, least_p, randomization_p
from index.evals.summary import measured, point

LEVEL = 0.05


class Verdict(StrEnum):
    """The verdict on a difference, after correction."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "no clear difference"
    UNTESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both results. `p` is corrected for the number of measures, None if the measure is not tested.

    `low` and `high` bound the 95% interval of `after` minus `before`. Wins are cases in which `after` is better; a measure that
    exists only for a whole set has no wins.
    """

    measure: str
    cases: int
    before: float
    after: float
    low: float
    high: float
    p: float | None
    wins: int
    ties: int
    losses: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Changed:
    """A case that was answered differently. `gain` is positive if it got better."""

    before: JudgedCase
    after: JudgedCase
    gain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole comparison. `left_out` are the ids of cases that only one result has, or whose labels changed."""

    before: About
    after: About
    cases: int
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    left_out: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The verdict in one line."""
        if not self.changed:
            return f"no difference: all {self.cases} questions have the same passages, results and values"
        better = [_words(d) for d in self.differences if d.verdict is Verdict.BETTER]
        worse = [_words(d) for d in self.differences if d.verdict is Verdict.WORSE]
        if not better and not worse:
            return f"no clear difference: {len(self.changed)} of {self.cases} questions changed, within chance"
        parts = [f"{name}: {', '.join(found)}" for name, found in (("better", better), ("worse", worse)) if found]
        return "; ".join(parts)


def compare(before: Result, after: Result, only: Collection[str] | None = None) -> Comparison:
    """Compare the cases that both have with the same labels, by all measures or `only` those named.

    Raises OcqaError if they have no case in common.
    """
    pairs, left_out = pair(before.scored, after.scored)
    first, second = columns_of([a for a, _ in pairs]), columns_of([b for _, b in pairs])
    found = [_difference(m, first, second) for m in measured(first) if only is None or m.name in only]
    return Comparison(
        before=before.about,
        after=after.about,
        cases=len(pairs),
        differences=_corrected(found),
        changed=tuple(sorted((c for a, b in pairs if (c := _changed(a, b))), key=lambda c: (c.gain, c.after.case.id))),
        left_out=left_out,
    )


def pair(
    before: Sequence[JudgedCase], after: Sequence[JudgedCase]
) -> tuple[list[tuple[JudgedCase, JudgedCase]], tuple[str, ...]]:
    """The cases in both, and the ids of the others. Raises OcqaError if there are none in both."""
    others = {s.case.id: s for s in after}
    pairs = [(s, others[s.case.id]) for s in before if s.case.id in others and s.case == others[s.case.id].case]
    paired = {a.case.id for a, _ in pairs}
    if not pairs:
        raise OcqaError("the two results have no question in common", "compare results of the same question set")
    return pairs, tuple(sorted(({s.case.id for s in before} | others.keys()) - paired))


def _difference(measure: Measure, before: Columns, after: Columns) -> tuple[Difference, float]:
    low, high = bootstrap_interval(measure, before, after)
    wins, ties, losses = _wins(measure, before, after)
    tested = measure.decides
    found = Difference(
        measure=measure.name,
        cases=cases_of(measure, before),
        before=point(measure, before),
        after=point(measure, after),
        low=low,
        high=high,
        p=randomization_p(measure, before, after) if tested else None,
        wins=wins,
        ties=ties,
        losses=losses,
        verdict=_direction(measure, before, after) if tested else Verdict.UNTESTED,
    )
    return found, least_p(measure, before, after)


def _direction(measure: Measure, before: Columns, after: Columns) -> Verdict:
    gain = difference(measure, before, after) * (1 if measure.higher_is_better else -1)
    return Verdict.BETTER if gain > 0 else Verdict.WORSE


def _corrected(found: Sequence[tuple[Difference, float]]) -> tuple[Difference, ...]:
    tested = [(d, 2 * least) for d, least in found if d.p is not None]
    chances = iter(holm([d.p or 0.0 for d, _ in tested], [least for _, least in tested], LEVEL))
    done = []
    for d, _ in found:
        p = next(chances) if d.p is not None else None
        done.append(replace(d, p=p, verdict=d.verdict if p is None or p <= LEVEL else Verdict.UNCLEAR))
    return tuple(done)


def _wins(measure: Measure, before: Columns, after: Columns) -> tuple[int, int, int]:
    if len(measure.columns) > 1 or not measure.decides:
        return 0, 0, 0
    name = measure.columns[0]
    gain = (after[name] - before[name])[~np.isnan(before[name])] * (1 if measure.higher_is_better else -1)
    return int((gain > 0).sum()), int((gain == 0).sum()), int((gain < 0).sum())


def _changed(before: JudgedCase, after: JudgedCase) -> Changed | None:
    if (before.places, before.result, before.declined, before.values) == (
        after.places,
        after.result,
        after.declined,
        after.values,
    ):
        return None
    gain = after.values["Right"] - before.values["Right"]
    return Changed(before, after, gain or after.values.get("nDCG@10", 0.0) - before.values.get("nDCG@10", 0.0))


def _words(difference: Difference) -> str:
    p = difference.p or 0.0
    chance = f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"
    return f"{difference.measure} {difference.before:.3f} to {difference.after:.3f} ({chance})"
