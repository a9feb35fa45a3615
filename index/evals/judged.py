"""One case judged: every measure that a single question has, and the columns from which those of a whole set are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.taxonomy import Taxonomy
from index.evals.country_leaks import leaks
from index.evals.highlight import highlighted_text, span_in, span_overlap, token_f1
from index.evals.measures import passage_values
from index.evals.run import Outcome
from index.evals.score_results import Verdict, judge
from index.evals.sets import Case

Column = NDArray[np.float64]
Columns = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case with what came and how good it was.

    `right` says that the answer given is right, honest declining included; `first_right` that the first passage or figure is,
    whether or not it was given as the answer. `highlight` is of the first place; `values` holds the measures that apply.
    """

    case: Case
    declined: bool
    confidence: float
    chance: float
    right: bool
    first_right: bool
    seconds: float
    answer: str
    result: Mapping[str, Any] | None
    places: tuple[str, ...]
    highlight: tuple[tuple[int, int], ...]
    values: Mapping[str, float]


def score_outcomes(outcomes: Sequence[Outcome], taxonomy: Taxonomy) -> tuple[JudgedCase, ...]:
    """Judge every outcome. A case without an answer has the value 0 of every measure that applies to it."""
    passages = passage_values(outcomes)
    return tuple(_scored(outcome, passages.get(outcome.case.id, {}), taxonomy) for outcome in outcomes)


def _scored(outcome: Outcome, passages: Mapping[str, float], taxonomy: Taxonomy) -> JudgedCase:
    case, declined = outcome.case, outcome.declined
    values = dict(passages)
    first_right = False
    if case.expect is not None:
        verdict = judge(case.expect, outcome.result, declined=declined)
        values |= {v.value.capitalize(): float(v is verdict) for v in Verdict}
        first_right = verdict is Verdict.EXACT and not case.declinable
    elif case.gold and outcome.found:
        first_right = outcome.found[0].id in {g.place for g in case.gold if g.grade > 0}
    if case.gold and case.answer_span:
        values |= _highlight(outcome)
    values["False answers" if case.declinable else "False refusals"] = float(declined is not case.declinable)
    right = declined if case.declinable else first_right and not declined
    values |= {"Right": float(right), "Country leaks": float(leaks(outcome, taxonomy))}
    return JudgedCase(
        case=case,
        declined=declined,
        confidence=outcome.confidence,
        chance=outcome.chance,
        right=right,
        first_right=first_right,
        seconds=outcome.seconds,
        answer=outcome.answer,
        result=outcome.result,
        places=tuple(found.id for found in outcome.found),
        highlight=outcome.found[0].highlight if outcome.found else (),
        values=values,
    )


def _highlight(outcome: Outcome) -> dict[str, float]:
    """What is lit in the first passage against the answer. A wrong passage or a declined question has nothing right in it."""
    first = outcome.found[0] if outcome.found else None
    right = {g.place for g in outcome.case.gold if g.grade > 0}
    if first is None or first.id not in right or outcome.declined:
        return {"Highlight F1": 0.0, "Highlight overlap": 0.0, "Highlight hit": 0.0}
    span = span_in(first.text, outcome.case.answer_span)
    overlap = span_overlap(first.highlight, span) if span else 0.0
    return {
        "Highlight F1": token_f1(highlighted_text(first.text, first.highlight), outcome.case.answer_span),
        "Highlight overlap": overlap,
        "Highlight hit": float(overlap > 0),
    }


def columns_of(scored: Sequence[JudgedCase]) -> dict[str, Column]:
    """One float64[cases] for each measure, NaN where it does not apply, and for what whole-set measures are made of."""
    names = dict.fromkeys(name for s in scored for name in s.values)
    columns = {name: np.array([s.values.get(name, np.nan) for s in scored], dtype=np.float64) for name in names}
    columns["answerable"] = np.array([not s.case.declinable for s in scored], dtype=np.float64)
    for name in ("confidence", "chance", "right", "first_right", "seconds"):
        columns[name] = np.array([getattr(s, name) for s in scored], dtype=np.float64)
    return columns
