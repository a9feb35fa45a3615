"""Which chart goes with an answer about scores, and its text version. Pure: `app.screens` only draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.reports.briefing_tables import reference_words
from app.reports.group_tables import difference_names, difference_topic, trend_title, when
from app.reports.place_words import capital, place_words
from app.reports.result_table import result_table
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import ExplanationResult
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)
from index.contract.typed_results import ChangeResult, ComparisonResult, IndicatorSetResult, RankingResult, SetResult
from index.language.phrases import in_sentence, joined

SCORE = "Score"
_CHANGE = "Change"
_DIFFERENCE = "Difference"
MOST_BARS = 25


class Shape(StrEnum):
    """Bars compare scores; a line follows one score through the editions; a scatter sets two scores against each other."""

    BARS = "bars"
    LINE = "line"
    SCATTER = "scatter"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: a label and a number for each bar or point, in order; `text` is its version for readers who cannot see it.

    A point of a scatter has a second number, its height; then `label_name` names the scores across and `value_name` those up.
    Bars of several scores stand in `groups`, one name for each bar.
    """

    shape: Shape
    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    label_name: str
    value_name: str
    text: str
    heights: tuple[float, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def whole_scale(self) -> bool:
        """Whether bars are drawn on the whole scale from 0 to 10; changes and differences have a scale of their own."""
        return self.value_name not in (_CHANGE, _DIFFERENCE)


def figure_of(answer: Answer, taxonomy: Taxonomy) -> Figure | None:
    """The chart of a result that has several figures to compare or to follow; None if it would show nothing."""
    result = answer.result
    if isinstance(result, ChangeResult):
        return _line(answer, result, taxonomy)
    if isinstance(result, TrendResult):
        points = tuple(zip(result.editions, result.values, strict=True))
        return through_editions(trend_title(result, taxonomy), points) if len(points) > 1 else None
    if isinstance(result, IndicatorSetResult):
        names = [taxonomy.indicators[i].name for i in result.indicators]
        title = f"{taxonomy.countries[result.country].name}, {when(result.start, result.end, result.edition)}"
        return _bars(title, names, result.values, "Indicator", _axis(result.start))
    if isinstance(result, (GroupRankingResult, IndicatorRankingResult)):
        return _means(answer, result, taxonomy)
    if isinstance(result, DifferenceResult):
        title = f"{difference_topic(result, taxonomy)}, {result.edition} edition"
        scores = all(1 <= value <= 10 for value in result.values)
        return _bars(title, difference_names(result, taxonomy), result.values, "Compared", SCORE if scores else _CHANGE)
    if isinstance(result, ExplanationResult):
        return _parts(result, taxonomy)
    if isinstance(result, CorrelationResult):
        return _scatter(answer, result, taxonomy)
    if isinstance(result, ComparisonResult):
        return _of_several(answer, result, taxonomy) or _of_countries(result, taxonomy)
    return _of_countries(result, taxonomy) if isinstance(result, (RankingResult, SetResult)) else None


def figure_beside(answer: Answer, taxonomy: Taxonomy) -> Figure | None:
    """The chart to show with an answer: that of its result, or that of its scores where the result has no table to tell them."""
    figure = figure_of(answer, taxonomy)
    return facts_figure(answer, taxonomy) if figure is None and result_table(answer, taxonomy) is None else figure


def facts_figure(answer: Answer, taxonomy: Taxonomy) -> Figure | None:
    """The chart of the scores beside a passage: one score through the editions, or several of one country and edition."""
    facts = answer.facts
    series = {(f.country, f.indicator) for f in facts}
    if len(series) == 1 and len({f.edition for f in facts}) > 1:
        country, indicator = min(series)
        title = f"{taxonomy.countries[country].name}, {taxonomy.indicators[indicator].name}"
        return through_editions(title, sorted({f.edition: f.value for f in facts}.items()))
    if len({(f.country, f.edition) for f in facts}) == 1 and len(series) == len(facts):
        title = f"{taxonomy.countries[facts[0].country].name}, {facts[0].edition} edition"
        return _bars(title, [taxonomy.indicators[f.indicator].name for f in facts], [f.value for f in facts], "Indicator", SCORE)
    return None


def _of_countries(result: RankingResult | ComparisonResult | SetResult, taxonomy: Taxonomy) -> Figure | None:
    single = [v for v in result.values if isinstance(v, float)]
    if len(single) < len(result.countries):
        return None
    names = [taxonomy.countries[c].name for c in result.countries]
    title = f"{taxonomy.indicators[result.indicator].name}, {when(result.start, result.end, result.edition)}"
    return _bars(title, names, single, "Country", _axis(result.start))


def _of_several(answer: Answer, result: ComparisonResult, taxonomy: Taxonomy) -> Figure | None:
    """The bars of a comparison that tells of more than one score of the same edition; None where it tells of one."""
    told = [f for f in answer.facts if f.edition == result.edition and f.country in result.countries]
    if result.start is not None or len({f.indicator for f in told}) < 2 or len(told) > MOST_BARS:
        return None
    groups = tuple(f"{taxonomy.indicators[f.indicator].name} ({taxonomy.indicators[f.indicator].pillar.direction})" for f in told)
    names = tuple(taxonomy.countries[f.country].name for f in told)
    title = f"{joined(list(dict.fromkeys(names)))}, {result.edition} edition"
    pairs = "; ".join(f"{group}, {name} {f.value:.2f}" for group, name, f in zip(groups, names, told, strict=True))
    values = tuple(f.value for f in told)
    return Figure(Shape.BARS, title, names, values, "Country", SCORE, f"Bar chart, {title}: {pairs}.", groups=groups)


def _means(answer: Answer, result: GroupRankingResult | IndicatorRankingResult, taxonomy: Taxonomy) -> Figure | None:
    table = result_table(answer, taxonomy)
    assert table is not None
    if isinstance(result, GroupRankingResult):
        names, label = [capital(place_words(g, taxonomy)) for g in result.groups], "Group"
    else:
        names, label = [taxonomy.indicators[i].name for i in result.indicators], "Indicator"
    axis = table.columns[1].label if result.start is None else _CHANGE
    return _bars(table.title, names, result.values, label, axis)


def _parts(result: ExplanationResult, taxonomy: Taxonomy) -> Figure | None:
    """How far each part lies from the reference, or how far it moved where a change is to be explained."""
    names = [taxonomy.indicators[p.indicator].name for p in result.parts]
    title = f"{taxonomy.countries[result.country].name}, {taxonomy.indicators[result.indicator].name}"
    changes = [p.change for p in result.parts if p.change is not None]
    if result.start is not None and len(changes) == len(names):
        return _bars(f"{title}, {when(result.start, result.end, None)}", names, changes, "Part", _CHANGE)
    against = reference_words(result, taxonomy)
    return _bars(
        f"{title}, {result.edition} edition, against the {against}",
        names,
        [p.difference for p in result.parts],
        "Part",
        _DIFFERENCE,
    )


def _scatter(answer: Answer, result: CorrelationResult, taxonomy: Taxonomy) -> Figure | None:
    """The countries whose two scores are both among the facts; None where the facts do not list them all."""
    across, up = ({f.country: f.value for f in answer.facts if f.indicator == i} for i in result.indicators)
    both = sorted(set(across) & set(up), key=lambda c: taxonomy.countries[c].name)
    if len(both) < max(result.n, 2):
        return None
    first, second = (taxonomy.indicators[i] for i in result.indicators)
    names = tuple(taxonomy.countries[c].name for c in both)
    title = f"{second.name} against {in_sentence(first)}, {result.edition} edition, {place_words(result.within, taxonomy)}"
    pairs = "; ".join(f"{n} {across[c]:.2f} and {up[c]:.2f}" for n, c in zip(names[:MOST_BARS], both, strict=False))
    text = f"Scatter plot, {title}, {len(both)} countries, {in_sentence(first)} first: {pairs}{_more(len(both))}."
    axes = [f"{i.name} ({i.pillar.direction})" for i in (first, second)]
    heights = tuple(up[c] for c in both)
    return Figure(Shape.SCATTER, title, names, tuple(across[c] for c in both), axes[0], axes[1], text, heights)


def _bars(title: str, names: Sequence[str], values: Sequence[float], label: str, axis: str) -> Figure | None:
    if len(names) < 2:
        return None
    shown, numbers = tuple(names[:MOST_BARS]), tuple(values[:MOST_BARS])
    signed = axis in (_CHANGE, _DIFFERENCE)
    pairs = "; ".join(f"{n} {v:+.2f}" if signed else f"{n} {v:.2f}" for n, v in zip(shown, numbers, strict=True))
    return Figure(Shape.BARS, title, shown, numbers, label, axis, f"Bar chart, {title}: {pairs}{_more(len(names))}.")


def _more(count: int) -> str:
    return f"; {count - MOST_BARS} more are not shown" if count > MOST_BARS else ""


def _axis(start: int | None) -> str:
    return SCORE if start is None else _CHANGE


def _line(answer: Answer, result: ChangeResult, taxonomy: Taxonomy) -> Figure:
    points = sorted((f.edition, f.value) for f in answer.facts if (f.country, f.indicator) == (result.country, result.indicator))
    return through_editions(f"{taxonomy.countries[result.country].name}, {taxonomy.indicators[result.indicator].name}", points)


def through_editions(title: str, points: Sequence[tuple[int, float]]) -> Figure:
    """A line through one score's editions; `points` are editions with their scores, in order."""
    text = f"Line chart, {title}: " + "; ".join(f"{value:.2f} in {edition}" for edition, value in points) + "."
    return Figure(Shape.LINE, title, tuple(str(e) for e, _ in points), tuple(v for _, v in points), "Edition", SCORE, text)
