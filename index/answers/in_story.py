"""A question that could not be read as it stands, read without the story around it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from corpus.errors import QuestionError
from index.answers.part import Answering, Part, first_sure, names_of, read_part
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.meaning.pointing_back import Context, completed, pointing
from index.meaning.story import Cut, may_limit, without_story
from index.questions.question import Question, understand

_SURE = 0.9
# At most so many ways to take the question out of its story are tried.
_MOST_CUTS = 4


def without_its_story(snapshot: Snapshot, question: Question, answering: Answering) -> Answer | None:
    """The answer to the question without what is told around it, and a note that says so; None if that is not read either."""
    for cut in islice(without_story(question.text), _MOST_CUTS):
        part = _of_cut(snapshot, cut)
        answer = None if part is None else answering(part.question, part.readings)
        if part is not None and answer is not None and answer.answered:
            return replace(answer, notes=(f"Read as: {part.question.text!r}.", *answer.notes))
    return None


def _of_cut(snapshot: Snapshot, cut: Cut) -> Part | None:
    """A question without its story, completed with the places that were told before it; None if it is not read with certainty."""
    before, behind = _context(snapshot, cut.before), _context(snapshot, cut.behind)
    part = None if before is None or behind is None else read_part(snapshot, cut.question)
    if before is None or behind is None or part is None:
        return None
    if before.places and (pointing(cut.question) or not names_of(snapshot, part.question)):
        part = first_sure(snapshot, completed(cut.question, before), _SURE, before)
    named = set(() if part is None else names_of(snapshot, part.question))
    if part is None or not part.scores(_SURE) or not {*before.places, *behind.places} <= named:
        return None
    return part


def _context(snapshot: Snapshot, story: str) -> Context | None:
    """The places that a story names; None if it holds what may limit the question: a number, an indicator, an unknown place."""
    if may_limit(story):
        return None
    try:
        question = understand(story, snapshot.gazetteer, snapshot.taxonomy.editions)
    except QuestionError:
        return Context()
    if question.ambiguous or question.not_scored or question.undefined_groups or question.indicators:
        return None
    return Context(names_of(snapshot, question))
