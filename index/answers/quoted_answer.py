"""The answer to a question about text: the quoted passage, or why none is good enough, with the scores beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.errors import IndexDamaged
from index.answers.declined_answer import decline
from index.answers.found_passages import found_passage
from index.answers.notes import edition_notes, source_notes, text_reading_notes
from index.answers.said_instead import said_instead
from index.answers.understood import understood_as
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Fact, FoundPassage
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.passages.passage_file import section_indicators
from index.questions.question import Question
from index.questions.topics import asked_indicators
from index.retrieval.answer_type import AnswerType, asks_office_holder, holds
from index.retrieval.candidates import Hit
from index.retrieval.explanation import whys_found
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.scope import Scope, fallback_scope, names_nothing_in, no_answer_reason, scope_of
from index.retrieval.text_answer import TextAnswer, find_text_answer
from index.retrieval.weights import weights
from index.scores.facts import score_facts

# A passage is on the topic if it has something near at least this share of the words asked.
_HALF = 0.5


def answer_from_text(snapshot: Snapshot, question: Question, limit: int, in_pages: float = 1.0) -> Answer:
    """The answer quoted from the first passage of the question's scope, or declined with the reason.

    `in_pages` is the chance, 0 to 1, that pages such as these speak of what is asked at all, before anything was searched.
    """
    scope = scope_of(snapshot, question)
    if scope.refusal is not None:
        return decline(
            snapshot,
            question,
            scope.refusal,
            editions=question.editions,
            confidence=weights().fixed.no_page,
            facts=_asked_facts(snapshot, question),
            notes=(*scope.notes, *text_reading_notes(snapshot, question)),
        )
    text = find_text_answer(snapshot, question, scope, limit)
    other = fallback_scope(snapshot, question, scope)
    if other is not None:
        second = find_text_answer(snapshot, question, other, limit, encoded=text.retrieved.encoded)
        clearly_better = second.first > text.first + weights().retrieval.clearly_better
        if not second.declined and (text.declined or clearly_better):
            scope, text = other, second
    hits = text.retrieved.hits
    by_chance = not text.declined and names_nothing_in(question, hits[0].passage, snapshot)
    likely = text.answerable * in_pages
    named = bool(hits) and holds(AnswerType.PERSON, hits[0].passage.text, snapshot.country_words)
    nameless = asks_office_holder(question.text) and not named
    declined = text.declined or by_chance or nameless or text.decisive * in_pages < text.line
    question = _about(question, scope)
    whys = whys_found(text.retrieved, question, snapshot)
    # Nothing is highlighted in passages that do not answer.
    read = zip_longest(hits, text.judgements[: len(hits)])
    highlights = [() if declined else highlighted_sentences(h.passage, h.match, question, said) for h, said in read]
    found = tuple(found_passage(h.passage, h.relevance, spans, why) for h, spans, why in zip(hits, highlights, whys, strict=True))
    notes = [*scope.notes, *text_reading_notes(snapshot, question), *source_notes(found)]
    if declined:
        return decline(
            snapshot,
            question,
            _why(snapshot, question, scope, text, by_chance),
            editions=question.editions,
            confidence=weights().fixed.no_word if by_chance else round(1 - likely, 4),
            facts=_asked_facts(snapshot, question),
            passages=found,
            notes=notes,
        )
    return Answer(
        question=question.text,
        understood=understood_as(question, snapshot.taxonomy, Kind.PASSAGES, _editions_of(question, hits)),
        answered=True,
        confidence=round(text.right, 4),
        answer=_quoted(found[0]),
        result=None,
        facts=_facts_beside(snapshot, question, hits[0]),
        passages=found,
        notes=(*edition_notes(snapshot, question, hits[0].passage), *notes),
        generation=snapshot.manifest.name,
    )


def _why(snapshot: Snapshot, question: Question, scope: Scope, text: TextAnswer, by_chance: bool) -> Refusal:
    """Why there is no answer; what the first passage says instead, if it is on the topic and nothing else is in the way."""
    reason = no_answer_reason(snapshot, question, scope, text.nearer_edition)
    on_topic = text.evidence is not None and text.evidence.weak_words <= _HALF and not text.evidence.off_topic
    other_reason = by_chance or text.nearer_edition is not None or reason.reason is not RefusalReason.PAGE_SILENT
    if other_reason or not on_topic or not text.judgements:
        return reason
    passage = text.retrieved.hits[0].passage
    return said_instead(question, passage, text.judgements[0], snapshot.taxonomy) or reason


def _about(question: Question, scope: Scope) -> Question:
    """The question as one about the countries that were searched, if they are not the ones it is about."""
    named = {*question.countries, *(c for _, ids in question.ambiguous for c in ids)}
    if scope.countries is None or question.groups or set(scope.countries) <= named:
        return question
    return replace(question, countries=scope.countries, mentions=tuple(c for c in question.mentions if c not in scope.countries))


def _quoted(passage: FoundPassage) -> str:
    """The text from the start of the first highlight to the end of the last; the whole text without a highlight."""
    spans = passage.highlight
    quote = passage.text[spans[0][0] : spans[-1][1]] if spans else passage.text
    if not quote or quote not in passage.text:
        raise IndexDamaged(f"the sentences of {passage.id} do not fit its text", "build the index again: ocqa build")
    return quote


def _editions_of(question: Question, hits: Sequence[Hit]) -> tuple[int, ...]:
    if question.editions or hits[0].passage.edition is None:
        return question.editions
    return (hits[0].passage.edition,)


def _asked_facts(snapshot: Snapshot, question: Question) -> tuple[Fact, ...]:
    """The scores of the countries and indicators asked about."""
    return score_facts(snapshot, question.countries, asked_indicators(snapshot.taxonomy, question), question.editions)


def _facts_beside(snapshot: Snapshot, question: Question, first: Hit) -> tuple[Fact, ...]:
    """The scores that go with the text: of the indicators asked for, otherwise of the first passage's section."""
    passage = first.passage
    if passage.country is None:
        return ()
    indicators = asked_indicators(snapshot.taxonomy, question) or section_indicators(passage, snapshot.taxonomy)
    assert passage.edition is not None
    return score_facts(snapshot, question.countries or (passage.country,), indicators, question.editions or (passage.edition,))
