"""Judging single cases: every measure that one question has, and the columns that set measures are computed from."""

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
from index.evals.run import CaseResponse
from index.evals.score_results import Verdict, judge
from index.evals.sets import Case

Column = NDArray[np.float64]
Columns = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case with its response and how good it was.

    `right`: the answer given is right, or the question was rightly declined. `first_right`: the first passage or figure is
    right, whether or not it was given as the answer. `highlight` is that of the first place; `values` has the measures that
    apply.
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


def judge_responses(responses: Sequence[CaseResponse], taxonomy: Taxonomy) -> tuple[JudgedCase, ...]:
    """Judge every response. A case without an answer counts as 0 in every measure that applies to it."""
    passages = passage_values(responses)
    return tuple(_scored(response, passages.get(response.case.id, {}), taxonomy) for response in responses)


def _scored(response: CaseResponse, passages: Mapping[str, float], taxonomy: Taxonomy) -> JudgedCase:
    case, declined = response.case, response.declined
    values = dict(passages)
    first_right = False
    if case.expect is not None:
        verdict = judge(case.expect, response.result, declined=declined)
        values |= {v.value.capitalize(): float(v is verdict) for v in Verdict}
        first_right = verdict is Verdict.EXACT and not case.declinable
    elif case.gold and response.listed:
        first_right = response.listed[0].id in {g.place for g in case.gold if g.grade > 0}
    if case.gold and case.answer_span:
        values |= _highlight(response)
    values["False answers" if case.declinable else "False refusals"] = float(declined is not case.declinable)
    right = declined if case.declinable else first_right and not declined
    values |= {"Right": float(right), "Country leaks": float(leaks(response, taxonomy))}
    return JudgedCase(
        case=case,
        declined=declined,
        confidence=response.confidence,
        chance=response.chance,
        right=right,
        first_right=first_right,
        seconds=response.seconds,
        answer=response.answer,
        result=response.result,
        places=tuple(passage.id for passage in response.listed),
        highlight=response.listed[0].highlight if response.listed else (),
        values=values,
    )


def _highlight(response: CaseResponse) -> dict[str, float]:
    """The highlight of the first passage against the answer; 0 for a wrong passage or a declined question."""
    first = response.listed[0] if response.listed else None
    right = {g.place for g in response.case.gold if g.grade > 0}
    if first is None or first.id not in right or response.declined:
        return {"Highlight F1": 0.0, "Highlight overlap": 0.0, "Highlight hit": 0.0}
    span = span_in(first.text, response.case.answer_span)
    overlap = span_overlap(first.highlight, span) if span else 0.0
    return {
        "Highlight F1": token_f1(highlighted_text(first.text, first.highlight), response.case.answer_span),
        "Highlight overlap": overlap,
        "Highlight hit": float(overlap > 0),
    }


def columns_of(scored: Sequence[JudgedCase]) -> dict[str, Column]:
    """One float64[cases] for each measure, NaN where it does not apply, and for each input of the set measures."""
    names = dict.fromkeys(name for s in scored for name in s.values)
    columns = {name: np.array([s.values.get(name, np.nan) for s in scored], dtype=np.float64) for name in names}
    columns["answerable"] = np.array([not s.case.declinable for s in scored], dtype=np.float64)
    for name in ("confidence", "chance", "right", "first_right", "seconds"):
        columns[name] = np.array([getattr(s, name) for s in scored], dtype=np.float64)
    return columns
