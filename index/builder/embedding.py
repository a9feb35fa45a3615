"""All vectors of a set of passages: reused where possible, embedded where not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from corpus.taxonomy import Taxonomy
from index.builder.vector_cache import Keys, VectorCache, text_keys
from index.encoders.protocol import ModelSpec, PassageEncoder, Progress, Vectors
from index.encoders.sentence_transformer import ENCODING
from index.generations import folders
from index.passages.passage import Passage, chunk_texts, embed_context, sentence_texts
from index.stores.token_index import ChunkTokens, TokenIndex, stored, token_axes, word_index
from index.stores.vector_index import VectorIndex

_LIBRARIES = ("torch", "transformers", "sentence-transformers", "tokenizers", "numpy")


@dataclass(frozen=True, slots=True)
class Work:
    """How many distinct texts there are, and how many of them have to be embedded."""

    chunks: int
    chunks_embedded: int
    sentences: int
    sentences_embedded: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of passages, row by row as `Snapshot` reads them, with the hashes of their texts."""

    chunks: VectorIndex
    words: TokenIndex
    sentences: VectorIndex
    chunk_keys: Keys
    sentence_keys: Keys

    def save(self, folder: Path) -> None:
        """Write into a staged folder."""
        self.chunks.save(folder / folders.CHUNKS)
        self.words.save(folder / folders.WORDS)
        self.sentences.save(folder / folders.SENTENCES)
        np.save(folder / folders.CHUNK_TEXTS, self.chunk_keys, allow_pickle=False)
        np.save(folder / folders.SENTENCE_TEXTS, self.sentence_keys, allow_pickle=False)


def vector_recipe(spec: ModelSpec) -> dict[str, str]:
    """Everything besides its text that decides a vector: builds with equal recipes may share vectors."""
    return {
        "weights": spec.weights_sha256,
        "dimension": str(spec.dimension),
        "window": str(spec.window),
        "encoding": ENCODING,
        "word axes": hashlib.sha256(token_axes(spec).tobytes()).hexdigest(),
        **{name: version(name) for name in _LIBRARIES},
    }


def recipe_difference(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Which parts of two recipes differ, in words; empty if they are equal."""
    parts = [
        f"{name} {before.get(name, 'none')[:24]} → {after.get(name, 'none')[:24]}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]
    return ", ".join(parts)


def work_of(passages: Sequence[Passage], taxonomy: Taxonomy, cache: VectorCache) -> Work:
    """How much embedding these passages would take."""
    chunks = {key.tobytes() for key in text_keys(_chunk_texts(passages, taxonomy))}
    sentences = {key.tobytes() for key in text_keys(_sentence_texts(passages, taxonomy))}
    return Work(
        len(chunks),
        sum(not cache.has_chunk(key) for key in chunks),
        len(sentences),
        sum(not cache.has_sentence(key) for key in sentences),
    )


def embed_passages(
    passages: Sequence[Passage],
    taxonomy: Taxonomy,
    encoder: PassageEncoder,
    cache: VectorCache,
    progress: Mapping[str, Progress],
) -> Embedded:
    """The vectors of all chunks and sentences, in order. Cached vectors are reused; equal texts are embedded once.

    `progress` has a callback for "passages" and one for "sentences".
    """
    chunk_keys, chunks, tokens = _embed_chunks(_chunk_texts(passages, taxonomy), encoder, cache, progress["passages"])
    sentence_keys, sentences = _embed_sentences(_sentence_texts(passages, taxonomy), encoder, cache, progress["sentences"])
    contexts = [len(embed_context(passage, taxonomy)) for passage in passages]
    return Embedded(
        chunks=VectorIndex.from_vectors(chunks),
        words=word_index(passages, tokens, contexts, token_axes(encoder.spec)),
        sentences=VectorIndex.from_vectors(sentences),
        chunk_keys=chunk_keys,
        sentence_keys=sentence_keys,
    )


def _chunk_texts(passages: Sequence[Passage], taxonomy: Taxonomy) -> list[str]:
    return [text for passage in passages for text in chunk_texts(passage, taxonomy)]


def _sentence_texts(passages: Sequence[Passage], taxonomy: Taxonomy) -> list[str]:
    return [text for passage in passages for text in sentence_texts(passage, taxonomy)]


def _embed_chunks(
    texts: Sequence[str], encoder: PassageEncoder, cache: VectorCache, progress: Progress
) -> tuple[Keys, Vectors, list[ChunkTokens]]:
    keys = text_keys(texts)
    axes = token_axes(encoder.spec)
    found: dict[str, tuple[Vectors, ChunkTokens]] = {}
    for text, key in zip(texts, keys, strict=True):
        if text not in found and (cached := cache.chunk(key.tobytes())) is not None:
            found[text] = cached
    new = [text for text in dict.fromkeys(texts) if text not in found]
    for at, encoded in encoder.encode_chunks(new, progress):
        found[new[at]] = (encoded.vector, stored(encoded, new[at], axes))
    return keys, _rows([found[text][0] for text in texts], encoder.spec.dimension), [found[text][1] for text in texts]


def _embed_sentences(
    texts: Sequence[str], encoder: PassageEncoder, cache: VectorCache, progress: Progress
) -> tuple[Keys, Vectors]:
    keys = text_keys(texts)
    found: dict[str, Vectors] = {}
    for text, key in zip(texts, keys, strict=True):
        if text not in found and (cached := cache.sentence(key.tobytes())) is not None:
            found[text] = cached
    new = [text for text in dict.fromkeys(texts) if text not in found]
    found.update(zip(new, encoder.encode_passages(new, progress), strict=True))
    return keys, _rows([found[text] for text in texts], encoder.spec.dimension)


def _rows(vectors: Sequence[Vectors], dimension: int) -> Vectors:
    return np.array(vectors, dtype=np.float32).reshape(-1, dimension)
