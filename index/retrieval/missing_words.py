"""What it says of an answer that words of the question have no like in it: not every word must, but some tell.

That no word is near "diamonds" or "commander" weighs more than that none is near "mainly". How much is a linear function of the
vector of the word in its question, fitted on the development questions by `tests/fitting/fit_confidence.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from index.encoders.protocol import PACKAGED_MODEL, ModelSpec, Vectors

# As near as this a word counts as found; how exactly it is said makes no difference.
_FOUND = 0.75


def lack(words: Vectors, near: Vectors) -> Vectors:
    """The words of a question summed by how far each is from being found, per word: float32[dimension].

    `words` float32[words, dimension] are their vectors, `near` float32[words] how near each comes.
    """
    return np.asarray((words * np.maximum(0.0, _FOUND - near)[:, None]).mean(axis=0), dtype=np.float32)


def missing_word_weights(spec: ModelSpec) -> Vectors:
    """What a unit of each dimension of a lack is worth, float32[dimension]: nothing for a model other than the packaged one."""
    return _fitted() if spec.name == PACKAGED_MODEL else np.zeros(spec.dimension, dtype=np.float32)


@cache
def _fitted() -> Vectors:
    with as_file(files("index").joinpath("data", "missing_word_weights.npy")) as path:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
