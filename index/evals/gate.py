"""The gate: whether a result passes, compared with a saved one. No significant regression, no measure past its floor.

Regressions are tested over all cases, within each kind of question and within each country, each of the three corrected for its
own number of tests; a regression found is reported with the kinds and countries it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from index.evals.compare import LEVEL, pair
from index.evals.judged import Columns, JudgedCase, columns_of
from index.evals.result_file import Result
from index.evals.set_measures import BY_NAME, Measure
from index.evals.significance import holm, least_p, randomization_p
from index.evals.summary import ALL, measured, point

# Few, because each one more makes a regression harder to prove; the other measures have floors.
TESTED = (
    "Right", "nDCG@10", "Success@1", "Recall@10", "Highlight F1", "Exact", "False answers", "False refusals", "Country leaks",
)  # fmt: skip
# A country has few questions in any set, so only one measure for passages and one for scores is tested there.
TESTED_BY_COUNTRY = ("nDCG@10", "Exact")
_MOST_NAMED = 4
Pairs = Sequence[tuple[JudgedCase, JudgedCase]]


@dataclass(frozen=True, slots=True)
class Regression:
    """Why a result does not pass. `part` is "all", a kind or a country; `p` is None for a measure past its floor."""

    measure: str
    part: str
    before: float
    after: float
    p: float | None
    comes_from: str

    def __str__(self) -> str:
        what = f"{self.measure} of {'all questions' if self.part == ALL else self.part}"
        better = BY_NAME[self.measure].higher_is_better
        if self.p is None:
            said = f"{what} is {self.after:.4f}, {'below its floor' if better else 'above its limit'} {self.before:.4f}"
        else:
            verb = "fell" if better else "rose"
            said = f"{what} {verb} from {self.before:.4f} to {self.after:.4f} (p = {self.p:.4f})"
        return said + (f"; {self.comes_from}" if self.comes_from else "")


@dataclass(frozen=True, slots=True)
class GateReport:
    """The findings of the gate; `left_out` are the ids of cases that could not be compared."""

    regressions: tuple[Regression, ...]
    cases: int
    left_out: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether there are no regressions."""
        return not self.regressions


def check_gate(baseline: Result, result: Result) -> GateReport:
    """Compare a result with a baseline. Raises OcqaError if they have no question in common."""
    pairs, left_out = pair(baseline.scored, result.scored)
    overall = _regressions([(ALL, pairs)], TESTED)
    countries = _parts(pairs, "country", lambda s: s.case.country)
    past = [f for f in _past_floors(baseline, result, pairs) if f.measure not in {g.measure for g in overall}]
    regressions = [*overall, *_regressions(_parts(pairs, "kind", lambda s: s.case.kind), TESTED)]
    regressions += [*(_regressions(countries, TESTED_BY_COUNTRY) if len(countries) > 1 else []), *past]
    return GateReport(tuple(regressions), len(pairs), left_out)


def _parts(pairs: Pairs, what: str, key: Callable[[JudgedCase], str | None]) -> list[tuple[str, Pairs]]:
    names = sorted({name for a, _ in pairs if (name := key(a)) is not None})
    return [(f"{what} {name}", [p for p in pairs if key(p[0]) == name]) for name in names]


def _regressions(parts: Sequence[tuple[str, Pairs]], tested: Collection[str]) -> list[Regression]:
    """The significant regressions in these parts, corrected for measures and parts together."""
    tried: list[tuple[Regression, float]] = []
    for part, pairs in parts:
        before, after = _columns(pairs)
        for measure in (m for m in measured(before) if m.name in tested):
            p = randomization_p(measure, before, after, worse_only=True)
            regression = Regression(
                measure.name, part, point(measure, before), point(measure, after), p, _comes_from(measure, pairs)
            )
            tried.append((regression, least_p(measure, before, after)))
    corrected = holm([f.p or 0.0 for f, _ in tried], [least for _, least in tried], LEVEL)
    return [
        Regression(f.measure, f.part, f.before, f.after, p, f.comes_from)
        for (f, _), p in zip(tried, corrected, strict=True)
        if p <= LEVEL
    ]


def _past_floors(baseline: Result, result: Result, pairs: Pairs) -> list[Regression]:
    """Floors apply to all cases of the new result, including those that the baseline does not have."""
    regressions = []
    for name, floor in baseline.floors.items():
        figure = result.overall.figure(name)
        if figure is None:
            continue
        past = figure.value < floor if BY_NAME[name].higher_is_better else figure.value > floor
        if past:
            regressions.append(Regression(name, ALL, floor, figure.value, None, _comes_from(BY_NAME[name], pairs)))
    return regressions


def _comes_from(measure: Measure, pairs: Pairs) -> str:
    """The kinds and countries that lost most, in words; empty for measures that only a whole set has."""
    if len(measure.columns) > 1 or not measure.decides:
        return ""
    lost: list[tuple[JudgedCase, float]] = []
    for a, b in pairs:
        if measure.name in a.values and measure.name in b.values:
            loss = a.values[measure.name] - b.values[measure.name]
            lost.append((a, loss if measure.higher_is_better else -loss))
    said = []
    for what, key in (("kind", lambda s: s.case.kind), ("country", lambda s: s.case.country)):
        worst = _worst(lost, key)
        if worst:
            said.append(f"by {what}: {worst}")
    return ", ".join(said)


def _worst(lost: Sequence[tuple[JudgedCase, float]], key: Callable[[JudgedCase], str | None]) -> str:
    sums: dict[str, list[float]] = defaultdict(list)
    for scored, loss in lost:
        if (name := key(scored)) is not None:
            sums[name].append(loss)
    ordered = sorted(((name, losses) for name, losses in sums.items() if sum(losses) > 0), key=lambda n: (-sum(n[1]), n[0]))
    return ", ".join(f"{name} ({sum(x > 0 for x in losses)} of {len(losses)} worse)" for name, losses in ordered[:_MOST_NAMED])


def _columns(pairs: Pairs) -> tuple[Columns, Columns]:
    return columns_of([a for a, _ in pairs]), columns_of([b for _, b in pairs])
