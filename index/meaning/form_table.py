"""Which form fills which kind of question, by the name that labelled questions give the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from index.meaning.asked import Asked
from index.meaning.forms import (
    aggregate,
    change,
    comparison,
    correlation,
    count,
    definition,
    difference,
    explanation,
    group_ranking,
    indicator_ranking,
    indicator_set,
    neighbour,
    overview,
    page_fact,
    rank,
    ranking,
    set_of_countries,
    trend,
    two_step,
    value,
    verdict,
)
from index.meaning.meaning import Meaning
from index.meaning.slots.asks import Asks, asks_for


def _set(asked: Asked) -> Meaning | None:
    """Countries that meet what is asked, or the one that stands next to another."""
    return neighbour.fill(asked) or set_of_countries.fill(asked)


def _of_figures(fill: Callable[[Asked], Meaning | None]) -> Callable[[Asked], Meaning | None]:
    """The form, but None where a reason is asked for outright, which no figure answers."""
    return lambda asked: None if asks_for(asked, Asks.WHY) else fill(asked)


FORMS: Mapping[str, Callable[[Asked], Meaning | None]] = {
    "value": value.fill,
    "rank": rank.fill,
    "set": _set,
    "ranking": ranking.fill,
    "change": change.fill,
    "trend": trend.fill,
    "comparison": _of_figures(comparison.fill),
    "difference": _of_figures(difference.fill),
    "aggregate": aggregate.fill,
    "group_ranking": group_ranking.fill,
    "indicator_ranking": indicator_ranking.fill,
    "indicator_set": _of_figures(indicator_set.fill),
    "count": count.fill,
    "verdict": verdict.fill,
    "two_step": two_step.fill,
    "correlation": correlation.fill,
    "definition": definition.fill,
    "overview": overview.fill,
    "explanation": explanation.fill,
    "page_fact": page_fact.fill,
}
