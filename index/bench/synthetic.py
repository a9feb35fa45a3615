"""Corpora of any size that resemble a real one: its vectors with noise or rotated, its words shuffled. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from index.encoders.protocol import Vectors
from index.stores.ivf_tuning import noisy

# The length of the noise relative to the vector: the cosine with the original is about 0.86, as between two paragraphs about one
# topic in one country.
_MOVED_BY = 0.6
# Far from any seed that queries are made with: the same noise would put a query next to a copy.
_COPIES = 1_000_000_000


class Kind(StrEnum):
    """How more vectors are made from the real ones.

    `NOISE`: normal noise is added to each, so that every real vector has many neighbours, like paragraphs that are repeated and
    rewritten. `ROTATION`: each copy is rotated as a whole in its own way, so that it is as dense as the real corpus but unrelated
    to the other copies, like texts on other subjects.
    """

    NOISE = "noise"
    ROTATION = "rotation"


def vectors_like(real: Vectors, count: int, kind: Kind, seed: int = 0) -> Vectors:
    """Rows of unit length, float32[count, dimension], starting with the real ones; the same for the same seed."""
    made = np.empty((count, real.shape[1]), dtype=np.float32)
    for copy, start in enumerate(range(0, count, len(real))):
        rows = min(len(real), count - start)
        made[start : start + rows] = real[:rows] if copy == 0 else _copy(real[:rows], kind, _COPIES + seed + copy)
    return made


def documents_like(real: Sequence[Sequence[str]], count: int, seed: int = 0) -> list[list[str]]:
    """Lists of words with the lengths and word frequencies of the real ones, in random order."""
    generator = np.random.default_rng(seed)
    words = np.array([word for document in real for word in document], dtype=object)
    ends = np.cumsum(generator.choice([len(document) for document in real], count))
    starts = np.concatenate([[0], ends[:-1]])
    made = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        made.append(words[generator.integers(0, len(words), end - start)].tolist())
    return made


def word_queries(real: Sequence[Sequence[str]], count: int, words: int, seed: int = 0) -> list[list[str]]:
    """Queries of this many words, drawn with the frequencies of the texts."""
    generator = np.random.default_rng(seed)
    drawn_from = np.array([word for document in real for word in document], dtype=object)
    return [drawn_from[generator.integers(0, len(drawn_from), words)].tolist() for _ in range(count)]


def _copy(real: Vectors, kind: Kind, seed: int) -> Vectors:
    if kind is Kind.NOISE:
        return noisy(real, _MOVED_BY, seed)
    square = np.random.default_rng(seed).standard_normal((real.shape[1], real.shape[1]), dtype=np.float32)
    turn, _ = np.linalg.qr(square)
    turned = real @ turn
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), dtype=np.float32)
