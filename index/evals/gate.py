"""Whether a result may pass, measured against a saved one: no significant fall, no measure past its floor.

A fall is tested over all cases, within each kind of question and within each country, each of the three corrected for its own
number of tests; one that is found is named with the kinds and countries that it comes from.
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

# Few, since each more makes a fall harder to prove; what else is measured has its floor.
TESTED = (
    "Right", "nDCG@10", "Success@1", "Recall@10", "Highlight F1", "Exact", "False answers", "False refusals", "Country leaks",
)  # fmt: skip
# A country has few questions in any set, so there only what sums up a passage and a score question is tested.
TESTED_BY_COUNTRY = ("nDCG@10", "Exact")
_NAMED = 4
Pairs = Sequence[tuple[JudgedCase, JudgedCase]]


@dataclass(frozen=True, slots=True)
class Fall:
    """Why a result may not pass. `part` is "all", a kind or a country; `p` is None where a floor was passed."""

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
    """What the gate found; `left_out` are ids of cases that only one of the results has."""

    falls: tuple[Fall, ...]
    cases: int
    left_out: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing fell."""
        return not self.falls


def check_gate(baseline: Result, result: Result) -> GateReport:
    """Measure a result against a baseline. Raises OcqaError where they have no question in common."""
    pairs, left_out = pair(baseline.scored, result.scored)
    fallen = _falls([(ALL, pairs)], TESTED)
    countries = _parts(pairs, "country", lambda s: s.case.country)
    past = [f for f in _past_floors(baseline, result, pairs) if f.measure not in {g.measure for g in fallen}]
    falls = [*fallen, *_falls(_parts(pairs, "kind", lambda s: s.case.kind), TESTED)]
    falls += [*(_falls(countries, TESTED_BY_COUNTRY) if len(countries) > 1 else []), *past]
    return GateReport(tuple(falls), len(pairs), left_out)


def _parts(pairs: Pairs, what: str, key: Callable[[JudgedCase], str | None]) -> list[tuple[str, Pairs]]:
    names = sorted({name for a, _ in pairs if (name := key(a)) is not None})
    return [(f"{what} {name}", [p for p in pairs if key(p[0]) == name]) for name in names]


def _falls(parts: Sequence[tuple[str, Pairs]], tested: Collection[str]) -> list[Fall]:
    """The significant falls in some parts, corrected for the number of measures and parts together."""
    tried: list[tuple[Fall, float]] = []
    for part, pairs in parts:
        before, after = _columns(pairs)
        for measure in (m for m in measured(before) if m.name in tested):
            p = randomization_p(measure, before, after, falls_only=True)
            fall = Fall(measure.name, part, point(measure, before), point(measure, after), p, _comes_from(measure, pairs))
            tried.append((fall, least_p(measure, before, after)))
    corrected = holm([f.p or 0.0 for f, _ in tried], [least for _, least in tried], LEVEL)
    return [
        Fall(f.measure, f.part, f.before, f.after, p, f.comes_from)
        for (f, _), p in zip(tried, corrected, strict=True)
        if p <= LEVEL
    ]


def _past_floors(baseline: Result, result: Result, pairs: Pairs) -> list[Fall]:
    """Floors hold for all cases of the new result, so that a set that was added to counts as a whole."""
    falls = []
    for name, floor in baseline.floors.items():
        figure = result.overall.figure(name)
        if figure is None:
            continue
        past = figure.value < floor if BY_NAME[name].higher_is_better else figure.value > floor
        if past:
            falls.append(Fall(name, ALL, floor, figure.value, None, _comes_from(BY_NAME[name], pairs)))
    return falls


def _comes_from(measure: Measure, pairs: Pairs) -> str:
    """The kinds and the countries that lost most, in words; empty for measures that only a whole set has."""
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
    return ", ".join(f"{name} ({sum(x > 0 for x in losses)} of {len(losses)} worse)" for name, losses in ordered[:_NAMED])


def _columns(pairs: Pairs) -> tuple[Columns, Columns]:
    return columns_of([a for a, _ in pairs]), columns_of([b for _, b in pairs])
