"""The answer to a question that may not have been understood: it says so and offers complete questions that can be answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.naming import fold
from index.answers.declined_answer import decline
from index.answers.notes import reading_notes
from index.answers.offers_by_part import offers_by_part
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import joined
from index.meaning.candidate import CandidateReading
from index.meaning.offers import question_of
from index.meaning.weighing import Weighed
from index.questions.kind import kind_of
from index.questions.question import Question
from index.questions.slots import slots_of
from index.scores.availability import refusal_of

_MOST_OFFERS = 3
# A reading less likely than this is not worth offering.
_LEAST = 0.02


def unsure_answer(snapshot: Snapshot, question: Question, readings: Iterable[Weighed]) -> Answer:
    """Declines with complete questions: one for each indicator of a section, or else up to three, the likeliest reading first."""
    offers = offers_by_part(snapshot, question) or offered_questions(
        snapshot, question, (w.candidate for w in readings if w.probability >= _LEAST)
    )
    asks = "choose one of the questions below, or ask it in other words" if offers else "ask it in other words"
    unread = _unread_words(question)
    why = f"the question may not have been understood{f': {unread} could not be read' if unread else ''}; {asks}"
    answer = decline(
        snapshot,
        question,
        Refusal(RefusalReason.NOT_UNDERSTOOD, why),
        notes=reading_notes(snapshot, question),
    )
    said = f"I may not have understood: {unread} could not be read. {asks[0].upper()}{asks[1:]}." if unread else ""
    return replace(answer, answer=said or f"I may not have understood: {asks}.", alternatives=offers)


def _unread_words(question: Question) -> str:
    """The words that may be a condition and that the parser could not read, as a list in words; empty if it was not near."""
    slots = slots_of(question.reading)
    scored = kind_of(slots) is not Kind.PASSAGES
    return joined([repr(slots.words[n]) for n in slots.restricting[:_MOST_OFFERS]]) if scored else ""


def offered_questions(snapshot: Snapshot, question: Question, candidates: Iterable[CandidateReading]) -> tuple[str, ...]:
    """Complete questions with the meaning of these readings; only those that the loaded data can answer."""
    offers: dict[str, None] = {}
    for candidate in candidates:
        if candidate.meaning is None or any(refusal_of(q, snapshot.taxonomy, snapshot.loaded) for q in candidate.queries):
            continue
        text = question_of(candidate.meaning, snapshot.taxonomy)
        if text is not None and fold(text) != fold(question.text):
            offers[text] = None
    return tuple(offers)[:_MOST_OFFERS]
