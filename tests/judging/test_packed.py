"""Weights in four bits: what is stored is what is read."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.judging.packed import BLOCK, matrix, matrix_size, word_vectors

WEIGHTS, MULTIPLIERS = st.integers(-8, 7), st.integers(1, 15)
BLOCKS = st.integers(1, 3)


@given(st.data(), BLOCKS, st.integers(1, 5))
def test_a_matrix_is_the_product_of_its_weights_and_their_multipliers(data: st.DataObject, blocks: int, columns: int) -> None:
    rows = blocks * BLOCK
    weights = data.draw(arrays.arrays(np.int8, (rows, columns), elements=WEIGHTS))
    multipliers = data.draw(arrays.arrays(np.int8, (blocks, columns), elements=MULTIPLIERS))
    halves = (weights + 8).astype(np.uint8)
    stored = np.concatenate([(halves[0::2] | halves[1::2] << 4).ravel(), multipliers.astype(np.uint8).ravel()])
    assert stored.size == matrix_size(rows, columns)
    assert (matrix(stored, rows, columns) == weights * np.repeat(multipliers, BLOCK, axis=0)).all()


@given(st.data(), BLOCKS, st.floats(0.001, 10))
def test_a_word_vector_is_that_times_the_scale_of_its_row(data: st.DataObject, blocks: int, scale: float) -> None:
    dimension = blocks * BLOCK
    weights = data.draw(arrays.arrays(np.int8, (4, dimension), elements=WEIGHTS))
    multipliers = data.draw(arrays.arrays(np.int8, (4, blocks), elements=MULTIPLIERS))
    halves = (weights + 8).astype(np.uint8)
    scales = np.full((4, 1), scale, dtype=np.float16)
    stored = np.concatenate([halves[:, 0::2] | halves[:, 1::2] << 4, multipliers.astype(np.uint8), scales.view(np.uint8)], axis=1)
    expected = weights * np.repeat(multipliers, BLOCK, axis=1) * scales.astype(np.float32)
    for ids in (np.array([2]), np.array([3, 0, 3])):
        assert np.allclose(word_vectors(stored, ids, dimension), expected[ids], rtol=1e-5)
