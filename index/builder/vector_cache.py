"""The vectors of finished builds by the hash of their text, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.encoders.protocol import Vectors
from index.generations import folders
from index.stores.token_index import ChunkTokens, TokenIndex
from index.stores.vector_index import VectorIndex

Keys = NDArray[np.uint8]


def text_keys(texts: Sequence[str]) -> Keys:
    """The SHA-256 of each text, uint8[len(texts), 32]."""
    digests = b"".join(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts)
    return np.frombuffer(digests, dtype=np.uint8).reshape(-1, 32)


@dataclass(frozen=True, slots=True)
class _Source:
    chunks: VectorIndex
    words: TokenIndex
    sentences: VectorIndex


class VectorCache:
    """Vectors that a new build can reuse. Reads the files of finished builds on demand."""

    def __init__(self) -> None:
        self._sources: list[_Source] = []
        self._chunks: dict[bytes, tuple[int, int]] = {}
        self._sentences: dict[bytes, tuple[int, int]] = {}

    @classmethod
    def of(cls, folders: Iterable[Path]) -> VectorCache:
        """The vectors of these generations, whose checksums have been verified; the first one wins for equal texts."""
        cache = cls()
        for folder in folders:
            cache._add(folder)
        return cache

    def _add(self, folder: Path) -> None:
        at = len(self._sources)
        source = _Source(
            VectorIndex.load(folder / folders.CHUNKS),
            TokenIndex.load(folder / folders.WORDS),
            VectorIndex.load(folder / folders.SENTENCES),
        )
        self._sources.append(source)
        for name, rows, found in (
            (folders.CHUNK_TEXTS, len(source.chunks), self._chunks),
            (folders.SENTENCE_TEXTS, len(source.sentences), self._sentences),
        ):
            keys = np.load(folder / name, allow_pickle=False)
            if len(keys) != rows:
                raise IndexDamaged(f"{name} and its vectors do not match", "build the index again: ocqa build")
            for row, key in enumerate(keys):
                found.setdefault(key.tobytes(), (at, row))

    def has_chunk(self, key: bytes) -> bool:
        """Whether the vector of this chunk's text is cached."""
        return key in self._chunks

    def has_sentence(self, key: bytes) -> bool:
        """Whether the vector of this sentence's text is cached."""
        return key in self._sentences

    def chunk(self, key: bytes) -> tuple[Vectors, ChunkTokens] | None:
        """The vector, float32[dimension], and the tokens of a chunk's text; None if no build has it."""
        at = self._chunks.get(key)
        if at is None:
            return None
        source, row = self._sources[at[0]], at[1]
        return source.chunks.vector(row), source.words.chunk_tokens(row)

    def sentence(self, key: bytes) -> Vectors | None:
        """The vector of a sentence's text, float32[dimension]; None if no build has it."""
        at = self._sentences.get(key)
        return None if at is None else self._sources[at[0]].sentences.vector(at[1])
