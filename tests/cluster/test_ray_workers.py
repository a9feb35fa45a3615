"""Work spread over two processes of Ray on one machine: the same bytes, the same answers, the same errors as in one process."""

from __future__ import annotations

import hashlib
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from app.cli.main import main
from corpus.errors import IndexMissing, ModelError
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.cluster.ray_workers import ShardProcess, SpreadEncoder, workers
from index.cluster.shards import Shards, share
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations import folders
from index.generations.snapshot import Snapshot

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason='needs Ray, which is not installed (pip install "ocqa[cluster]" or "ray[data]")'
)


@pytest.fixture(scope="module")
def two_workers() -> Iterator[None]:
    with workers(2):
        yield


def files_of(index: Path) -> dict[str, str]:
    """The hashes of what a build makes of its sources; the report holds the seconds it took."""
    folder = folders.current_folder(index)
    left_out = (folders.REPORT, folders.FACTS)
    return {n: r.sha256 for n, r in folders.record_files(folder).items() if n not in left_out}


def test_without_ray_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, world_sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    build = ["build", "--index", str(tmp_path / "index"), "--sources", str(world_sources)]
    assert main([*build, "--workers", "2"]) == 1
    assert 'hint: install it: pip install "ray[data]"' in capsys.readouterr().err
    assert folders.names(tmp_path / "index") == []


def test_a_cluster_needs_a_number_of_workers(tmp_path: Path, world_sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = ["build", "--index", str(tmp_path / "index"), "--sources", str(world_sources)]
    assert main([*build, "--cluster", "10.0.0.1:6379"]) == 1
    assert "--workers N" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*build, "--workers", "0"])


@needs_ray
def test_a_cluster_that_is_not_there_is_said_at_once(
    tmp_path: Path, world_sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
    build = ["build", "--index", str(tmp_path / "index"), "--sources", str(world_sources), "--workers", "2", "--cluster"]
    for wrong, why in ((address, "refused"), ("nowhere", "HOST:PORT"), ("127.0.0.1:99999", "Ray cannot be reached")):
        assert main([*build, wrong]) == 1
        told = capsys.readouterr().err
        assert f"Ray cannot be reached at {wrong}" in told and why in told and "hint: give the address" in told
    assert folders.names(tmp_path / "index") == []


@needs_ray
@pytest.mark.timeout(600)
def test_an_index_built_by_two_workers_has_the_bytes_of_one_built_by_one_process(
    tmp_path: Path,
    world_index: Path,
    world_sources: Path,
    encoder: SentenceTransformerEncoder,
    taxonomy: Taxonomy,
    two_workers: None,
) -> None:
    report = build_index(load_corpus([world_sources], taxonomy), tmp_path / "index", SpreadEncoder(encoder, 2), taxonomy)
    assert report.work.chunks_embedded == report.work.chunks > 0
    assert files_of(tmp_path / "index") == files_of(world_index)


@needs_ray
@pytest.mark.timeout(600)
def test_texts_of_any_length_come_back_each_once_with_their_tokens(
    encoder: SentenceTransformerEncoder, two_workers: None
) -> None:
    texts = [f"{'salt ' * (i % 9)}number {i}" for i in range(130)] + ["", "same", "same", "word " * 400]
    seen = []
    spread = SpreadEncoder(encoder, 2)
    found = dict(spread.encode_chunks(texts, lambda done, total: seen.append((done, total))))
    assert sorted(found) == list(range(len(texts)))
    assert seen == sorted(seen) and seen[-1] == (len(texts), len(texts)) and len(seen) > 1
    for at, encoded in encoder.encode_chunks(texts):
        for mine, theirs in (
            (found[at].vector, encoded.vector),
            (found[at].tokens, encoded.tokens),
            (found[at].spans, encoded.spans),
        ):
            assert (mine.dtype, mine.shape, mine.tobytes()) == (theirs.dtype, theirs.shape, theirs.tobytes())
    assert np.array_equal(spread.encode_passages(texts), encoder.encode_passages(texts))
    assert spread.encode_passages([]).shape == (0, encoder.spec.dimension) and not list(spread.encode_chunks([]))


class OfOtherBits:
    """The model of a machine that rounds otherwise."""

    def __init__(self, encoder: SentenceTransformerEncoder) -> None:
        self.spec, self.count_tokens = encoder.spec, encoder.count_tokens
        self._encoder = encoder

    def encode_passages(self, texts, progress=None):
        return np.nextafter(self._encoder.encode_passages(texts), np.float32(2))


@needs_ray
@pytest.mark.timeout(600)
def test_a_worker_that_computes_otherwise_embeds_nothing(encoder: SentenceTransformerEncoder, two_workers: None) -> None:
    with pytest.raises(ModelError, match="different bits"):
        SpreadEncoder(OfOtherBits(encoder), 2).encode_passages(["salt"])
    near = OfOtherBits(encoder)
    near.spec = replace(encoder.spec, weights_sha256="0" * 64)
    with pytest.raises(ModelError, match="weights"):
        SpreadEncoder(near, 2).encode_passages(["salt"])


@needs_ray
@pytest.mark.timeout(600)
def test_two_shards_in_two_processes_answer_as_one_index(
    tmp_path: Path,
    world: Snapshot,
    world_index: Path,
    world_sources: Path,
    encoder: SentenceTransformerEncoder,
    taxonomy: Taxonomy,
    two_workers: None,
) -> None:
    indexes = [Path(shutil.copytree(world_index, tmp_path / str(number))) for number in (1, 2)]
    for number, index in enumerate(indexes, start=1):
        build_index(share(load_corpus([world_sources], taxonomy), number, 2, taxonomy), index, encoder, taxonomy)
    shards = Shards([ShardProcess(index) for index in indexes], taxonomy)
    for question in (
        "Who sells the fuel upriver in Nigeria?",
        "Who runs the marble quarries of Chad?",
        "Where are rifles hidden?",
    ):
        one, many = ask(world, question), shards.ask(question)
        assert one.answered and (one.answer, one.passages[0].id) == (many.answer, many.passages[0].id)
    assert shards.ask("Chad human trafficking score 2021").result == ask(world, "Chad human trafficking score 2021").result


@needs_ray
@pytest.mark.timeout(600)
def test_an_index_that_is_not_there_is_said_by_its_process(tmp_path: Path, two_workers: None) -> None:
    with pytest.raises(IndexMissing, match="there is no index") as raised:
        ShardProcess(tmp_path / "nowhere")
    assert raised.value.hint == "build one: ocqa build"


def test_files_differ_between_indexes_of_different_texts(world_index: Path, shipped_index: Path) -> None:
    """What the comparison of bytes above rests on."""
    own, other = files_of(world_index), files_of(shipped_index)
    assert folders.CHUNKS in own and own[folders.CHUNKS] != other[folders.CHUNKS]
    assert (
        own[folders.PASSAGES] == hashlib.sha256((folders.current_folder(world_index) / folders.PASSAGES).read_bytes()).hexdigest()
    )
