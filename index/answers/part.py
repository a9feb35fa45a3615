"""A part of a question, read as a question of its own, and answers to several parts in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.errors import QuestionError
from index.answers.reading import Readings, readings_of
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence
from index.meaning.asides import without_asides
from index.meaning.candidate import ABOUT, NONE, OUT, TEXT
from index.meaning.pointing_back import Context
from index.questions.question import Question, understand

SEVERAL = "The question asks several things; the text answers each in turn, and the structured result is that of the first."
_NOT_SCORES = frozenset((TEXT, OUT, ABOUT, NONE, str(Kind.DEFINITION)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its readings."""

    question: Question
    readings: Readings

    def scores(self, line: float) -> bool:
        """Whether it is read with at least this chance as a question about scores, and every name in it is known."""
        question = self.question
        if question.ambiguous or question.not_scored or question.undefined_groups or question.unread_years:
            return False
        best = self.readings.best if self.readings.sure else None
        return best is not None and best.probability >= line and best.candidate.label not in _NOT_SCORES


# Answers a question that was read.
Answering = Callable[[Question, Readings], Answer]


def read_part(snapshot: Snapshot, text: str) -> Part | None:
    """The text read as a question; None if it cannot be read as one."""
    editions = snapshot.taxonomy.editions
    try:
        question = without_asides(understand(text, snapshot.gazetteer, editions), snapshot.gazetteer, editions)
    except QuestionError:
        return None
    return Part(question, readings_of(snapshot, question))


def first_sure(snapshot: Snapshot, texts: Iterable[str], line: float, context: Context) -> Part | None:
    """The first text that is read with at least this chance as a question about scores, and names a place, an indicator and an
    edition where the context has them."""
    for part in _read(snapshot, texts):
        placed = not context.places or names_of(snapshot, part.question)
        topical = not context.topic or part.question.indicators
        dated = context.edition is None or part.question.editions
        if part.scores(line) and placed and topical and dated:
            return part
    return None


def of_texts(snapshot: Snapshot, texts: Sequence[str], line: float, answering: Answering) -> Answer | None:
    """The answers to several questions in one; None if one of them is not read with at least this chance, or not all are about
    the same places and editions."""
    parts = list(takewhile(lambda part: part.scores(line), _read(snapshot, texts)))
    if len(parts) != len(texts) or len(parts) < 2:
        return None
    if len({(frozenset(_named(p.question)), p.question.editions) for p in parts}) > 1:
        return None
    return joined_answers([answering(p.question, p.readings) for p in parts])


def joined_answers(answers: Sequence[Answer]) -> Answer | None:
    """Several answers about scores in one; None if one is none or from text, or all say the same."""
    said = tuple(dict.fromkeys(answer.answer for answer in answers))
    if len(said) < 2 or any(not a.answered or a.understood.kind == Kind.PASSAGES for a in answers):
        return None
    words = "; ".join(dict.fromkeys(answer.understood.words for answer in answers))
    sure = min(answer.understood.confidence for answer in answers)
    return replace(
        answers[0],
        understood=replace(answers[0].understood, words=words, confidence=sure),
        confidence=min(answer.confidence for answer in answers),
        answer=" ".join(said),
        facts=tuple(dict.fromkeys(fact for answer in answers for fact in answer.facts)),
        notes=tuple(dict.fromkeys([SEVERAL, *(note for answer in answers for note in answer.notes)])),
    )


def names_of(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """The places that a question names, as written in a sentence."""
    countries = [snapshot.taxonomy.countries[c].name for c in question.countries]
    return tuple(dict.fromkeys([*countries, *(group_in_sentence(g, snapshot.taxonomy) for g in question.groups)]))


def _named(question: Question) -> tuple[str, ...]:
    return (*question.countries, *question.groups)


def _read(snapshot: Snapshot, texts: Iterable[str]) -> Iterator[Part]:
    for text in texts:
        part = read_part(snapshot, text)
        if part is not None:
            yield part
