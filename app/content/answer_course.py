"""How scores of a country moved through all loaded editions, beside an answer about a change or about the whole country. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.content.answer_figure import Figure, through_editions
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import OverviewResult
from index.contract.typed_results import ChangeResult, RankResult, ValueResult
from index.scores.score import Score

_MAIN = ("criminality", "resilience")


@dataclass(frozen=True, slots=True)
class Course:
    """Several scores of a country: name, edition and score of each point. `text` is for readers who cannot see the chart."""

    title: str
    points: tuple[tuple[str, int, float], ...]
    axis: str
    text: str


def followed_scores(answer: Answer) -> tuple[str, tuple[str, ...]] | None:
    """The country and the indicators whose course shows most of what the answer says; None where it tells of no course."""
    result = answer.result
    if isinstance(result, OverviewResult):
        return result.country, _MAIN if result.indicator is None else (result.indicator,)
    if isinstance(result, ChangeResult) or (isinstance(result, (ValueResult, RankResult)) and told_since(answer, result)):
        return result.country, (result.indicator,)
    return None


def told_since(answer: Answer, result: ValueResult | RankResult) -> int | None:
    """The earliest edition that an answer gives the same score of, before the one of its result; None if it gives none."""
    own = [f.edition for f in answer.facts if (f.country, f.indicator) == (result.country, result.indicator)]
    return min((e for e in own if e < result.edition), default=None)


def course_of(country: str, indicators: Sequence[str], scores: Sequence[Score], taxonomy: Taxonomy) -> Course | Figure | None:
    """The course of a country's scores; that of one score alone is a line. None for scores of fewer than two editions."""
    of = {i: sorted((s.edition, float(s.value)) for s in scores if (s.country, s.indicator) == (country, i)) for i in indicators}
    moved = {taxonomy.indicators[i]: points for i, points in of.items() if len(points) > 1}
    name = taxonomy.countries[country].name
    if len(moved) < 2:
        return next((through_editions(f"{name}, {i.name}", [*p]) for i, p in moved.items()), None)
    named = {f"{i.name} ({i.pillar.direction})": points for i, points in moved.items()}
    told = "; ".join(f"{name}: " + ", ".join(f"{value:.2f} in {e}" for e, value in points) for name, points in named.items())
    editions = sorted({e for points in of.values() for e, _ in points})
    title = f"{name}, {editions[0]} to {editions[-1]}"
    points = tuple((i.name, e, value) for i, course in moved.items() for e, value in course)
    return Course(title, points, "Score, 1 to 10", f"Line chart, {title}. {told}.")
