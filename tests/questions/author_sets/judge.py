"""An answer object held against a label: met, wrong, declined, or undetermined, with a short reason.

An answered answer that is not what was asked for is wrong, whatever it says. Declined is an answer object with `answered` false,
unless declining is what is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.questions.author_sets.expected import deciding, expected
from tests.questions.author_sets.figures import Figures
from tests.questions.author_sets.judge_pages import PAGE_KINDS, Pages
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.shown import Shown, shown_of
from tests.questions.author_sets.truth import untrue, untrue_beside

UNSAID = "decided by its figures; yes or no is not said"


class Outcome(StrEnum):
    """How an answer came out."""

    MET = "met"
    WRONG = "wrong"
    DECLINED = "declined"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Judgement:
    """An outcome and why."""

    outcome: Outcome
    reason: str


def judge(label: Label, answer: dict[str, Any], figures: Figures, pages: Pages) -> Judgement:
    """Hold an answer object against the label of its question."""
    shown = shown_of(answer)
    if answer["answered"] and (false := untrue(shown, figures) or untrue_beside(shown, figures)):
        return Judgement(Outcome.WRONG, false)
    if label.kind in PAGE_KINDS:
        met, reason = PAGE_KINDS[label.kind](label, shown, pages)
        if met:
            return Judgement(Outcome.MET, reason)
        if not answer["answered"]:
            return Judgement(Outcome.DECLINED, reason)
        return Judgement(Outcome.WRONG, reason)
    expectation = expected(label, figures)
    if expectation is None:
        return _unsettled(label, shown)
    if not answer["answered"]:
        why = str(shown.result.get("reason") or "")
        return Judgement(Outcome.MET if expectation.unavailable else Outcome.DECLINED, why)
    if expectation.unavailable:
        return Judgement(Outcome.WRONG, "the workbook has no such figure")
    if label.kind == "verdict" and shown.verdict is None:
        plain = any(not option.misses(shown) for option in deciding(label, figures))
        return Judgement(Outcome.MET, UNSAID) if plain else Judgement(Outcome.WRONG, f"no yes or no (type {shown.type})")
    if not expectation.options:
        return _unsettled(label, shown)
    reasons = [option.misses(shown) for option in expectation.options]
    return Judgement(Outcome.MET, "") if "" in reasons else Judgement(Outcome.WRONG, reasons[0])


def _unsettled(label: Label, shown: Shown) -> Judgement:
    """The label holds too little to compute a result: only what the answer is about is looked at."""
    if not shown.answer["answered"]:
        return Judgement(Outcome.DECLINED, str(shown.result.get("reason") or ""))
    if shown.type in ("passages", "about", "definition", "overview", "explanation", "page_fact"):
        return Judgement(Outcome.WRONG, f"type {shown.type}")
    named = frozenset(label.indicators)
    understood = frozenset(shown.answer["understood"]["indicators"]) | shown.indicators
    if named and not named & understood:
        return Judgement(Outcome.WRONG, f"indicator {sorted(understood)}")
    return Judgement(Outcome.UNDETERMINED, f"type {shown.type}: the label does not settle what is right")
