"""An index from somebody else: nothing in it reads another file, reaches for a model, or names a file outside of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from corpus.errors import IndexDamaged, ModelError
from index.encoders.sentence_transformer import open_encoder
from index.generations import folders
from index.generations.manifest import Manifest
from index.generations.question_encoders import openers
from index.generations.snapshot import Snapshot, open_snapshot
from index.scores.score_store import ScoreStore


def test_a_view_of_a_file_in_place_of_a_table_is_refused(world_index: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a password", encoding="utf-8")
    facts = Path(shutil.copy(folders.current_folder(world_index) / folders.FACTS, tmp_path / "facts.duckdb"))
    with duckdb.connect(str(facts)) as connection:
        connection.execute("drop table scores")
        connection.execute(
            "create view scores as select 'TCD' country, 2021 edition, 'criminality' indicator, 1.0 \"value\", "
            f"content \"source\" from read_text('{secret}')"
        )
    with pytest.raises(IndexDamaged, match="other tables than a build writes"):
        ScoreStore.open(facts)


def test_an_open_database_reads_no_file_and_takes_no_setting(world: Snapshot, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    connection = world.score_store._connection
    for statement in (f"select * from read_csv('{other}')", f"select * from read_text('{other}')", "install httpfs",
                      "set enable_external_access = true", f"attach '{tmp_path}/x.duckdb'"):  # fmt: skip
        with pytest.raises(duckdb.Error):
            connection.cursor().execute(statement)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..", ".hidden", "x/y/z", "a\\b", "n" * 300])
def test_a_manifest_names_no_file_outside_of_its_folder(name: str, world: Snapshot) -> None:
    manifest = world.manifest
    (record,) = list(manifest.files.values())[:1]
    text = replace(manifest, files={**manifest.files, name: record}).to_json()
    with pytest.raises(IndexDamaged, match="is no name of a stored file"):
        Manifest.from_json(text)
    with pytest.raises(IndexDamaged):
        Manifest.from_json(replace(manifest, name=f"../{name}").to_json())
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert json.loads(manifest.to_json())["name"] == manifest.name


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def another_file(path: Path) -> None:
    elsewhere = path.parents[3] / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def another_folder(path: Path) -> None:
    path.parent.rename(path.parents[3] / "elsewhere")
    path.parent.symlink_to(path.parents[3] / "elsewhere")


@pytest.mark.parametrize(
    ("name", "replaced"),
    [(folders.COVERAGE, pipe), (folders.COVERAGE, device), (folders.COVERAGE, another_file), ("words/axes.npy", another_folder)],
)
def test_what_is_no_file_of_the_index_is_not_read(
    name: str, replaced: Callable[[Path], None], world_index: Path, tmp_path: Path
) -> None:
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    replaced(folders.current_folder(index) / name)
    with pytest.raises(IndexDamaged, match=f"{name} is no file of this folder"):
        open_snapshot(index)


def test_every_file_that_is_read_stands_in_the_manifest(world: Snapshot) -> None:
    for name in world.manifest.files.keys() - {folders.QUESTIONS, folders.REPORT}:
        left = {other: record for other, record in world.manifest.files.items() if other != name}
        assert folders.damaged_files(world.folder, replace(world.manifest, files=left)) == (f"{name} is not in the manifest",)


def test_a_model_that_an_index_names_is_not_downloaded(world: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def reached(*_: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket.socket, "connect", reached)
    monkeypatch.setattr(socket, "getaddrinfo", reached)
    spec = replace(world.manifest.model, name="somebody/a-model-of-their-own")
    with pytest.raises(ModelError):
        openers(world.folder, replace(world.manifest, model=spec))[-1](spec)
    with pytest.raises(ModelError):
        open_encoder("somebody/a-model-of-their-own", download=False)
