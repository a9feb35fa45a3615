"""Which chart goes with an answer about scores, and its text version. Pure: `app.screens` only draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import ExplanationResult, OverviewResult
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)
from index.contract.typed_results import ChangeResult, ComparisonResult, IndicatorSetResult, RankingResult, SetResult

SCORE = "Score"
MOST_BARS = 25


class Shape(StrEnum):
    """Bars compare scores; a line follows one score through the editions."""

    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: a label and a number for each bar or point, in order; `text` is its version for readers who cannot see it."""

    shape: Shape
    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    label_name: str
    value_name: str
    text: str


def figure_of(answer: Answer, taxonomy: Taxonomy) -> Figure | None:
    """The chart of a ranking, set, comparison, change or set of indicators; None if it would show nothing."""
    result = answer.result
    if isinstance(result, ChangeResult):
        return _line(answer, result, taxonomy)
    if isinstance(result, IndicatorSetResult):
        names = [taxonomy.indicators[i].name for i in result.indicators]
        title = f"{taxonomy.countries[result.country].name}, {_when(result.start, result.end, result.edition)}"
        return _bars(title, names, result.values, "Indicator", result.start is not None)
    if isinstance(result, (RankingResult, ComparisonResult, SetResult)):
        single = [v for v in result.values if isinstance(v, float)]
        if len(single) < len(result.countries):
            return None
        names = [taxonomy.countries[c].name for c in result.countries]
        title = f"{taxonomy.indicators[result.indicator].name}, {_when(result.start, result.end, result.edition)}"
        return _bars(title, names, single, "Country", result.start is not None)
    return None


def facts_figure(answer: Answer, taxonomy: Taxonomy) -> Figure | None:
    """The chart of the scores beside a passage: one score through the editions, or several of one country and edition."""
    facts = answer.facts
    series = {(f.country, f.indicator) for f in facts}
    if len(series) == 1 and len({f.edition for f in facts}) > 1:
        country, indicator = min(series)
        title = f"{taxonomy.countries[country].name}, {taxonomy.indicators[indicator].name}"
        return _through_editions(title, sorted({f.edition: f.value for f in facts}.items()))
    if len({(f.country, f.edition) for f in facts}) == 1 and len(series) == len(facts):
        title = f"{taxonomy.countries[facts[0].country].name}, {facts[0].edition} edition"
        return _bars(title, [taxonomy.indicators[f.indicator].name for f in facts], [f.value for f in facts], "Indicator", False)
    return None


def _bars(title: str, names: list[str], values: tuple[float, ...] | list[float], label: str, change: bool) -> Figure | None:
    if len(names) < 2:
        return None
    shown, numbers = tuple(names[:MOST_BARS]), tuple(values[:MOST_BARS])
    more = f"; {len(names) - MOST_BARS} more are not shown" if len(names) > MOST_BARS else ""
    pairs = "; ".join(f"{n} {v:+.2f}" if change else f"{n} {v:.2f}" for n, v in zip(shown, numbers, strict=True))
    return Figure(Shape.BARS, title, shown, numbers, label, "Change" if change else SCORE, f"Bar chart, {title}: {pairs}{more}.")


def _line(answer: Answer, result: ChangeResult, taxonomy: Taxonomy) -> Figure:
    points = sorted((f.edition, f.value) for f in answer.facts if (f.country, f.indicator) == (result.country, result.indicator))
    return _through_editions(f"{taxonomy.countries[result.country].name}, {taxonomy.indicators[result.indicator].name}", points)


def _through_editions(title: str, points: Sequence[tuple[int, float]]) -> Figure:
    text = f"Line chart, {title}: " + "; ".join(f"{value:.2f} in {edition}" for edition, value in points) + "."
    return Figure(Shape.LINE, title, tuple(str(e) for e, _ in points), tuple(v for _, v in points), "Edition", SCORE, text)


def _when(start: int | None, end: int | None, edition: int | None) -> str:
    return f"change from {start} to {end}" if start is not None else f"{edition} edition"
