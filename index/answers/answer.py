"""`ask`: one question to one answer. Has no side effects; raises only for a text that is not a question or a damaged index."""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import OcqaError
from index.answers.declined_answer import decline
from index.answers.found_passages import explaining_passages
from index.answers.mentions_answer import answer_mentions
from index.answers.notes import reading_notes, source_notes, text_notes
from index.answers.quoted_answer import answer_from_text
from index.answers.score_answer import ScoreAnswer, answer_scores
from index.answers.understood import read_as
from index.answers.unforeseen import failed_answer
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Understood
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import DefinitionResult, Unavailable
from index.generations.manifest import REBUILD
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence, joined
from index.questions.kind import kind_of
from index.questions.question import Question, understand
from index.questions.slots import slots_of
from index.retrieval.mentions import sought_mention
from index.retrieval.scope import unclear_place
from index.retrieval.weights import weights
from index.scores.facts import score_facts
from index.scores.query_text import query_words

MOST_PASSAGES = 10
_MOST_QUERIES_SHOWN = 4


def ask(snapshot: Snapshot, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
    """Answer a question from what is loaded.

    Raises QuestionError for a text that is not a question, and IndexDamaged or ModelError where nothing can be answered. Any
    other error is a fault in the program: it is logged and becomes an answer that says so.
    """
    try:
        question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
        answer = _answered(snapshot, question, limit)
    except OcqaError:
        raise
    except Exception as error:
        answer = failed_answer(text, error, snapshot.manifest.name)
    trouble = snapshot.encoder.trouble
    slow = f"Questions take longer than usual to encode: {trouble}. Next: {REBUILD}" if trouble else ""
    return replace(answer, id=id, notes=(*(note for note in (snapshot.warning, slow) if note), *answer.notes))


def _answered(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    sought = sought_mention(question.text, snapshot)
    if sought is not None:
        return answer_mentions(snapshot, question, sought, limit)
    slots = slots_of(question.reading)
    kind = kind_of(slots)
    if kind is not Kind.PASSAGES:
        return _from_scores(snapshot, question, answer_scores(snapshot, question, kind, slots), limit)
    reason = unclear_place(snapshot, question)
    if reason is not None:
        return _unclear(snapshot, question, reason)
    return answer_from_text(snapshot, question, limit)


def _unclear(snapshot: Snapshot, question: Question, reason: Refusal) -> Answer:
    candidates = tuple(c for _, countries in question.ambiguous for c in countries)
    return decline(snapshot, question, reason, facts=score_facts(snapshot, candidates, question.indicators, question.editions))


def _from_scores(snapshot: Snapshot, question: Question, scored: ScoreAnswer, limit: int) -> Answer:
    countries = tuple(dict.fromkeys(c for q in scored.queries for c in q.countries)) or question.countries
    understood = Understood(
        kind=scored.result.type,
        countries=countries,
        groups=tuple(dict.fromkeys(g for q in scored.queries for g in q.named_groups)) or question.groups,
        indicators=tuple(dict.fromkeys(i for q in scored.queries for i in q.indicators)) or question.indicators,
        editions=scored.editions or question.editions,
        words=_score_words(snapshot, question, scored),
    )
    if isinstance(scored.result, Unavailable):
        notes = (*scored.notes, *reading_notes(snapshot, question))
        reason = Refusal(RefusalReason(scored.result.reason), scored.result.why)
        answer = decline(snapshot, question, reason, editions=scored.editions, facts=scored.facts, notes=notes)
        return replace(answer, answer=scored.text, understood=understood, query=scored.shown, alternatives=scored.offers)
    passages = explaining_passages(snapshot, question, scored, limit)
    sure, fixed = scored.sure and not question.corrected, weights().fixed
    return Answer(
        question=question.text,
        understood=understood,
        answered=True,
        confidence=fixed.looked_up if sure else fixed.looked_up_if_read_right,
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


def _score_words(snapshot: Snapshot, question: Question, scored: ScoreAnswer) -> str:
    if isinstance(scored.result, DefinitionResult):
        return f"definition of {joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in question.indicators])}"
    if not scored.queries:
        return read_as(question, snapshot.taxonomy, question.editions)
    return "; ".join(dict.fromkeys(query_words(q, snapshot.taxonomy) for q in scored.queries[:_MOST_QUERIES_SHOWN]))
