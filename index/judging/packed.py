"""Weights in four bits: how the judge's matrices and word vectors are stored, and how they are read. Pure.

A weight is the product of three numbers: one in -8..7 of its own, a multiplier in 1..15 that 32 neighbours share, and a scale
that a column (of word vectors, a row) shares. The first two make a byte, which the runtime multiplies with as it is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# So many weights share a multiplier.
BLOCK = 32
_MIDDLE = 8

Bytes = NDArray[np.uint8]


def matrix_size(rows: int, columns: int) -> int:
    """How many bytes a matrix takes: two weights in each, and a byte for each multiplier."""
    return rows * columns // 2 + rows * columns // BLOCK


def matrix(stored: Bytes, rows: int, columns: int) -> NDArray[np.int8]:
    """A stored matrix as int8[rows, columns]: weights without the scale of their column.

    First the weights, two rows in one (the first in the lower half of a byte), then the multipliers, one row for BLOCK rows.
    """
    half = rows * columns // 2
    pairs = stored[:half].reshape(rows // 2, columns)
    multipliers = stored[half:].reshape(rows // BLOCK, 1, columns).astype(np.int8)
    weights = np.empty((rows, columns), dtype=np.int8)
    weights[0::2] = pairs & 15
    weights[1::2] = pairs >> 4
    blocks = weights.reshape(rows // BLOCK, BLOCK, columns)
    blocks -= _MIDDLE
    blocks *= multipliers
    return weights


def word_vectors(stored: Bytes, ids: NDArray[np.int64], dimension: int) -> NDArray[np.float32]:
    """The vectors of tokens, float32[tokens, dimension], from a table uint8[vocabulary, bytes]: in each row the weights, two in a
    byte (the first in its lower half), the multipliers, a byte each, and the scale, as a half float."""
    rows = stored[ids]
    half, blocks = dimension // 2, dimension // BLOCK
    weights = np.empty((len(ids), dimension), dtype=np.float32)
    weights[:, 0::2] = rows[:, :half] & 15
    weights[:, 1::2] = rows[:, :half] >> 4
    weights -= _MIDDLE
    scales = np.ascontiguousarray(rows[:, half + blocks :]).view(np.float16).astype(np.float32)
    factors = rows[:, half : half + blocks].astype(np.float32) * scales
    return (weights.reshape(len(ids), blocks, BLOCK) * factors[:, :, None]).reshape(len(ids), dimension)
