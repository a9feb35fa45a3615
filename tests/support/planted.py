"""A regression planted on purpose: an index in which the vectors of one country, words included, have changed places."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.generations import folders
from index.generations.manifest import MANIFEST
from index.generations.snapshot import Snapshot
from index.stores.token_index import TokenIndex
from index.stores.vector_index import VectorIndex


def shuffled(snapshot: Snapshot, country: str) -> tuple[VectorIndex, VectorIndex, TokenIndex]:
    """The vectors of chunks, sentences and words with those of the country permuted among its own rows."""
    generator = np.random.default_rng(0)
    owned = [i for i, p in enumerate(snapshot.passages) if p.country == country]

    def permuted(vectors: np.ndarray, starts: np.ndarray) -> np.ndarray:
        rows = [row for i in owned for row in range(int(starts[i]), int(starts[i + 1]))]
        found = vectors.copy()
        found[rows] = vectors[generator.permutation(rows)]
        return found

    chunks, sentences = (
        VectorIndex.from_vectors(permuted(np.array([index.vector(row) for row in range(len(index))]), starts))
        for index, starts in ((snapshot.chunks, snapshot.chunk_starts), (snapshot.sentences, snapshot.sentence_starts))
    )
    with TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(snapshot.folder / folders.WORDS, Path(scratch, folders.WORDS)))
        vectors = np.load(folder / "vectors.npy")
        np.save(folder / "vectors.npy", permuted(vectors, np.load(folder / "starts.npy")))
        words = TokenIndex.load(folder)
    return chunks, sentences, words


def plant(snapshot: Snapshot, index: Path, folder: Path, country: str) -> Path:
    """A copy of an index with shuffled vectors and a manifest that says so."""
    shutil.copytree(index, folder)
    current = folders.current_folder(folder)
    shutil.rmtree(current / folders.WORDS)
    names = (folders.CHUNKS, folders.SENTENCES, folders.WORDS)
    for vectors, name in zip(shuffled(snapshot, country), names, strict=True):
        vectors.save(current / name)
    manifest = replace(folders.read_manifest(current), files=folders.record_files(current))
    (current / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return folder
