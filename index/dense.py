"""Vectors in a flat FAISS index: exact cosine similarity, row by row. The only module that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.embed import Vectors

Rows = NDArray[np.int64]


class DenseIndex:
    """Row i is what was stored as row i. Similarities are cosines, -1 to 1, higher is closer. Never changed once built."""

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> DenseIndex:
        """Index rows of unit length, float32[n, dimension]."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read a stored index whose checksum has been verified. Raises IndexDamaged for any other kind of file."""
        index = faiss.read_index(str(path))
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexDamaged(f"{path.name} is not a flat inner-product index", "build the index again: ocqa build")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write to a new file; safe only inside a folder nobody reads yet. Raises OSError where it cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name} could not be written: {str(error).splitlines()[0]}") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a row."""
        return int(self._index.d)

    def vector(self, row: int) -> Vectors:
        """What was stored as this row, float32[dimension]."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def is_of_unit_length(self, hair: float) -> bool:
        """Whether every row has length 1, give or take a hair; a row that is not finite has not."""
        if len(self) == 0:
            return True
        lengths = np.linalg.norm(self._index.reconstruct_n(0, len(self)), axis=1)
        return bool(np.all(np.abs(lengths - 1) <= hair))

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> list[tuple[int, float]]:
        """The k closest rows and their similarity, closest first, ties by row.

        `allowed` None means all rows, an empty array none. Never more than k, never a row that does not exist.
        """
        if allowed is not None:
            allowed = np.unique(allowed[(allowed >= 0) & (allowed < len(self))])
        k = min(k, len(self) if allowed is None else len(allowed))
        if k <= 0:
            return []
        parameters = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        similarities, rows = self._index.search(query.reshape(1, -1), k, params=parameters)
        pairs = [(int(r), float(s)) for r, s in zip(rows[0], similarities[0], strict=True) if r >= 0]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def similarities(self, query: Vectors, rows: Sequence[int] | Rows) -> Vectors:
        """The similarity of the query to each of these rows, float32[len(rows)]."""
        if len(rows) == 0:
            return np.zeros(0, dtype=np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(vectors @ query, dtype=np.float32)
