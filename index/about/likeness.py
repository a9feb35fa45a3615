"""How alike a question and the sample questions are in letters: for misspelt words, and where no encoder can be opened."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.naming import fold

_SIZES = (2, 3, 4)


def _grams(text: str) -> Iterator[str]:
    """Runs of letters within a word, each word with its edges, and the words themselves."""
    for word in fold(text).split():
        edged = f" {word} "
        yield edged
        for size in _SIZES:
            yield from (edged[i : i + size] for i in range(len(edged) - size + 1))


class LetterLikeness:
    """Compares a text with fixed texts by their runs of two to four letters, the rarer the weightier."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_grams(text)) for text in texts]
        having = Counter(gram for count in counts for gram in count)
        self._weight = {gram: math.log(1 + len(texts) / n) for gram, n in having.items()}
        self._unknown = math.log(1 + len(texts))
        self._size = len(texts)
        rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            weights = {gram: self._weighed(gram, n) for gram, n in count.items()}
            length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            for gram, weight in weights.items():
                rows[gram].append((number, weight / length))
        self._rows = {gram: (np.array([n for n, _ in row]), np.array([w for _, w in row])) for gram, row in rows.items()}

    def _weighed(self, gram: str, times: int) -> float:
        return self._weight.get(gram, self._unknown) * math.sqrt(times)

    def with_each(self, text: str) -> NDArray[np.float64]:
        """The likeness with each of the texts, 0 to 1 (cosine): float64[texts]."""
        sums = np.zeros(self._size)
        square = 0.0
        for gram, times in Counter(_grams(text)).items():
            weight = self._weighed(gram, times)
            square += weight * weight
            if gram in self._rows:
                at, weights = self._rows[gram]
                sums[at] += weight * weights
        return sums / math.sqrt(square) if square else sums
