"""Builds that are killed, run out of disk, or meet each other: readers get the old answers or the new ones, whole."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import Nursery, Place

from corpus.errors import BuildLocked
from corpus.taxonomy import Taxonomy
from index.encoders.sentence_transformer import SentenceTransformerEncoder

KILLS = int(os.environ.get("OCQA_KILLS", "30"))
NOBODY = 65534


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
    killed = tried = 0
    # A build that was done before its moment came does not count.
    while killed < KILLS and tried < 10 * KILLS:
        tried += 1
        if current == place.guild:
            place.turn()
        pid = nursery.begin(sources=place.sources, index=place.index)
        time.sleep(generator.uniform(0, whole))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        signalled, _ = nursery.end()
        killed += signalled == signal.SIGKILL
        published = place.weigher()
        assert published in (current, place.guild)
        current = published
    assert killed == KILLS
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
    small_disk: Path, begun_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy, nursery: Nursery
) -> None:
    place = Place(small_disk, begun_index, encoder, taxonomy)
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
