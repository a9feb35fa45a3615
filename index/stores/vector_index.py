"""Vectors in a flat FAISS index: exact cosine similarity, mapped from the file and never read whole.

If there are many rows, an IVF index beside it proposes the rows to compare (see `index.stores.ivf_index`, the other module
that imports faiss). A filter by country and edition is a few runs of rows, each searched as a slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.encoders.protocol import Vectors
from index.stores.ivf_index import IvfIndex, selector
from index.stores.ivf_tuning import (
    DEPTH,
    NEEDED,
    QUERIES,
    Choice,
    SearchWay,
    choose,
    held_out,
    noisy,
    recalls,
    without_lists,
    worth_lists,
)
from index.stores.row_ranges import Rows, Runs

__all__ = ["Rows", "VectorIndex"]

_REBUILD = "build the index again: ocqa build"
# How many rows lists propose for k results: enough that rounding components to a byte loses none of them.
_PROPOSED_TIMES, _PROPOSED_MORE = 2, 40
# The cost of one more run, in rows that a selector would have to skip.
_ROWS_A_RUN = 4_000
_BLOCK = 100_000
# The similarities of equal vectors may differ by this much, depending on their row.
_LAST_DIGIT = 1e-6
_Scored = tuple[NDArray[np.int64], NDArray[np.float32]]


class VectorIndex:
    """Rows keep the numbers they were stored under. Similarities are cosines, -1 to 1, higher is closer. Immutable."""

    def __init__(self, index: faiss.IndexFlatIP, lists: IvfIndex | None = None) -> None:
        self._index = index
        self._lists = lists

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> VectorIndex:
        """Index rows of unit length, float32[n, dimension]."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path, lists: Path | None = None) -> VectorIndex:
        """Map a stored index whose checksum has been verified, and the lists beside it, if any.

        Raises IndexDamaged for any other kind of file, and for lists of a different number of rows.
        """
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamaged(f"{path.name} cannot be read as vectors", _REBUILD) from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexDamaged(f"{path.name} is not a flat inner-product FAISS index", _REBUILD)
        beside = IvfIndex.load(lists) if lists is not None else None
        if beside is not None and len(beside) != index.ntotal:
            raise IndexDamaged(f"{path.name} and its lists do not match", _REBUILD)
        return cls(index, beside)

    def with_lists(self, asked: SearchWay, needed: float = NEEDED) -> tuple[VectorIndex, Choice]:
        """The same rows, with lists beside them if that makes the better search, and what was measured.

        `needed` is the recall that lists must reach: the share of the 10 nearest rows by exact search that they find.
        """
        if not worth_lists(len(self), asked):
            return VectorIndex(self._index), without_lists(len(self), asked)
        lists = IvfIndex.build(self._index)
        queries = noisy(self._index.reconstruct_batch(held_out(QUERIES, len(self))))
        true = self.nearest(queries, DEPTH)
        tried = VectorIndex(self._index, lists)

        def recalls_of(probes: int) -> NDArray[np.float64]:
            lists.probing(probes)
            return recalls([np.array([row for row, _ in tried.search(q, DEPTH)], dtype=np.int64) for q in queries], true)

        choice = choose(len(self), lists.lists, asked, recalls_of, needed)
        if choice.way is SearchWay.EXACT:
            return VectorIndex(self._index), choice
        lists.probing(choice.probes)
        return tried, choice

    def save(self, path: Path) -> None:
        """Write to a new file, in a folder nobody reads yet. Raises OSError if it cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name} could not be written: {str(error).splitlines()[0]}") from error

    def save_lists(self, path: Path) -> None:
        """Write the lists, if there are any, to a new file. Raises OSError if it cannot be written."""
        if self._lists is not None:
            self._lists.save(path)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a row."""
        return int(self._index.d)

    def vector(self, row: int) -> Vectors:
        """The vector of this row, float32[dimension]."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def is_of_unit_length(self, tolerance: float) -> bool:
        """Whether every row has length 1 within the tolerance; a row that is not finite does not."""
        for start in range(0, len(self), _BLOCK):
            lengths = np.linalg.norm(self._index.reconstruct_n(start, min(_BLOCK, len(self) - start)), axis=1)
            if not np.all(np.abs(lengths - 1) <= tolerance):
                return False
        return True

    def search(self, query: Vectors, k: int, allowed: Runs | None = None) -> list[tuple[int, float]]:
        """The k closest rows and their similarity, closest first, ties by row.

        `allowed` None means all rows, an empty set none. Never returns a row that does not exist. Exact, unless there are
        lists and so many rows are allowed that reading lists is less work.
        """
        allowed = Runs.of([(0, len(self))]) if allowed is None else allowed.within(len(self))
        k = min(k, len(allowed))
        if k <= 0:
            return []
        whole = len(allowed) == len(self)
        if self._lists is None or not (whole or self._lists.suits(allowed)):
            rows, similarities = self._exact(query, k, allowed)
        else:
            rows = self._lists.proposed(query, _PROPOSED_TIMES * k + _PROPOSED_MORE, None if whole else allowed)
            similarities = self.similarities(query, rows)
        best = np.lexsort((rows, -similarities))[:k]
        return list(zip(rows[best].tolist(), similarities[best].tolist(), strict=True))

    def nearest(self, queries: Vectors, k: int) -> NDArray[np.int64]:
        """The k closest rows to each query by exact search, int64[queries, k], padded with -1 if there are fewer rows."""
        return np.asarray(self._index.search(queries, k)[1], dtype=np.int64)

    def similarities(self, query: Vectors, rows: Sequence[int] | Rows) -> Vectors:
        """The similarity of the query to each of these rows, float32[len(rows)]."""
        if len(rows) == 0:
            return np.zeros(0, dtype=np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(vectors @ query, dtype=np.float32)

    def _exact(self, query: Vectors, k: int, allowed: Runs) -> _Scored:
        """The k closest of the allowed rows and perhaps some more, unordered."""
        asked = query.reshape(1, -1)
        selectors = self._selectors(allowed)
        # One more than needed, since FAISS does not say which of equally close rows it leaves out.
        found = [self._index.search(asked, k + 1, params=faiss.SearchParameters(sel=s)) for s in selectors]  # type: ignore[call-arg]
        similarities = np.concatenate([values[0] for values, _ in found])
        rows = np.concatenate([numbers[0] for _, numbers in found])
        similarities, rows = similarities[rows >= 0], rows[rows >= 0]
        if len(rows) <= k:
            return rows, similarities
        last = float(np.partition(similarities, len(rows) - k)[len(rows) - k])
        if any(numbers[0, -1] >= 0 and values[0, -1] >= last for values, numbers in found):
            return self._at_least(asked, last - _LAST_DIGIT, selectors)
        return rows, similarities

    def _at_least(self, asked: Vectors, similarity: float, selectors: Sequence[faiss.IDSelector]) -> _Scored:
        """All rows of these selectors that are at least this close."""
        found = [self._index.range_search(asked, similarity, params=faiss.SearchParameters(sel=s)) for s in selectors]  # type: ignore[call-arg]
        return np.concatenate([rows for _, _, rows in found]), np.concatenate([values for _, values, _ in found])

    def _selectors(self, allowed: Runs) -> list[faiss.IDSelector]:
        """A range for each run, which FAISS searches as a slice; one bitmap if there are many runs for so few rows."""
        if len(allowed.starts) * _ROWS_A_RUN <= max(len(self), _ROWS_A_RUN):
            return [faiss.IDSelectorRange(start, end) for start, end in allowed.pairs()]
        return [selector(allowed, len(self))]
