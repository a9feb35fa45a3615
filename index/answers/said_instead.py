"""What a page says instead, where it speaks of what is asked but does not answer."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.taxonomy import Taxonomy
from index.contract.refusal import Refusal, RefusalReason
from index.judging.judge import DETAIL, Judgement
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.questions.question import Question
from index.retrieval.answer_type import AnswerType, answer_type_of, holds
from index.retrieval.judged import nearest_words

# The passage must speak of what is asked at least this surely to be quoted against the question.
_LEAST = 0.5
_LONGEST = 400
_MISSING: Mapping[AnswerType, str] = {
    AnswerType.NUMBER: "no such number",
    AnswerType.MONEY: "no such sum",
    AnswerType.SHARE: "no such share",
    AnswerType.DATE: "no date for it",
    AnswerType.PERSON: "no such person",
    AnswerType.NAME: "no such name",
    AnswerType.PLACE_NAME: "no such place",
}
# Whether a text has one of these can be seen.
_SEEN = frozenset((AnswerType.NUMBER, AnswerType.MONEY, AnswerType.SHARE, AnswerType.DATE))


def said_instead(question: Question, passage: Passage, judgement: Judgement, taxonomy: Taxonomy) -> Refusal | None:
    """Why a passage on the very topic does not answer, with its sentence that contradicts or comes nearest; None where it is not
    on the topic: a sentence that has none of the words asked is not quoted."""
    detail, against = judgement.faults.get(DETAIL, 0.0), judgement.against
    start, end = nearest_words(passage, judgement)
    if passage.country is None or against + detail < _LEAST or end - start > _LONGEST:
        return None
    where = f"the {passage.edition} profile of {taxonomy.countries[passage.country].name}"
    said = f"“{passage.text[start:end].rstrip('.')}”"
    asked = set(stems(" ".join((*question.words, *question.topic_words))))
    if not asked & held_stems(passage.text[start:end]):
        return None
    wanted = answer_type_of(question.read_text)
    lacking = wanted in _SEEN and not holds(wanted, passage.text)
    if against > detail and not lacking:
        return Refusal(
            RefusalReason.PREMISE_NOT_SUPPORTED, f"{where} does not say what this question takes for granted; it says: {said}"
        )
    missing = _MISSING.get(wanted, "no answer to this")
    return Refusal(RefusalReason.PAGE_SILENT, f"{where} speaks of this but gives {missing}; it says: {said}")
