"""Corpora of any size that are like a real one: its vectors moved a little or turned as a whole, its words dealt anew. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from index.encoders.protocol import Vectors
from index.stores.ivf_tuning import noisy

# How far a moved vector is from its original, as a share of its length: their cosine is about 0.86, that of two paragraphs on
# one topic of one country.
_MOVED_BY = 0.6
# Far from any seed that queries are made with: the same noise would put a query beside the copy that shares it.
_COPIES = 1_000_000_000


class Kind(StrEnum):
    """How further vectors are made of the real ones.

    `NOISE`: each is moved by normal noise, so that every real vector has many near it, as repeated and rewritten paragraphs
    have. `ROTATION`: all are turned together, each copy another way, so that every copy is as dense as the real corpus and
    the copies have nothing to do with each other, as texts on other subjects have not.
    """

    NOISE = "noise"
    ROTATION = "rotation"


def vectors_like(real: Vectors, count: int, kind: Kind, seed: int = 0) -> Vectors:
    """Rows of unit length, float32[count, dimension], the first of them the real ones; equal for an equal seed."""
    made = np.empty((count, real.shape[1]), dtype=np.float32)
    for copy, start in enumerate(range(0, count, len(real))):
        rows = min(len(real), count - start)
        made[start : start + rows] = real[:rows] if copy == 0 else _copy(real[:rows], kind, _COPIES + seed + copy)
    return made


def documents_like(real: Sequence[Sequence[str]], count: int, seed: int = 0) -> list[list[str]]:
    """Lists of words as long and with words as frequent as the real ones, in no sensible order; no word is new."""
    generator = np.random.default_rng(seed)
    words = np.array([word for document in real for word in document], dtype=object)
    ends = np.cumsum(generator.choice([len(document) for document in real], count))
    starts = np.concatenate([[0], ends[:-1]])
    made = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        made.append(words[generator.integers(0, len(words), end - start)].tolist())
    return made


def word_queries(real: Sequence[Sequence[str]], count: int, words: int, seed: int = 0) -> list[list[str]]:
    """Questions of this many words, frequent words as often as in the texts."""
    generator = np.random.default_rng(seed)
    held = np.array([word for document in real for word in document], dtype=object)
    return [held[generator.integers(0, len(held), words)].tolist() for _ in range(count)]


def _copy(real: Vectors, kind: Kind, seed: int) -> Vectors:
    if kind is Kind.NOISE:
        return noisy(real, _MOVED_BY, seed)
    square = np.random.default_rng(seed).standard_normal((real.shape[1], real.shape[1]), dtype=np.float32)
    turn, _ = np.linalg.qr(square)
    turned = real @ turn
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), dtype=np.float32)
