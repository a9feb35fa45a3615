"""The passages for a question: filter by place first, then score what is left by several signals.

Each signal is kept beside the sum, so that a reader of the code or of an answer can see why a passage came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.chunk import Passage, PassageKind
from index.dense import DenseIndex, Rows
from index.embed import Vectors
from index.keyword import stems
from index.passages import section_indicators
from index.question import Question
from index.sentences import Span
from index.snapshot import Snapshot

# How many passages each signal proposes when there are too many to score all.
_PROPOSED = 200
_SECOND_SENTENCE = 0.92
_SHARED_WORDS = 0.2


@dataclass(frozen=True, slots=True)
class Weights:
    """What a unit of each signal is worth in the relevance of a passage. Chosen on half of the development questions."""

    passage: float = 0.6
    sentence: float = 0.4
    keyword: float = 0.02
    topic: float = 0.06
    section: float = 0.2
    older_edition: float = -0.1
    definition: float = -0.15


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was found.

    `passage` and `sentence` are the cosines of its best chunk and best sentence, `keyword` its BM25 relevance, `topic` whether
    its section speaks of an indicator that was asked for, `section` how much less close the question is to the definitions of
    this section's indicators than to the closest of all (0 for the closest section, else negative).
    """

    passage: float
    sentence: float
    keyword: float
    topic: bool
    section: float


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


def find_passages(snapshot: Snapshot, question: Question, allowed: Rows, count: int, weights: Weights = WEIGHTS) -> list[Hit]:
    """The best of the allowed passages, best first, ties by place; each country that is asked for gets its share."""
    if len(allowed) == 0 or count <= 0:
        return []
    query = snapshot.encoder.get().encode_question(question.text)
    keyword = snapshot.keywords.relevance(stems(" ".join((*question.words, *question.topic_words))))
    closeness = _section_closeness(snapshot, query)
    rows = _candidates(snapshot, query, keyword, allowed)
    in_chunks = _similarities(snapshot.chunks, query, rows, snapshot.chunk_starts)
    in_sentences = _similarities(snapshot.sentences, query, rows, snapshot.sentence_starts)
    scored: list[tuple[float, int, Signals]] = []
    for row in rows:
        passage = snapshot.passages[row]
        topics = section_indicators(passage, snapshot.taxonomy)
        signals = Signals(
            passage=max(in_chunks[row]),
            sentence=max(in_sentences[row], default=0.0),
            keyword=float(keyword[row]),
            topic=any(i in topics for i in question.indicators) or passage.section_id in question.sections,
            section=closeness.get(passage.section_id or "", 0.0),
        )
        scored.append((round(_relevance(signals, passage, snapshot, question, weights), 6), row, signals))
    scored.sort(key=lambda item: (-item[0], _place(snapshot.passages[item[1]])))
    return [
        Hit(snapshot.passages[row], relevance, signals, _highlight(snapshot.passages[row], in_sentences[row], question))
        for relevance, row, signals in _shared_out(scored, question.countries, count, snapshot)
    ]


_Scored = tuple[float, int, Signals]


def _shared_out(scored: Sequence[_Scored], countries: Sequence[str], count: int, snapshot: Snapshot) -> list[_Scored]:
    """With several countries asked for, each in turn gives its next best, the country with the best one first."""
    if len(countries) < 2:
        return list(scored[:count])
    queues: dict[str | None, list[_Scored]] = {}
    for item in scored:
        queues.setdefault(snapshot.passages[item[1]].country, []).append(item)
    definitions = queues.pop(None, [])
    turns = [queue[i] for i in range(count) for queue in queues.values() if i < len(queue)]
    return [*turns, *definitions][:count]


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


def _similarities(index: DenseIndex, query: Vectors, passages: Sequence[int], starts: Rows) -> dict[int, list[float]]:
    """The similarity of every row that each passage owns, in order."""
    values = iter(index.similarities(query, _owned_rows(passages, starts)))
    return {p: [float(next(values)) for _ in range(int(starts[p]), int(starts[p + 1]))] for p in passages}


def _section_closeness(snapshot: Snapshot, query: Vectors) -> dict[str, float]:
    """For each section, how near the question is to the definitions of its indicators, less the nearest of all sections."""
    rows = {indicator: int(snapshot.chunk_starts[row]) for indicator, row in snapshot.definition_rows.items()}
    similarity = dict(zip(rows, snapshot.chunks.similarities(query, list(rows.values())), strict=True))
    near = {s.id: max(float(similarity[i]) for i in s.indicators) for s in snapshot.taxonomy.sections}
    return {section: value - max(near.values()) for section, value in near.items()}


def _relevance(signals: Signals, passage: Passage, snapshot: Snapshot, question: Question, weights: Weights) -> float:
    relevance = (
        weights.passage * signals.passage
        + weights.sentence * signals.sentence
        + weights.keyword * signals.keyword
        + weights.topic * signals.topic
        + weights.section * signals.section
    )
    if passage.kind is PassageKind.DEFINITION:
        relevance += weights.definition
    elif passage.country is not None and not question.editions:
        relevance += weights.older_edition * snapshot.text_editions[passage.country].index(passage.edition or 0)
    return relevance


def _highlight(passage: Passage, similarities: Sequence[float], question: Question) -> tuple[Span, ...]:
    """The sentence that answers best, by closeness and shared words, with a neighbour that is as good.

    A word that says what is asked counts double against one that only names the topic; the country does not count.
    """
    if not passage.sentences:
        return ()
    asked, topic = set(stems(" ".join(question.words))), set(stems(" ".join(question.topic_words)))
    total = 2 * len(asked) + len(topic - asked) or 1
    scored = []
    for (start, end), similarity in zip(passage.sentences, similarities, strict=True):
        held = set(stems(passage.text[start:end]))
        scored.append(similarity + _SHARED_WORDS * (2 * len(asked & held) + len((topic - asked) & held)) / total)
    best = max(range(len(scored)), key=lambda i: (scored[i], -i))
    chosen = [i for i in (best - 1, best, best + 1) if 0 <= i < len(scored) and scored[i] >= _SECOND_SENTENCE * scored[best]]
    return tuple(passage.sentences[i] for i in chosen)


def _place(passage: Passage) -> tuple[str, int, str]:
    return (passage.country or "", -(passage.edition or 0), passage.id)
