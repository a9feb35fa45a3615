"""Missing-word evidence: words of the question that nothing in a passage matches, weighted by how much each one matters.

A passage without a match for "diamonds" or "commander" is less likely to answer than one without a match for "mainly". How
much less is a linear function of the word's vector, fitted on the development questions by `tests/fitting/fit_confidence.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from index.encoders.protocol import PACKAGED_MODEL, ModelSpec, Vectors
from index.retrieval.weights import weights


def missing_word_vector(words: Vectors, near: Vectors) -> Vectors:
    """The mean of the word vectors of a question, each times how far its best match falls short: float32[dimension].

    `words` float32[words, dimension] are the vectors, `near` float32[words] the cosine of each with its best match.
    """
    found = weights().likeness.found
    return np.asarray((words * np.maximum(0.0, found - near)[:, None]).mean(axis=0), dtype=np.float32)


def missing_word_weights(spec: ModelSpec) -> Vectors:
    """The weight of each dimension of a missing-word vector, float32[dimension], in log-odds; zero for other models."""
    return _fitted() if spec.name == PACKAGED_MODEL else np.zeros(spec.dimension, dtype=np.float32)


@cache
def _fitted() -> Vectors:
    with as_file(files("index").joinpath("data", "missing_word_weights.npy")) as path:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
