"""A long-running reader follows the published build."""

from __future__ import annotations

from pathlib import Path

from desk import Desk, edited

from index.answers.answer import ask
from index.generations import folders
from index.generations.follower import Published


def test_a_reader_follows_the_published_build_and_closes_the_old_one(desk: Desk) -> None:
    import gc
    import weakref

    reader = Published(desk.index, lambda spec: desk.encoder)
    given = [weakref.ref(reader.snapshot())]
    held = reader.snapshot()
    files = []
    for number in range(10):
        desk.write("Niger", 2021, {"People": (f"Guide number {number} knows the dunes.",)})
        built = desk.build()
        assert reader.snapshot().manifest.name == built.name
        assert f"number {number}" in ask(reader.snapshot(), "Who knows the dunes in Niger?").answer
        given.append(weakref.ref(reader.snapshot()))
        gc.collect()
        files.append(len(list(Path("/proc/self/fd").iterdir())))
    # The first is held here, the last by the reader; the eight between are gone, and with them their files.
    assert [ref() is not None for ref in given] == [True, *[False] * 9, True]
    assert files[-1] <= files[1]
    assert ask(held, "Who digs salt in Niger?").answered
    assert reader.snapshot().encoder is held.encoder


def test_a_reader_keeps_answering_if_the_next_build_is_damaged(desk: Desk) -> None:
    reader = Published(desk.index, lambda spec: desk.encoder)
    first = reader.snapshot()
    desk.write("Niger", 2021, edited())
    folder = folders.current_folder(desk.index).parent / desk.build().name
    (folder / "facts.duckdb").unlink()
    after = reader.snapshot()
    assert after.manifest.name == first.manifest.name
    assert "facts.duckdb" in after.warning
    assert after.warning in ask(after, "Who digs salt in Niger?").notes
