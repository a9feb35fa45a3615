"""Approximate search with FAISS's IVF,SQ8: rows in lists by their nearest centroid, one byte a component.

Only the lists nearest to a query are read, and they only propose rows: `index.stores.vector_index` computes similarities from the
exact vectors, so a few more proposals make up for the coarse bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import faiss
import numpy as np

from corpus.errors import IndexDamaged
from index.encoders.protocol import Vectors
from index.stores.ivf_tuning import lists_for
from index.stores.row_ranges import Rows, Runs

# Equal vectors must give equal bytes on any machine, so neither seed nor threads are left to the environment. More threads pay
# off only if each has many rows to work on.
_SEED = 1234
_THREADS, _ROWS_A_THREAD = 2, 100_000
_ROUNDS = 6
_ROWS_A_LIST = 40
_BLOCK = 100_000


class IvfIndex:
    """Rows have the numbers they have in the exact index. Immutable once published."""

    def __init__(self, index: faiss.IndexIVFScalarQuantizer) -> None:
        self._index = index

    @classmethod
    def build(cls, flat: faiss.IndexFlatIP) -> IvfIndex:
        """Lists over all rows of an exact index with at least one row."""
        rows, lists = int(flat.ntotal), lists_for(int(flat.ntotal))
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(flat.d), flat.d, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.seed, index.cp.niter = _SEED, _ROUNDS
        index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, _ROWS_A_LIST
        count = min(rows, lists * _ROWS_A_LIST)
        sample = np.sort(np.random.default_rng(_SEED).choice(rows, count, replace=False)).astype(np.int64)
        with _threads(min(_THREADS, 1 + rows // _ROWS_A_THREAD)):
            index.train(flat.reconstruct_batch(sample))
            for start in range(0, rows, _BLOCK):
                index.add(flat.reconstruct_n(start, min(_BLOCK, rows - start)))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> IvfIndex:
        """Map a stored index whose checksum has been verified. Raises IndexDamaged for any other kind of file."""
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamaged(f"{path.name} cannot be read as an IVF index", "build the index again: ocqa build") from error
        if not isinstance(index, faiss.IndexIVFScalarQuantizer):
            raise IndexDamaged(f"{path.name} is not an IVF index", "build the index again: ocqa build")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write to a new file. Raises OSError if it cannot be written."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name} could not be written: {str(error).splitlines()[0]}") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    @property
    def probes(self) -> int:
        """How many of them are read for a query; stored in the file."""
        return int(self._index.nprobe)

    def probing(self, probes: int) -> IvfIndex:
        """Set how many lists are read for a query. Only for an index nobody searches yet."""
        self._index.nprobe = probes
        return self

    def suits(self, allowed: Runs) -> bool:
        """Whether so many rows are allowed that reading lists costs less than reading all of them."""
        rows = len(self)
        return self._probes_for(allowed) * rows < len(allowed) * self.lists

    def proposed(self, query: Vectors, count: int, allowed: Runs | None = None) -> Rows:
        """At most `count` rows near the query, unordered."""
        if allowed is None:
            _, rows = self._index.search(query.reshape(1, -1), count)
        else:
            parameters = faiss.SearchParametersIVF(sel=selector(allowed, len(self)), nprobe=self._probes_for(allowed))  # type: ignore[call-arg]
            _, rows = self._index.search(query.reshape(1, -1), count, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def _probes_for(self, allowed: Runs) -> int:
        """More probes the fewer rows are allowed, since the nearest of those are farther away."""
        return min(self.lists, -(-self.probes * len(self) // max(len(allowed), 1)))


def selector(allowed: Runs, count: int) -> faiss.IDSelector:
    """Tells FAISS which of `count` rows are allowed, however many runs they form."""
    # FAISS declares the arguments of its C++ constructor; from Python it takes only an array.
    return faiss.IDSelectorBitmap(allowed.bits(count))  # type: ignore[arg-type, call-arg]


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
