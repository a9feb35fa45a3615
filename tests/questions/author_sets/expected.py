"""From an author's label to what a right answer is: the forms it can take, each computed from the workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.questions.author_sets import claims, many_places, named_places, two_steps
from tests.questions.author_sets.figures import Figures
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.options import Option

BY_FIGURES: dict[str, Callable[[Label, Figures], list[Option]]] = {
    "value": named_places.of_value,
    "rank": named_places.of_rank,
    "change": named_places.of_change,
    "trend": named_places.of_trend,
    "comparison": named_places.of_comparison,
    "difference": named_places.of_difference,
    "indicator_set": named_places.of_indicator_set,
    "set": many_places.of_set,
    "ranking": many_places.of_ranking,
    "count": many_places.of_count,
    "aggregate": many_places.of_aggregate,
    "group_ranking": many_places.of_group_ranking,
    "indicator_ranking": many_places.of_indicator_ranking,
    "correlation": many_places.of_correlation,
    "verdict": claims.of_verdict,
    "two_step": two_steps.of_two_steps,
}
# Both ends of an order, or how far they are apart: no structured result holds them, so what is right is not settled.
BOTH_ENDS = ("both", "range")


@dataclass(frozen=True)
class Expectation:
    """What a right answer is. Without options a question of these kinds is undetermined, or cannot be answered at all.

    `unavailable`: the workbook lacks what is asked for, so that only a refusal is right.
    """

    options: tuple[Option, ...] = ()
    unavailable: bool = False


def expected(label: Label, figures: Figures) -> Expectation | None:
    """The expectation of a question about figures; None for the kinds that are judged without."""
    if label.kind not in BY_FIGURES:
        return None
    places = (*label.groups, *(name for name in label.without if name not in figures.world.countries))
    if label.order in BOTH_ENDS or not all(map(figures.is_group, places)):
        return Expectation()
    options = tuple(BY_FIGURES[label.kind](label, figures))
    asked = {e for e in label.editions if e in figures.indicators}
    lacking = any(i not in figures.indicators[e] for e in asked for i in label.indicators if i in figures.indicators[2025])
    return Expectation(options, not options and lacking)


def deciding(label: Label, figures: Figures) -> tuple[Option, ...]:
    """The figures that decide a yes/no question, as a right answer of the kind that it rests on shows them."""
    rests = replace(label, kind=label.of or "", n=None, place=None, order=label.order if label.of in ("change", "set") else None)
    return tuple(BY_FIGURES[rests.kind](rests, figures)) if rests.kind in BY_FIGURES and rests.kind != "verdict" else ()
