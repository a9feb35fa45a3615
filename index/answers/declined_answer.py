"""Answers that give no answer: the reason, with what can still be shown beside it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import OcqaError
from index.answers.understood import understood_as
from index.contract.answer_object import Answer, Fact, FoundPassage, Understood
from index.contract.refusal import Refusal
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot
from index.questions.question import Question
from index.retrieval.weights import weights


def decline(
    snapshot: Snapshot,
    question: Question,
    reason: Refusal,
    *,
    editions: Sequence[int] = (),
    confidence: float | None = None,
    facts: Sequence[Fact] = (),
    passages: Sequence[FoundPassage] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """An answer that says why there is none. `confidence` is by default that of a figure that was looked up."""
    return Answer(
        question=question.text,
        understood=understood_as(question, snapshot.taxonomy, "unavailable", editions),
        answered=False,
        confidence=weights().fixed.looked_up if confidence is None else confidence,
        answer=reason.sentence,
        result=Unavailable(reason.why, reason.reason),
        facts=tuple(facts),
        passages=tuple(passages),
        notes=tuple(notes),
        generation=snapshot.manifest.name,
    )


def refused(snapshot: Snapshot, text: str, error: OcqaError, *, id: str | None = None) -> Answer:
    """The answer object for a text that is not a question or cannot be answered, for batches that must answer every line."""
    return Answer(
        question=text[:1000],
        understood=Understood("unavailable", (), (), (), (), "not understood"),
        answered=False,
        confidence=weights().fixed.looked_up,
        answer=f"{error.message[0].upper()}{error.message[1:]}: {error.hint}.",
        result=Unavailable(error.message),
        facts=(),
        passages=(),
        notes=(),
        generation=snapshot.manifest.name,
        id=id,
    )
