"""A regression planted on purpose: an index in which the vectors of one country have changed places."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from index import generation
from index.dense import DenseIndex
from index.snapshot import Snapshot


def shuffled(snapshot: Snapshot, country: str) -> tuple[DenseIndex, DenseIndex]:
    """The chunk and sentence vectors with those of the country permuted among its own rows."""
    generator = np.random.default_rng(0)
    found = []
    for index, starts in ((snapshot.chunks, snapshot.chunk_starts), (snapshot.sentences, snapshot.sentence_starts)):
        vectors = index._index.reconstruct_n(0, len(index))
        owned = [i for i, p in enumerate(snapshot.passages) if p.country == country]
        rows = [row for i in owned for row in range(int(starts[i]), int(starts[i + 1]))]
        vectors[rows] = vectors[generator.permutation(rows)]
        found.append(DenseIndex.from_vectors(vectors))
    return found[0], found[1]


def plant(snapshot: Snapshot, index: Path, folder: Path, country: str) -> Path:
    """A copy of an index with shuffled vectors and a manifest that says so."""
    shutil.copytree(index, folder)
    current = generation.current_folder(folder)
    for vectors, name in zip(shuffled(snapshot, country), (generation.CHUNKS, generation.SENTENCES), strict=True):
        vectors.save(current / name)
    manifest = replace(generation.read_manifest(current), files=generation.record_files(current))
    (current / generation.MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return folder
