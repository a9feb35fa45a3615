"""Asks every question of a set and keeps what came. The only thing it needs to know of the system is the answer object."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import QuestionError
from index.answers.answer import ask, refused
from index.evals.sets import Case
from index.generations.snapshot import Snapshot

Progress = Callable[[int, int], None]
Respond = Callable[[str], Mapping[str, Any]]
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that was listed: its id, country (None for a definition), text and the character ranges that were lit."""

    id: str
    country: str | None
    text: str
    highlight: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the system said to one case. `confidence` is of the answer given, also where that was to decline."""

    case: Case
    answered: bool
    confidence: float
    answer: str
    result: Mapping[str, Any] | None
    understood: tuple[str, ...]
    found: tuple[Found, ...]
    seconds: float

    @property
    def declined(self) -> bool:
        """Whether no answer was given."""
        return not self.answered or (self.result is not None and self.result.get("type") == "unavailable")

    @property
    def chance(self) -> float:
        """How likely the system holds it that the question has an answer, 0 to 1."""
        return 1.0 - self.confidence if self.declined else self.confidence


def asking(snapshot: Snapshot, depth: int = DEPTH) -> Respond:
    """Question in, answer object out, on an open index; a text that is no question is an answer that declines.

    The model is opened here, so that no question waits for it.
    """
    snapshot.encoder.get().encode_question("ready")

    def respond(text: str) -> Mapping[str, Any]:
        try:
            return ask(snapshot, text, limit=depth).to_dict()
        except QuestionError as error:
            return refused(snapshot, text, error).to_dict()

    return respond


def run_cases(respond: Respond, cases: Sequence[Case], progress: Progress | None = None) -> tuple[Outcome, ...]:
    """Ask every case in order. The first is asked once before, unmeasured, since much is made at the first question."""
    if cases:
        respond(cases[0].question)
    outcomes = []
    for number, case in enumerate(cases, start=1):
        start = time.perf_counter()
        answer = respond(case.question)
        outcomes.append(outcome_of(case, answer, time.perf_counter() - start))
        if progress:
            progress(number, len(cases))
    return tuple(outcomes)


def outcome_of(case: Case, answer: Mapping[str, Any], seconds: float) -> Outcome:
    """Keep of an answer object what is measured. A paragraph listed by several chunks counts once, by its best."""
    found: dict[str, Found] = {}
    for passage in answer["passages"]:
        lit = tuple((int(a), int(b)) for a, b in passage["highlight"])
        found.setdefault(passage["id"], Found(passage["id"], passage["country"], passage["text"], lit))
    return Outcome(
        case=case,
        answered=bool(answer["answered"]),
        confidence=float(answer["confidence"]),
        answer=answer["answer"],
        result=answer["result"],
        understood=tuple(answer["understood"]["countries"]),
        found=tuple(found.values()),
        seconds=seconds,
    )
