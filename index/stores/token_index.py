"""The tokens of every passage as small vectors, so that each word of a question can be compared with each word of a text.

The vector of a whole passage says what it is about; token vectors say whether *every* word of the question has a similar word
in it, and in which sentence. Vectors are projected on fewer axes and stored as bytes. The axes for the packaged model come
with the package (see `tests/fitting/fit_token_axes.py`); any other model keeps all of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.encoders.protocol import PACKAGED_MODEL, Encoded, ModelSpec, Vectors
from index.passages.passage import Passage
from index.stores.vector_index import Rows

# A word of a text: its character range, and its cosine with a word of the question.
Near = tuple[tuple[int, int], float]
_UNIT = 127
_CONTEXT = -1
_BETWEEN = -2
_LOWEST = -1.0
FILES = ("axes.npy", "vectors.npy", "spans.npy", "sentences.npy", "starts.npy", "chunks.npy")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near each word of a question comes to a passage: `passage` float32[words], `sentences` float32[sentences, words].

    A value is the cosine of the nearest word of the passage or sentence. The words put before every text (country, edition,
    heading) count as part of each sentence.
    """

    passage: Vectors
    sentences: Vectors


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The likeness of several passages: `passages` float32[passages, words], `sentences` float32[sentences, words].

    The sentences of passage i are rows `starts[i]` up to `starts[i + 1]`.
    """

    passages: Vectors
    sentences: Vectors
    starts: Rows

    def of(self, passage: int) -> Likeness:
        """The likeness of one passage, by its position among those asked for."""
        return Likeness(self.passages[passage], self.sentences[self.starts[passage] : self.starts[passage + 1]])


@dataclass(frozen=True, slots=True)
class ChunkTokens:
    """The stored tokens of one chunk: `vectors` int8[tokens, axes], `spans` int32[tokens, 2] in the embedded text."""

    vectors: NDArray[np.int8]
    spans: NDArray[np.int32]


class TokenIndex:
    """Passage i owns the token rows `starts[i]` up to `starts[i + 1]`. Immutable.

    `chunks`, int64[chunks, 3], has the first token row of each chunk, one past its last, and the offset in characters from the
    embedded text to the passage's text.
    """

    def __init__(
        self,
        axes: Vectors,
        vectors: NDArray[np.int8],
        spans: NDArray[np.int32],
        sentences: NDArray[np.int16],
        starts: Rows,
        chunks: Rows,
    ) -> None:
        self._axes = axes
        self._vectors = vectors
        self._spans = spans
        self._sentences = sentences
        self._starts = starts
        self._chunks = chunks

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Open a stored index whose checksums have been verified; vectors stay on disk until they are read.

        Raises IndexDamaged if its files do not match.
        """
        modes: tuple[str | None, ...] = (None, "r", None, None, None, None)
        axes, vectors, spans, sentences, starts, chunks = (
            np.load(folder / name, mmap_mode=mode, allow_pickle=False)  # type: ignore[arg-type]
            for name, mode in zip(FILES, modes, strict=True)
        )
        if not len(vectors) == len(spans) == len(sentences) == starts[-1]:
            raise IndexDamaged("the token vectors and their positions do not match", "build the index again: ocqa build")
        # Still on disk, but slicing a plain array costs a tenth of slicing an np.memmap.
        return cls(axes, np.asarray(vectors), spans, sentences, starts, chunks)

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        folder.mkdir(parents=True)
        parts: tuple[NDArray[Any], ...] = (self._axes, self._vectors, self._spans, self._sentences, self._starts, self._chunks)
        for name, part in zip(FILES, parts, strict=True):
            np.save(folder / name, part, allow_pickle=False)

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def chunk_tokens(self, chunk: int) -> ChunkTokens:
        """The tokens of a chunk as `stored` gave them, except that the spans of the words put before it are all 0."""
        start, end, shift = self._chunks[chunk]
        spans = self._spans[start:end]
        return ChunkTokens(self._vectors[start:end], np.where(spans < 0, 0, spans - shift).astype(np.int32))

    def likeness(self, words: Vectors, passages: Rows) -> Likenesses:
        """How near these words, float32[words, dimension], come to each of these passages, int64[passages]."""
        begins, ends = self._starts[passages], self._starts[passages + 1]
        slices = _joined(begins, ends)
        sentences = np.concatenate([self._sentences[a:b] for a, b in slices] or [self._sentences[:0]])
        if not len(sentences) or not len(words):
            none = np.zeros((0, len(words)), np.float32)
            return Likenesses(np.zeros((len(passages), len(words)), np.float32), none, np.zeros(len(passages) + 1, np.int64))
        tokens = np.concatenate([self._vectors[a:b] for a, b in slices])
        near = (_reduced(words, self._axes) / np.float32(_UNIT)) @ tokens.T.astype(np.float32)
        return _likenesses(near, sentences, ends - begins)

    def nearest(self, words: Vectors, passages: Sequence[int]) -> list[list[Near]]:
        """For each passage, the word of its own text nearest to each of these words: character range and cosine.

        A passage without words of its own gets an empty list.
        """
        if not len(words):
            return [[] for _ in passages]
        rows = [self._own(passage) for passage in passages]
        tokens = np.concatenate([self._vectors[own] for own in rows] or [self._vectors[:0]])
        similarity = (_reduced(words, self._axes) / np.float32(_UNIT)) @ tokens.T.astype(np.float32)
        found, first = [], 0
        for own in rows:
            of_passage = similarity[:, first : first + len(own)]
            first += len(own)
            found.append(self._places(own, of_passage) if len(own) else [])
        return found

    def _own(self, passage: int) -> Rows:
        """The token rows of a passage's own text."""
        start, end = int(self._starts[passage]), int(self._starts[passage + 1])
        return np.flatnonzero(self._sentences[start:end] != _CONTEXT) + start

    def _places(self, rows: Rows, similarity: Vectors) -> list[Near]:
        best = similarity.argmax(axis=1)
        cosines = similarity[np.arange(len(best)), best].tolist()
        return [((first, last), cosine) for (first, last), cosine in zip(self._spans[rows[best]].tolist(), cosines, strict=True)]


