"""Asks every question of a set and keeps the responses. All it knows of the system is the answer object."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import QuestionError
from index.answers.answer import ask
from index.answers.declined_answer import refused
from index.evals.sets import Case
from index.generations.snapshot import Snapshot

Progress = Callable[[int, int], None]
Respond = Callable[[str], Mapping[str, Any]]
DEPTH = 10


@dataclass(frozen=True, slots=True)
class ListedPassage:
    """A passage in a response: its id, country (None for a definition), text and highlighted character ranges."""

    id: str
    country: str | None
    text: str
    highlight: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CaseResponse:
    """The response to one case. `confidence` is that of the answer given, even if that was to decline."""

    case: Case
    answered: bool
    confidence: float
    answer: str
    result: Mapping[str, Any] | None
    understood: tuple[str, ...]
    listed: tuple[ListedPassage, ...]
    seconds: float

    @property
    def declined(self) -> bool:
        """Whether no answer was given."""
        return not self.answered or (self.result is not None and self.result.get("type") == "unavailable")

    @property
    def chance(self) -> float:
        """The estimated chance that the question has an answer, 0 to 1."""
        return 1.0 - self.confidence if self.declined else self.confidence


def asking(snapshot: Snapshot, depth: int = DEPTH) -> Respond:
    """A function from a question to an answer object, on an open index; a text that is not a question is declined.

    The model is opened here, so that no question waits for it.
    """
    snapshot.encoder.get().encode_question("ready")

    def respond(text: str) -> Mapping[str, Any]:
        try:
            return ask(snapshot, text, limit=depth).to_dict()
        except QuestionError as error:
            return refused(snapshot, text, error).to_dict()

    return respond


def run_cases(respond: Respond, cases: Sequence[Case], progress: Progress | None = None) -> tuple[CaseResponse, ...]:
    """Ask every case in order. The first is asked once before, untimed, because the first question warms much up."""
    if cases:
        respond(cases[0].question)
    responses = []
    for number, case in enumerate(cases, start=1):
        start = time.perf_counter()
        answer = respond(case.question)
        responses.append(response_of(case, answer, time.perf_counter() - start))
        if progress:
            progress(number, len(cases))
    return tuple(responses)


def response_of(case: Case, answer: Mapping[str, Any], seconds: float) -> CaseResponse:
    """The parts of an answer object that are measured. A paragraph listed for several chunks counts once, at its best rank."""
    listed: dict[str, ListedPassage] = {}
    for passage in answer["passages"]:
        spans = tuple((int(a), int(b)) for a, b in passage["highlight"])
        listed.setdefault(passage["id"], ListedPassage(passage["id"], passage["country"], passage["text"], spans))
    return CaseResponse(
        case=case,
        answered=bool(answer["answered"]),
        confidence=float(answer["confidence"]),
        answer=answer["answer"],
        result=answer["result"],
        understood=tuple(answer["understood"]["countries"]),
        listed=tuple(listed.values()),
        seconds=seconds,
    )
