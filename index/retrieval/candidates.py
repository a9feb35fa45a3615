"""Retrieving the passages for a question: filter by place, propose candidates, rank them by a weighted sum of signals.

Each signal is kept beside the sum, so that a reader of the code or of an answer can see why a passage came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from index.encoders.protocol import Encoded, Vectors
from index.generations.snapshot import Snapshot
from index.passages.passage import Passage, PassageKind
from index.questions.question import Question
from index.retrieval.signals import (
    AskedWord,
    CandidateSignals,
    PassageMatch,
    Signals,
    asked_words,
    candidate_signals,
    keyword_relevance,
)
from index.retrieval.weights import RankingWeights, weights
from index.stores.bm25_index import best
from index.stores.row_ranges import Rows, Runs

_SIGNALS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its relevance (higher is better, no unit) and why it was found."""

    passage: Passage
    relevance: float
    match: PassageMatch

    @property
    def signals(self) -> Signals:
        """Why the passage was found."""
        return self.match.signals


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The hits for a question, best first; the encoded question, the words it asks for, and the signals of all candidates."""

    hits: tuple[Hit, ...]
    encoded: Encoded | None = None
    asked: tuple[AskedWord, ...] = ()
    candidates: CandidateSignals | None = None


def allowed_passages(
    snapshot: Snapshot, countries: Sequence[str] | None, editions: Sequence[int] | None, *, definitions: bool
) -> Runs:
    """The rows of the passages that a question may retrieve. None means any country or edition; an empty list means none."""
    return Runs.of(
        (p.start, p.end)
        for p in snapshot.places
        if (definitions and p.kind is PassageKind.DEFINITION)
        or (
            p.kind is PassageKind.PARAGRAPH
            and (countries is None or p.country in countries)
            and (editions is None or p.edition in editions)
        )
    )


def retrieve(
    snapshot: Snapshot,
    question: Question,
    allowed: Runs,
    count: int,
    ranking: RankingWeights | None = None,
    encoded: Encoded | None = None,
) -> Retrieved:
    """The best of the allowed passages, best first, ties by place; with several countries asked for, each gets its share.

    `ranking` defaults to the packaged weights. `encoded` is the question if it was encoded before, which is most of the work.
    """
    if len(allowed) == 0 or count <= 0:
        return Retrieved(())
    encoded = encoded or snapshot.encoder.get().encode_question(question.read_text)
    asked = asked_words(question, encoded, snapshot)
    keyword = keyword_relevance(snapshot, question, allowed)
    rows = _candidates(snapshot, encoded.vector, keyword, allowed)
    candidates = candidate_signals(snapshot, question, encoded, asked, keyword, rows)
    relevance = relevances(candidates, snapshot, ranking or weights().ranking)
    order = np.lexsort((snapshot.place_order[rows], -relevance))
    hits = [
        Hit(snapshot.passages[rows[at]], float(relevance[at]), candidates.match(at))
        for at in _shared_out(order, rows, question.countries, count, snapshot)
    ]
    return Retrieved(tuple(hits), encoded, asked, candidates)


def relevances(candidates: CandidateSignals, snapshot: Snapshot, ranking: RankingWeights) -> NDArray[np.float64]:
    """The weighted sum of the signals of each candidate, float64[passages], rounded to six digits."""
    by_signal = np.array([getattr(ranking, name) for name in _SIGNALS])
    total: NDArray[np.float64] = candidates.signals @ by_signal + ranking.definition * snapshot.is_definition[candidates.rows]
    return total.round(6)


def _shared_out(order: Rows, rows: Rows, countries: Sequence[str], count: int, snapshot: Snapshot) -> list[int]:
    """If several countries are asked for, their passages alternate, best first; the country with the best passage leads."""
    if len(countries) < 2:
        return [int(at) for at in order[:count]]
    queues: dict[str | None, list[int]] = {}
    for at in order.tolist():
        queues.setdefault(snapshot.passages[rows[at]].country, []).append(at)
    definitions = queues.pop(None, [])
    turns = [queue[i] for i in range(count) for queue in queues.values() if i < len(queue)]
    return [*turns, *definitions][:count]


def _candidates(snapshot: Snapshot, query: Vectors, keyword: Vectors, allowed: Runs) -> Rows:
    proposed = weights().retrieval.proposed
    if len(allowed) <= 2 * proposed:
        return allowed.rows()
    chosen = set(best(keyword, proposed, allowed).tolist())
    for index, starts in ((snapshot.chunks, snapshot.chunk_starts), (snapshot.sentences, snapshot.sentence_starts)):
        # The rows of a passage are contiguous, so the passage of a row is found by where passages start.
        rows = None if len(allowed) == len(snapshot.passages) else allowed.owned(starts)
        found = np.array([row for row, _ in index.search(query, proposed, rows)], dtype=np.int64)
        chosen.update((np.searchsorted(starts, found, side="right") - 1).tolist())
    return np.array(sorted(chosen), dtype=np.int64)
