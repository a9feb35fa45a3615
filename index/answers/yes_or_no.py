"""Answers that may not say yes or no, though their figures decide the question as it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from index.contract.answer_object import Answer
from index.language.late_pattern import LatePattern
from index.language.phrases import edition_list
from index.meaning.asides import asks_which

_EVER = LatePattern(r"(?<!hardly )(?<!than )\bever\b")


def said_yes_or_no(answer: Answer, asked: str) -> Answer:
    """The answer, without a yes or no to one of two ways ("above or below the mean"), and without a no to "ever" that only some
    editions decide."""
    result: Any = answer.result
    verdict = getattr(result, "verdict", None)
    if verdict is None:
        return answer
    if asks_which(asked):
        return _without(answer, result)
    if verdict is False and _EVER.search(asked.casefold()) and answer.understood.editions:
        note = f"The question asks of any time; this is the {edition_list(answer.understood.editions)} edition alone."
        return replace(_without(answer, result), notes=(*answer.notes, note))
    return answer


def _without(answer: Answer, result: Any) -> Answer:
    said = answer.answer.removeprefix("Yes, ").removeprefix("No, ")
    return replace(answer, answer=f"{said[:1].upper()}{said[1:]}", result=replace(result, verdict=None))
