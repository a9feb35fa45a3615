"""The passages for a question: filter by place first, then score what is left by several signals.

Each signal is kept beside the sum, so that a reader of the code or of an answer can see why a passage came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.chunk import Passage, PassageKind
from index.dense import Rows
from index.embed import Vectors
from index.keyword import stems
from index.passages import keyword_text, section_indicators
from index.question import Question
from index.sentences import Span
from index.snapshot import Snapshot

# How many passages each signal proposes when there are too many to score all.
_PROPOSED = 200
_SECOND_SENTENCE = 0.93


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of each signal is worth in the relevance of a passage."""

    passage: float = 1.0
    sentence: float = 0.7
    keyword: float = 0.35
    topic: float = 0.08
    older_edition: float = -0.12
    definition: float = -0.15


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was found.

    `passage` and `sentence` are the cosines of its best chunk and best sentence, `keyword` its BM25 relevance as a share of the
    best found, `coverage` the share of the question's words that it or its heading or indicators hold, `topic` whether its
    section speaks of an indicator that was asked for.
    """

    passage: float
    sentence: float
    keyword: float
    coverage: float
    topic: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its relevance (higher is better, no unit), its signals and the sentences that answer best."""

    passage: Passage
    relevance: float
    signals: Signals
    highlight: tuple[Span, ...]


def allowed_passages(
    snapshot: Snapshot, countries: Sequence[str] | None, editions: Sequence[int] | None, *, definitions: bool
) -> Rows:
    """The rows of the passages a question may see. None means any country or edition; an empty list means none."""
    rows = [
        row
        for row, p in enumerate(snapshot.passages)
        if (definitions and p.kind is PassageKind.DEFINITION)
        or (
            p.kind is PassageKind.PARAGRAPH
            and (countries is None or p.country in countries)
            and (editions is None or p.edition in editions)
        )
    ]
    return np.array(rows, dtype=np.int64)


def find_passages(snapshot: Snapshot, question: Question, allowed: Rows, weights: Weights = WEIGHTS) -> list[Hit]:
    """All candidates among the allowed passages, best first, ties by place."""
    if len(allowed) == 0:
        return []
    query = snapshot.encoder.get().encode_question(question.text)
    words = stems(question.text)
    keyword = snapshot.keywords.relevance(words)
    candidates = _candidates(snapshot, query, keyword, allowed)
    best_keyword = float(keyword[candidates].max()) or 1.0
    chunk_best = _best_by_passage(snapshot.chunks.similarities, query, candidates, snapshot.chunk_starts)
    sentence_rows = _owned_rows(candidates, snapshot.sentence_starts)
    sentence_similarity = dict(zip(sentence_rows, snapshot.sentences.similarities(query, sentence_rows), strict=True))
    hits = []
    for row, in_passage in zip(candidates, chunk_best, strict=True):
        passage = snapshot.passages[row]
        first = int(snapshot.sentence_starts[row])
        similarities = [float(sentence_similarity[first + i]) for i in range(len(passage.sentences))]
        topics = section_indicators(passage, snapshot.taxonomy)
        signals = Signals(
            passage=float(in_passage),
            sentence=max(similarities, default=0.0),
            keyword=float(keyword[row]) / best_keyword,
            coverage=_coverage(question, passage, snapshot),
            topic=any(i in topics for i in question.indicators) or passage.section_id in question.sections,
        )
        relevance = _relevance(signals, passage, snapshot, question, weights)
        hits.append(Hit(passage, relevance, signals, _highlight(passage, similarities, words)))
    return sorted(hits, key=lambda hit: (-round(hit.relevance, 6), _place(hit.passage)))


def shared_out(hits: Sequence[Hit], countries: Sequence[str], count: int) -> list[Hit]:
    """The first hits; with several countries asked for, each in turn gives its next best."""
    if len(countries) < 2:
        return list(hits[:count])
    queues = {c: [h for h in hits if h.passage.country == c] for c in countries}
    rest = [h for h in hits if h.passage.country not in queues]
    best_first = sorted(queues, key=lambda c: -queues[c][0].relevance if queues[c] else 1.0)
    turns = [queues[c][i] for i in range(count) for c in best_first if i < len(queues[c])]
    return [*turns, *rest][:count]


def _candidates(snapshot: Snapshot, query: Vectors, keyword: Vectors, allowed: Rows) -> list[int]:
    if len(allowed) <= 2 * _PROPOSED:
        return [int(row) for row in allowed]
    chosen: set[int] = set()
    for index, starts in ((snapshot.chunks, snapshot.chunk_starts), (snapshot.sentences, snapshot.sentence_starts)):
        # Rows of a passage stand side by side, so the owner of a row is found by where its passage starts.
        rows = None if len(allowed) == len(snapshot.passages) else np.array(_owned_rows(allowed, starts), dtype=np.int64)
        found = np.array([row for row, _ in index.search(query, _PROPOSED, rows)], dtype=np.int64)
        chosen.update(int(row) for row in np.searchsorted(starts, found, side="right") - 1)
    by_keyword = allowed[np.argsort(-keyword[allowed], kind="stable")[:_PROPOSED]]
    chosen.update(int(row) for row in by_keyword if keyword[row] > 0)
    return sorted(chosen)


def _owned_rows(passages: Sequence[int] | Rows, starts: Rows) -> list[int]:
    return [row for p in passages for row in range(int(starts[p]), int(starts[p + 1]))]


def _best_by_passage(similarities_of, query: Vectors, passages: Sequence[int], starts: Rows) -> list[float]:  # type: ignore[no-untyped-def]
    rows = _owned_rows(passages, starts)
    similarity = dict(zip(rows, similarities_of(query, rows), strict=True))
    return [max(float(similarity[row]) for row in range(int(starts[p]), int(starts[p + 1]))) for p in passages]


def _coverage(question: Question, passage: Passage, snapshot: Snapshot) -> float:
    """The share of the question's own words that the passage holds; 1 where the question has none beyond its links."""
    asked = set(stems(" ".join(question.words)))
    if not asked:
        return 1.0
    held = set(stems(keyword_text(passage, snapshot.taxonomy)))
    return len(asked & held) / len(asked)


def _relevance(signals: Signals, passage: Passage, snapshot: Snapshot, question: Question, weights: Weights) -> float:
    relevance = (
        weights.passage * signals.passage
        + weights.sentence * signals.sentence
        + weights.keyword * signals.keyword
        + weights.topic * signals.topic
    )
    if passage.kind is PassageKind.DEFINITION:
        relevance += weights.definition
    elif passage.country is not None and not question.editions:
        relevance += weights.older_edition * snapshot.text_editions[passage.country].index(passage.edition or 0)
    return relevance


def _highlight(passage: Passage, similarities: Sequence[float], words: Sequence[str]) -> tuple[Span, ...]:
    """The sentence that answers best, by closeness and shared words, with a neighbour that is as good."""
    if not passage.sentences:
        return ()
    asked = set(words)
    scored = []
    for span, similarity in zip(passage.sentences, similarities, strict=True):
        shared = asked & set(stems(passage.text[span[0] : span[1]]))
        scored.append(similarity + 0.25 * len(shared) / max(len(asked), 1))
    best = max(range(len(scored)), key=lambda i: (scored[i], -i))
    chosen = [i for i in (best - 1, best, best + 1) if 0 <= i < len(scored) and scored[i] >= _SECOND_SENTENCE * scored[best]]
    return tuple(passage.sentences[i] for i in chosen)


def _place(passage: Passage) -> tuple[str, int, str]:
    return (passage.country or "", -(passage.edition or 0), passage.id)
