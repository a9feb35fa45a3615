"""Feedback: a reader's opinion of an answer, one line in a local file, and the question set that such a file becomes.

Nothing is kept unless a file is named for it, and nothing leaves the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import OcqaError
from corpus.naming import fold
from corpus.placing import append_line
from index.evals.sets import Case, case_of_dict

KIND = "feedback"


class Opinion(StrEnum):
    """A reader's opinion: the answer or passage is right or wrong."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion of an answer. `place` is the passage it is about, None if it is about a figure or a declined question.

    `result` is the typed result shown, `declined` whether the question was declined, `at` the time in UTC.
    """

    question: str
    opinion: Opinion
    place: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    declined: bool
    generation: str
    at: str


def feedback_of(answer: Mapping[str, Any], opinion: Opinion, at: str, passage: int | None = None) -> Feedback:
    """An opinion of an answer object, or of one of its passages, counted from 1.

    Without a number it is about the figure or the refusal, otherwise about the first passage. Raises OcqaError if there is no
    such passage or if it is a definition, which no label can name.
    """
    result = answer["result"]
    declined = not answer["answered"]
    if passage is None and (declined or result is not None):
        return Feedback(answer["question"], opinion, None, result, declined, answer["generation"], at)
    number, passages = passage or 1, answer["passages"]
    if not 1 <= number <= len(passages):
        raise OcqaError(f"the answer has no passage {number}", f"it has {len(passages)}; ask with --json to see them all")
    found = passages[number - 1]
    if found["country"] is None:
        raise OcqaError(f"passage {number} is a definition and has no place to label", "give the number of a paragraph")
    place = {"iso3": found["country"], **{key: found[key] for key in ("edition", "section", "paragraph")}}
    return Feedback(answer["question"], opinion, place, None, False, answer["generation"], at)


def append_feedback(path: Path, feedback: Feedback) -> None:
    """Add one line to the file, readable by its owner alone. Raises OcqaError if it cannot be written."""
    try:
        append_line(path, json.dumps(asdict(feedback), ensure_ascii=False))
    except OSError as error:
        raise OcqaError(f"feedback cannot be kept in {path} ({error.strerror})", "name another file in OCQA_FEEDBACK") from error


def cases_of_feedback(text: str, name: str) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """The cases that a feedback file supports, and a complaint for every line or question that supports none.

    Opinions of one question are combined: a passage that more readers call right than wrong is gold, one that more call wrong
    gets grade 0, a confirmed figure is the expected result, a question whose refusal is confirmed is unanswerable.
    """
    complaints: list[str] = []
    opinions: dict[str, list[Feedback]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                feedback = _feedback(line)
            except (ValueError, TypeError, KeyError, RecursionError):
                complaints.append(f"{name}, line {number}: not feedback as `ocqa ask --feedback` writes it")
                continue
            opinions[fold(feedback.question)].append(feedback)
    cases: list[Case] = []
    for key, given in opinions.items():
        try:
            cases.append(_case(key, given))
        except ValueError as error:
            complaints.append(f"{given[0].question!r}: {error}")
    return tuple(cases), tuple(complaints)


def _feedback(line: str) -> Feedback:
    data = json.loads(line)
    feedback = Feedback(**{**data, "opinion": Opinion(data["opinion"])})
    if not isinstance(feedback.question, str) or not fold(feedback.question):
        raise ValueError("no question")
    return feedback


def _case(key: str, given: Sequence[Feedback]) -> Case:
    votes: dict[str, int] = defaultdict(int)
    for feedback in given:
        said = {"place": feedback.place, "result": feedback.result, "declined": feedback.declined}
        votes[json.dumps(said, sort_keys=True)] += 1 if feedback.opinion is Opinion.RIGHT else -1
    gold: list[dict[str, Any]] = []
    confirmed: list[Mapping[str, Any]] = []
    for voted, count in votes.items():
        about = json.loads(voted)
        if about["place"] is not None and count:
            gold.append({**about["place"], "grade": 2 if count > 0 else 0})
        elif count > 0:
            confirmed.append(about)
    if len(confirmed) > 1 or (confirmed and any(g["grade"] for g in gold)):
        raise ValueError("readers confirmed different answers; label it by hand")
    if not confirmed and not any(g["grade"] for g in gold):
        raise ValueError("nothing was called right more often than wrong; label it by hand")
    data: dict[str, Any] = {
        "id": f"F-{hashlib.sha256(key.encode()).hexdigest()[:10]}",
        "question": given[0].question,
        "kind": KIND,
    }
    if not confirmed:
        return case_of_dict({**data, "gold": gold})
    if confirmed[0]["declined"]:
        return case_of_dict({**data, "unanswerable": True})
    return case_of_dict({**data, "expect": confirmed[0]["result"]})