def _joined(begins: Rows, ends: Rows) -> list[tuple[int, int]]:
    """Ranges of rows; adjacent ones are merged."""
    if not len(begins):
        return []
    breaks = np.flatnonzero(begins[1:] != ends[:-1])
    firsts, lasts = begins[np.concatenate([[0], breaks + 1])], ends[np.concatenate([breaks, [len(ends) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _likenesses(near: Vectors, sentences: NDArray[np.int16], lengths: Rows) -> Likenesses:
    """From `near` float32[words, tokens], the sentence of each token, and the number of tokens of each passage in turn."""
    passages = len(lengths)
    owners = np.repeat(np.arange(passages), lengths)
    # First the best of each run of tokens within one sentence, which leaves few rows to sort.
    changes = (sentences[1:] != sentences[:-1]) | (owners[1:] != owners[:-1])
    firsts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    near, sentences, owners = np.maximum.reduceat(near, firsts, axis=1).T, sentences[firsts], owners[firsts]
    whole = _highest(near, owners, passages)
    context = _highest(near[sentences == _CONTEXT], owners[sentences == _CONTEXT], passages)
    counts = np.zeros(passages, np.int64)
    np.maximum.at(counts, owners, sentences + 1)
    starts = np.concatenate([[0], np.cumsum(counts)])
    own = sentences >= 0
    by_sentence = _highest(near[own], starts[owners[own]] + sentences[own], int(starts[-1]))
    by_sentence = np.maximum(by_sentence, context[np.repeat(np.arange(passages), counts)])
    whole[lengths == 0] = 0
    return Likenesses(whole, by_sentence, starts)


def _highest(rows: Vectors, owners: Rows, count: int) -> Vectors:
    """The maximum over the rows of each owner, float32[count, columns]; the lowest cosine for an owner without rows."""
    highest = np.full((count, rows.shape[1]), _LOWEST, np.float32)
    if len(owners):
        order = np.argsort(owners, kind="stable")
        owned = owners[order]
        firsts = np.concatenate([[0], np.flatnonzero(owned[1:] != owned[:-1]) + 1])
        highest[owned[firsts]] = np.maximum.reduceat(rows[order], firsts, axis=0)
    return highest


def _reduced(words: Vectors, axes: Vectors) -> Vectors:
    turned = words @ axes.T
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.asarray(turned / np.where(length == 0, 1, length), dtype=np.float32)


def token_axes(spec: ModelSpec) -> Vectors:
    """The axes kept for a model, float32[axes, dimension]: the fitted ones for the packaged model, all of any other."""
    if spec.name != PACKAGED_MODEL:
        return np.eye(spec.dimension, dtype=np.float32)
    with as_file(files("index").joinpath("data", "token_axes.npy")) as path:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)


def stored(encoded: Encoded, text: str, axes: Vectors) -> ChunkTokens:
    """What is stored of an encoded chunk: the tokens with a letter or a digit."""
    kept = [i for i, (a, b) in enumerate(encoded.spans) if any(c.isalnum() for c in text[a:b])]
    rows = np.rint(_reduced(encoded.tokens[kept], axes) * _UNIT).astype(np.int8)
    return ChunkTokens(rows, encoded.spans[kept])


def word_index(passages: Sequence[Passage], chunks: Sequence[ChunkTokens], contexts: Sequence[int], axes: Vectors) -> TokenIndex:
    """The token index of all passages; `chunks` are their chunks, in order.

    `contexts` is how many characters precede the text of a chunk, for each passage.
    """
    vectors, spans, sentences, starts, places = [], [], [], [0], []
    rows = 0
    remaining = iter(chunks)
    for passage, context in zip(passages, contexts, strict=True):
        for first, _ in passage.chunks:
            tokens = next(remaining)
            shift = first - context
            own = tokens.spans[:, 0] >= context
            vectors.append(tokens.vectors)
            spans.append(np.where(own[:, None], tokens.spans + shift, -1))
            sentences.append(np.where(own, _sentence_of(tokens.spans[:, 0] + shift, passage), _CONTEXT))
            places.append((rows, rows + len(tokens.vectors), shift))
            rows += len(tokens.vectors)
        starts.append(rows)
    return TokenIndex(
        axes,
        np.concatenate(vectors) if vectors else np.zeros((0, len(axes)), np.int8),
        np.concatenate(spans).astype(np.int32) if spans else np.zeros((0, 2), np.int32),
        np.concatenate(sentences).astype(np.int16) if sentences else np.zeros(0, np.int16),
        np.array(starts, dtype=np.int64),
        np.array(places, dtype=np.int64).reshape(-1, 3),
    )


def _sentence_of(places: NDArray[np.int32], passage: Passage) -> NDArray[np.int64]:
    """The sentence of each position, or `_BETWEEN` for characters between two sentences."""
    if not passage.sentences:
        return np.full(len(places), _BETWEEN, np.int64)
    first = np.array([a for a, _ in passage.sentences])
    end = np.array([b for _, b in passage.sentences])
    sentence = np.searchsorted(first, places, side="right") - 1
    inside = (sentence >= 0) & (places < end[np.maximum(sentence, 0)])
    return np.where(inside, sentence, _BETWEEN)
