"""The whole answer to a question about scores: how it was read, its figures, and the passages that explain them."""

from __future__ import annotations

import re
from dataclasses import replace

from index.answers.declined_answer import decline
from index.answers.found_passages import explaining_passages
from index.answers.notes import meaning_notes, reading_notes, source_notes, text_notes
from index.answers.runners_up import with_runners_up
from index.answers.score_answer import ScoreAnswer, answer_definition, answer_queries
from index.answers.understood import read_as
from index.answers.unread_names import unread_name
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Understood
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import DefinitionResult, Unavailable
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence, joined
from index.meaning.candidate import CandidateReading
from index.questions.query_parser import Parsed
from index.questions.question import Question
from index.questions.unknown_names import unknown_names
from index.retrieval.weights import weights
from index.scores.query_text import query_words

_MOST_QUERIES_SHOWN = 4
_MEANING = re.compile(r"\b(?:what|explain|means?|meaning|defin\w+|counts?|covers?|includes?|stands? for)\b", re.IGNORECASE)


def scored_answer(snapshot: Snapshot, question: Question, reading: CandidateReading, limit: int) -> Answer:
    """The answer to a question that was read as one about scores or about what an indicator means."""
    if reading.label == Kind.DEFINITION and (not unknown_names(question) or _MEANING.search(question.text)):
        meant = question if reading.meaning is None else replace(question, indicators=reading.meaning.indicators)
        return _whole(snapshot, meant, answer_definition(snapshot, meant), limit)
    places = {c for q in reading.queries for c in q.countries}
    settled = reading.meaning is not None and len(reading.meaning.countries) == len(places)
    refusal = unread_name(snapshot, question, enough_places=len(places) > 1, settled=settled)
    if refusal is not None:
        return _whole(snapshot, question, refusal, limit)
    scored = answer_queries(snapshot, question, _parsed(snapshot, question, reading))
    return _whole(snapshot, question, with_runners_up(snapshot, question.text, scored), limit)


def refused_answer(snapshot: Snapshot, question: Question, refusal: ScoreAnswer, limit: int) -> Answer:
    """The whole answer to a question about scores that was refused before it was read."""
    return _whole(snapshot, question, refusal, limit)


def _parsed(snapshot: Snapshot, question: Question, reading: CandidateReading) -> Parsed:
    """The queries of a reading with the notes of the reader it comes from."""
    if reading.parsed is not None:
        return reading.parsed
    assert reading.meaning is not None
    notes = meaning_notes(snapshot, question, reading.meaning)
    return Parsed(reading.queries, tuple(notes), dated=bool(reading.meaning.editions))


def _whole(snapshot: Snapshot, question: Question, scored: ScoreAnswer, limit: int) -> Answer:
    countries = tuple(dict.fromkeys(c for q in scored.queries for c in q.countries)) or question.countries
    understood = Understood(
        kind=scored.result.type,
        countries=countries,
        groups=tuple(dict.fromkeys(g for q in scored.queries for g in q.named_groups)) or question.groups,
        indicators=tuple(dict.fromkeys(i for q in scored.queries for i in q.indicators)) or question.indicators,
        editions=scored.editions or question.editions,
        words=_words(snapshot, question, scored),
    )
    if isinstance(scored.result, Unavailable):
        notes = (*scored.notes, *reading_notes(snapshot, question))
        reason = Refusal(RefusalReason(scored.result.reason), scored.result.why)
        answer = decline(snapshot, question, reason, editions=scored.editions, facts=scored.facts, notes=notes)
        return replace(answer, answer=scored.text, understood=understood, query=scored.shown, alternatives=scored.offers)
    passages = explaining_passages(snapshot, question, scored, limit)
    return Answer(
        question=question.text,
        understood=understood,
        answered=True,
        confidence=weights().fixed.looked_up,
        answer=scored.text,
        result=scored.result,
        facts=scored.facts,
        passages=passages,
        notes=(
            *scored.notes,
            *text_notes(scored.editions, passages),
            *reading_notes(snapshot, question),
            *source_notes(passages),
        ),
        generation=snapshot.manifest.name,
        query=scored.shown,
        alternatives=scored.offers,
    )


def _words(snapshot: Snapshot, question: Question, scored: ScoreAnswer) -> str:
    if isinstance(scored.result, DefinitionResult):
        return f"definition of {joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in question.indicators])}"
    if not scored.queries:
        return read_as(question, snapshot.taxonomy, question.editions)
    return "; ".join(dict.fromkeys(query_words(q, snapshot.taxonomy) for q in scored.queries[:_MOST_QUERIES_SHOWN]))
