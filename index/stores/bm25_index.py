"""BM25 over word stems. The only module that imports bm25s, which computes the weights at build time.

The text indexed is the passage with its heading and the names of its indicators; the text shown is the passage alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language.stems import stems
from index.stores.row_ranges import Rows, Runs

_ARRAYS = ("starts.npy", "documents.npy", "weights.npy")
FILES = ("count.json", "words.json", *_ARRAYS)
# How many values are sampled to bound the best from below.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class _Postings:
    """The BM25 weight of each word in each document that has it: word w has entries `starts[w]` to `starts[w + 1]`, end excluded.

    `documents` int32[entries], ascending within a word, and `weights` float32[entries] are mapped from their files.
    """

    words: Mapping[str, int]
    starts: Rows
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]

    def of(self, word: str) -> slice:
        """The entries of a word; empty for an unknown one."""
        at = self.words.get(word)
        return slice(0, 0) if at is None else slice(int(self.starts[at]), int(self.starts[at + 1]))


class Bm25Index:
    """Documents keep the numbers they were stored under. Relevance is 0 or more; higher is better."""

    def __init__(self, postings: _Postings, count: int) -> None:
        self._postings = postings
        self._count = count

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> Bm25Index:
        """Index documents by the stems of their texts."""
        return cls.from_stems([stems(text) for text in texts])

    @classmethod
    def from_stems(cls, documents: Sequence[Sequence[str]]) -> Bm25Index:
        """Index documents by their stems. If none of them has a word, nothing will ever match."""
        if not any(documents):
            none = np.zeros(0, np.int64)
            return cls(_Postings({}, none, none.astype(np.int32), none.astype(np.float32)), len(documents))
        # Needed only to build: it imports scipy, which takes a tenth of a second.
        import bm25s

        model = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        model.index(documents, show_progress=False)
        starts, rows, weights = (model.scores[part] for part in ("indptr", "indices", "data"))
        words = dict(sorted(model.vocab_dict.items(), key=lambda pair: pair[1]))
        return cls(_Postings(words, starts.astype(np.int64), rows.astype(np.int32), weights.astype(np.float32)), len(documents))

    @classmethod
    def load(cls, folder: Path) -> Bm25Index:
        """Open a stored index whose checksums have been verified; entries stay on disk until they are read."""
        count = int(json.loads((folder / "count.json").read_text(encoding="utf-8")))
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        # Slicing a plain array costs a tenth of slicing an np.memmap.
        arrays = (np.asarray(np.load(folder / name, mmap_mode="r", allow_pickle=False)) for name in _ARRAYS)
        return cls(_Postings({word: at for at, word in enumerate(words)}, *arrays), count)

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        folder.mkdir(parents=True)
        postings = self._postings
        (folder / "count.json").write_text(json.dumps(self._count), encoding="utf-8")
        (folder / "words.json").write_text(json.dumps(list(postings.words), ensure_ascii=False), encoding="utf-8")
        arrays: tuple[NDArray[Any], ...] = (postings.starts, postings.documents, postings.weights)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    def __len__(self) -> int:
        return self._count

    def relevance(self, words: Sequence[str], allowed: Runs | None = None) -> NDArray[np.float32]:
        """The BM25 relevance of every document to these stems, float32[documents]; unknown stems add nothing.

        Only the entries of these stems are read, and with `allowed` only those in allowed documents; all others get 0.
        """
        relevance = np.zeros(self._count, dtype=np.float32)
        for word in words:
            entries = self._postings.of(word)
            documents, weights = self._postings.documents[entries], self._postings.weights[entries]
            for part in _parts(documents, allowed):
                relevance[documents[part]] += weights[part]
        return relevance

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a stem, smoothed so that it is finite for an unknown one."""
        entries = self._postings.of(word)
        return math.log(1 + self._count / (0.5 + entries.stop - entries.start))


def best(relevance: NDArray[np.float32], count: int, allowed: Runs | None = None) -> Rows:
    """The documents of the highest relevance above 0, at most `count`, best first, ties by document."""
    allowed = Runs.of([(0, len(relevance))]) if allowed is None else allowed
    if len(allowed) == 0 or count <= 0:
        return np.zeros(0, dtype=np.int64)
    values = np.concatenate([relevance[start:end] for start, end in allowed.pairs()])
    # Only values that reach the `count`-th best of a sample need sorting.
    sample = values[:: max(1, len(values) // _SAMPLE)]
    least = np.partition(sample, len(sample) - count)[len(sample) - count] if count <= len(sample) else 0
    near = np.flatnonzero((values > 0) & (values >= least))
    return allowed.at(near[np.argsort(-values[near], kind="stable")[:count]])


def _parts(documents: NDArray[np.int32], allowed: Runs | None) -> list[slice]:
    """The slices of a word's documents, which are ascending, that are allowed."""
    if allowed is None:
        return [slice(None)]
    first, last = np.searchsorted(documents, allowed.starts), np.searchsorted(documents, allowed.ends)
    return [slice(a, b) for a, b in zip(first.tolist(), last.tolist(), strict=True) if a < b]
