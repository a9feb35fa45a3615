"""The baseline: sentence-transformers and a flat faiss index, used as their own guides say, without code of this project.

`python -m index.bench.baseline FOLDER QUESTION` opens what `PlainSearch.save` wrote, answers one question and prints the text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
COUNT = 10
_VECTORS, _TEXTS = "plain.faiss", "plain.json"


def library_threads() -> int:
    """How many threads the libraries may use for one call."""
    return int(faiss.omp_get_max_threads())


class PlainSearch:
    """Texts and their vectors, row by row; finds the texts with the highest cosine. Opens the model on first use."""

    def __init__(self, folder: str, index: faiss.Index, texts: Sequence[str]) -> None:
        self._index = index
        self._texts = texts
        self._folder = folder

    @classmethod
    def of(cls, model_folder: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> PlainSearch:
        """Index texts by their vectors of unit length, float32[len(texts), dimension]."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(model_folder, index, texts)

    @classmethod
    def load(cls, folder: Path) -> PlainSearch:
        """Open what was saved."""
        data = json.loads((folder / _TEXTS).read_text(encoding="utf-8"))
        return cls(data["model"], faiss.read_index(str(folder / _VECTORS)), data["texts"])

    def save(self, folder: Path) -> None:
        """Write into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / _VECTORS))
        (folder / _TEXTS).write_text(json.dumps({"model": self._folder, "texts": list(self._texts)}), encoding="utf-8")

    @cached_property
    def _model(self) -> SentenceTransformer:
        # Takes seconds to import.
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self._folder, device="cpu")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, float32[len(texts), dimension], in one call of the library."""
        rows = self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    def search(self, question: str) -> list[tuple[float, str]]:
        """The nearest texts with their cosines, nearest first."""
        cosines, rows = self._index.search(self.encode([question]), min(COUNT, len(self._texts)))
        return [(float(c), self._texts[r]) for c, r in zip(cosines[0], rows[0], strict=True)]


if __name__ == "__main__":
    sys.stdout.write(PlainSearch.load(Path(sys.argv[1])).search(sys.argv[2])[0][1] + "\n")
