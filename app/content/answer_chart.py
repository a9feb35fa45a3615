"""The chart of an answer: which one fits it, and the same as an Altair chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.content.answer_course import Course, course_of, followed_scores
from app.content.answer_distribution import Distribution, asked_scores, distribution_of, step_rows
from app.content.answer_figure import Figure, Shape, figure_beside
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot

if TYPE_CHECKING:
    from app.content.charts import Drawn


Charted = Figure | Distribution | Course


def chart_of(answer: Answer, snapshot: Snapshot) -> Charted | None:
    """The chart that fits: the course of what moved, where a few countries stand among all, or the figures of the answer."""
    taxonomy = snapshot.taxonomy
    followed = followed_scores(answer)
    if followed is not None:
        country, indicators = followed
        course = course_of(country, indicators, snapshot.score_store.scores_in(indicators, taxonomy.editions), taxonomy)
        if course is not None:
            return course
    asked = asked_scores(answer, taxonomy)
    if asked is not None:
        indicator, edition, group = asked
        distribution = distribution_of(answer, group, snapshot.score_store.scores_in([indicator], [edition]), taxonomy)
        if distribution is not None:
            return distribution
    return figure_beside(answer, taxonomy)


def drawn(figure: Charted) -> Drawn:
    """The chart as Altair draws it, without its title."""
    from app.content import charts  # imports Altair, which answers without a chart do not need

    if isinstance(figure, Distribution):
        return charts.distribution(step_rows(figure), figure.axis)
    if isinstance(figure, Course):
        return charts.courses(figure.points, figure.axis)
    if figure.shape is Shape.LINE:
        return charts.answer_line(figure.labels, figure.values, figure.value_name)
    if figure.shape is Shape.SCATTER:
        return charts.answer_scatter(figure.labels, figure.values, figure.heights, figure.label_name, figure.value_name)
    if figure.groups:
        return charts.grouped_bars(figure.groups, figure.labels, figure.values, figure.value_name)
    return charts.answer_bars(figure.labels, figure.values, figure.value_name, scores=figure.whole_scale)
