"""The passages for a question: filter by place first, then order what is left by the sum of several signals.

Each signal is kept beside the sum, so that a reader of the code or of an answer can see why a passage came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from index.encoders.protocol import Encoded, Vectors
from index.generations.snapshot import Snapshot
from index.passages.passage import Passage, PassageKind
from index.questions.question import Question
from index.retrieval.signals import AskedWord, LookedAt, Seen, Signals, asked_words, keyword_relevance, look_at
from index.retrieval.weights import WEIGHTS, Weights
from index.stores.bm25_index import best
from index.stores.row_ranges import Rows, Runs

_values = attrgetter(*(f.name for f in fields(Weights)))
# How many passages each signal proposes when there are too many to look at all.
_PROPOSED = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its relevance (higher is better, no unit) and why it was found."""

    passage: Passage
    relevance: float
    seen: Seen

    @property
    def signals(self) -> Signals:
        """Why the passage was found."""
        return self.seen.signals


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a question, best first; the question as encoded, the words looked for and all passages looked at."""

    hits: tuple[Hit, ...]
    encoded: Encoded | None = None
    asked: tuple[AskedWord, ...] = ()
    looked_at: LookedAt | None = None


def allowed_passages(
    snapshot: Snapshot, countries: Sequence[str] | None, editions: Sequence[int] | None, *, definitions: bool
) -> Runs:
    """The rows of the passages a question may see. None means any country or edition; an empty list means none."""
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


def find_passages(
    snapshot: Snapshot,
    question: Question,
    allowed: Runs,
    count: int,
    weights: Weights = WEIGHTS,
    encoded: Encoded | None = None,
) -> Found:
    """The best of the allowed passages, best first, ties by place; each country that is asked for gets its share.

    `encoded` is the question as an earlier search encoded it, which is most of the work.
    """
    if len(allowed) == 0 or count <= 0:
        return Found(())
    encoded = encoded or snapshot.encoder.get().encode_question(question.read_text)
    asked = asked_words(question, encoded, snapshot)
    keyword = keyword_relevance(snapshot, question, allowed)
    rows = _candidates(snapshot, encoded.vector, keyword, allowed)
    looked_at = look_at(snapshot, question, encoded, asked, keyword, rows)
    worth = relevances(looked_at, snapshot, weights)
    order = np.lexsort((snapshot.place_order[rows], -worth))
    hits = [
        Hit(snapshot.passages[rows[at]], float(worth[at]), looked_at.seen(at))
        for at in _shared_out(order, rows, question.countries, count, snapshot)
    ]
    return Found(tuple(hits), encoded, asked, looked_at)


def relevances(looked_at: LookedAt, snapshot: Snapshot, weights: Weights = WEIGHTS) -> NDArray[np.float64]:
    """The sum of what the signals of each passage are worth, float64[passages], to six digits."""
    *each, definition = _values(weights)
    worth: NDArray[np.float64] = looked_at.signals @ np.array(each) + definition * snapshot.is_definition[looked_at.rows]
    return worth.round(6)


def _shared_out(order: Rows, rows: Rows, countries: Sequence[str], count: int, snapshot: Snapshot) -> list[int]:
    """With several countries asked for, each in turn gives its next best, the country with the best one first."""
    if len(countries) < 2:
        return [int(at) for at in order[:count]]
    queues: dict[str | None, list[int]] = {}
    for at in order.tolist():
        queues.setdefault(snapshot.passages[rows[at]].country, []).append(at)
    definitions = queues.pop(None, [])
    turns = [queue[i] for i in range(count) for queue in queues.values() if i < len(queue)]
    return [*turns, *definitions][:count]


def _candidates(snapshot: Snapshot, query: Vectors, keyword: Vectors, allowed: Runs) -> Rows:
    if len(allowed) <= 2 * _PROPOSED:
        return allowed.rows()
    chosen = set(best(keyword, _PROPOSED, allowed).tolist())
    for index, starts in ((snapshot.chunks, snapshot.chunk_starts), (snapshot.sentences, snapshot.sentence_starts)):
        # Rows of a passage stand side by side, so the owner of a row is found by where its passage starts.
        rows = None if len(allowed) == len(snapshot.passages) else allowed.owned(starts)
        found = np.array([row for row, _ in index.search(query, _PROPOSED, rows)], dtype=np.int64)
        chosen.update((np.searchsorted(starts, found, side="right") - 1).tolist())
    return np.array(sorted(chosen), dtype=np.int64)
