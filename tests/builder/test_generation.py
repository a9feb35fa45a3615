"""One build on disk: published whole or not at all, checked when opened."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from world import page

from corpus.errors import BuildError, IndexDamaged, IndexMissing, ModelError
from corpus.records import Corpus
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import build_index
from index.encoders.protocol import ModelSpec
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations import folders
from index.generations.snapshot import open_snapshot


@pytest.fixture
def index(world_index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(world_index, tmp_path / "index"))


@pytest.fixture
def other_sources(world_sources: Path, tmp_path: Path, taxonomy: Taxonomy) -> Path:
    """The world's sources with one page more."""
    folder = Path(shutil.copytree(world_sources, tmp_path / "other" / world_sources.name))
    (folder / "2023" / "niger.txt").write_text(page("Niger", 2023, taxonomy), encoding="utf-8")
    return folder


def stored_files(index: Path) -> list[Path]:
    return sorted(p for p in folders.current_folder(index).rglob("*") if p.is_file())


def needed_files(index: Path) -> list[Path]:
    """All files that answers cannot do without."""
    return [p for p in stored_files(index) if p.name != folders.QUESTIONS]


def test_nothing_that_can_carry_code_is_stored(world_index: Path) -> None:
    assert {p.suffix for p in stored_files(world_index)} <= {".json", ".jsonl", ".faiss", ".duckdb", ".npy", ".onnx"}
    for path in stored_files(world_index):
        if path.suffix == ".npy":
            assert b"|O" not in path.read_bytes()[:128]


def test_counts_agree_everywhere(world_index: Path) -> None:
    snapshot = open_snapshot(world_index)
    counts = snapshot.manifest.counts
    assert counts["profiles"] == 4
    assert counts["paragraphs"] == 4 + 4 + 3 + 2
    assert counts["passages"] == counts["paragraphs"] + 36 == len(snapshot.passages) == len(snapshot.keywords)
    assert counts["chunks"] == len(snapshot.chunks)
    assert counts["sentences"] == len(snapshot.sentences)
    assert counts["scores"] == 3 * 30 + 36 == snapshot.score_store.count()
    snapshot.close()


def test_a_flipped_byte_in_any_file_is_found_and_the_file_named(index: Path) -> None:
    for path in needed_files(index):
        original = path.read_bytes()
        at = len(original) // 2
        path.write_bytes(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :] if original else b"x")
        with pytest.raises(IndexDamaged) as caught:
            open_snapshot(index)
        assert path.name in caught.value.message
        assert "ocqa build" in caught.value.hint
        path.write_bytes(original)
    open_snapshot(index).close()


def test_a_missing_file_is_found_and_named(index: Path) -> None:
    for path in needed_files(index):
        original = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexDamaged, match=path.name):
            open_snapshot(index)
        path.write_bytes(original)


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        open_snapshot(tmp_path / "none")
    assert "ocqa build" in caught.value.hint


@pytest.mark.parametrize("pointer", ["", "gone\n", "../..\n", "/\n", "\x00\n", ".build.lock\n", "0" * 300])
def test_a_pointer_to_nothing_is_damage_and_an_intact_build_answers_with_a_warning(pointer: str, index: Path) -> None:
    (name,) = folders.names(index)
    (index / "CURRENT").write_text(pointer)
    snapshot = open_snapshot(index)
    assert snapshot.manifest.name == name
    assert "CURRENT" in snapshot.warning and "which is not there" in snapshot.warning and "ocqa build" in snapshot.warning
    snapshot.close()
    (index / "generations" / name / "passages.jsonl").unlink()
    with pytest.raises(IndexDamaged, match="CURRENT"):
        open_snapshot(index)


def test_an_index_of_a_newer_format_is_refused(index: Path) -> None:
    path = folders.current_folder(index) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format_version": 99}))
    with pytest.raises(IndexDamaged, match="format 99"):
        open_snapshot(index)


def test_another_model_than_the_one_of_the_build_is_refused(index: Path, encoder: SentenceTransformerEncoder) -> None:
    class Other(SentenceTransformerEncoder):
        def __init__(self) -> None:
            pass

        @property
        def spec(self) -> ModelSpec:
            return ModelSpec(encoder.spec.name, "another", encoder.spec.dimension, encoder.spec.window)

    snapshot = open_snapshot(index, lambda spec: Other())
    with pytest.raises(ModelError, match="not the one this index was built with"):
        snapshot.encoder.get()


class Failing:
    """An encoder that fails at its n-th call."""

    def __init__(self, encoder: SentenceTransformerEncoder, at: int, error: BaseException) -> None:
        self._encoder, self._left, self._error = encoder, at, error

    @property
    def spec(self) -> ModelSpec:
        return self._encoder.spec

    def count_tokens(self, texts):
        return self._encoder.count_tokens(texts)

    def encode_passages(self, texts, progress=None):
        self._call()
        return self._encoder.encode_passages(texts, progress)

    def encode_chunks(self, texts, progress=None):
        self._call()
        return self._encoder.encode_chunks(texts, progress)

    def _call(self):
        self._left -= 1
        if self._left < 0:
            raise self._error


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("error", [RuntimeError("broken"), OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_the_published_index_and_nothing_else(
    at: int, error: BaseException, index: Path, other_sources: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    before = folders.current_folder(index).name
    with pytest.raises((type(error), BuildError)):
        build_index(load_corpus([other_sources], taxonomy), index, Failing(encoder, at, error), taxonomy)
    assert folders.current_folder(index).name == before
    assert [p.name for p in (index / "generations").iterdir()] == [before]
    assert not (index / ".build.json").exists()
    open_snapshot(index).close()


def test_an_empty_corpus_publishes_nothing(tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
    with pytest.raises(BuildError, match="nothing could be read"):
        build_index(Corpus((), (), (), ()), tmp_path / "index", encoder, taxonomy)
    assert not (tmp_path / "index").exists()


def test_an_index_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, world_sources: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BuildError, match="cannot be written"):
        build_index(load_corpus([world_sources], taxonomy), tmp_path / "file", encoder, taxonomy)
