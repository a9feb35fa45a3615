"""What reports on the Index and descriptions of its method say: beside an answer about the Index, or as the answer."""

from __future__ import annotations

import math
from dataclasses import replace

from index.answers.found_passages import found_passage
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, FoundPassage
from index.contract.briefing_results import AboutResult
from index.generations.snapshot import Snapshot
from index.passages.passage import PassageKind
from index.questions.question import Question
from index.retrieval.candidates import retrieve
from index.retrieval.explanation import whys_found
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.judged import READ, judged, reordered
from index.retrieval.text_answer import open_judge
from index.stores.row_ranges import Runs

_MOST = 2
# In log-odds of the judge: from here on a passage is shown beside an answer, and from there on it is the answer.
_BESIDE, _ANSWERS = 0.0, 2.0


def with_documents(snapshot: Snapshot, question: Question, answer: Answer) -> Answer:
    """The answer with the passages of documents that answer the question too; where it is declined, the answer from them."""
    found, best = _passages(snapshot, question)
    if not found:
        return answer
    if answer.answered:
        return replace(answer, passages=(*answer.passages, *found))
    return _quoted(answer, found, best) if best >= _ANSWERS else answer


def _quoted(declined: Answer, found: tuple[FoundPassage, ...], best: float) -> Answer:
    first = found[0]
    start, end = first.highlight[0][0], first.highlight[-1][1]
    said = first.text[start:end]
    return replace(
        declined,
        understood=replace(declined.understood, kind=Kind.ABOUT, words=f"about the Index: {first.title}"),
        answered=True,
        confidence=round(1 / (1 + math.exp(-best)), 4),
        answer=said,
        result=AboutResult("document", said, first.source),
        passages=found,
        notes=(f"From the document “{first.title}”.", *declined.notes),
        alternatives=(),
    )


def _passages(snapshot: Snapshot, question: Question) -> tuple[tuple[FoundPassage, ...], float]:
    """The passages of documents that the judge takes for an answer, the best first, and its log-odds for that one."""
    allowed = Runs.of((p.start, p.end) for p in snapshot.places if p.kind is PassageKind.DOCUMENT)
    retrieved = retrieve(snapshot, question, allowed, READ)
    judge = open_judge() if retrieved.hits else None
    if judge is None:
        return (), float("-inf")
    hits, judgements = reordered(retrieved.hits, judged(judge, question.read_text, retrieved.hits))
    kept = [(hit, said) for hit, said in zip(hits, judgements, strict=False) if said.answers >= _BESIDE][:_MOST]
    whys = whys_found(replace(retrieved, hits=tuple(hit for hit, _ in kept)), question, snapshot)
    found = tuple(
        found_passage(hit.passage, hit.relevance, highlighted_sentences(hit.passage, hit.match, question, said), why)
        for (hit, said), why in zip(kept, whys, strict=True)
    )
    return found, kept[0][1].answers if kept else float("-inf")
