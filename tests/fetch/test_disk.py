"""Downloads on the disk: flushed in order, continued after a crash, never half a file."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from fault_server import (
    FaultServer,
    address_of,
    files_below,
    whole,
)
from fetching import Time, run

from corpus.errors import OcqaError
from corpus.fetch.journal import read_journal
from corpus.fetch.partial import PARTIAL, only_one
from corpus.fetch.run import Outcome

CHAD = address_of("Chad", 2021)


def test_a_run_that_died_between_record_and_file_is_made_good(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    (sources / "2021" / "chad.html").rename(sources / PARTIAL / "2021-chad.html.part")
    record = read_journal(sources).last[server.base + CHAD]
    note = {"address": record.url, "etag": record.etag, "last_modified": ""}
    (sources / PARTIAL / "2021-chad.html.json").write_text(json.dumps(note))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == chad


def test_a_full_disk_is_said_and_leaves_no_file(
    server: FaultServer, sources: Path, time: Time, chad: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    server.on(CHAD, whole(chad))
    with monkeypatch.context() as patched:
        patched.setattr("corpus.fetch.partial.os.write", full)
        with pytest.raises(OcqaError, match="No space left") as caught:
            run(server, sources, time, "Chad")
    assert "free space" in caught.value.hint
    assert files_below(sources) == []
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED


def test_a_folder_that_cannot_be_written_is_said(server: FaultServer, tmp_path: Path, time: Time) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OcqaError, match="cannot be read or written"):
        run(server, tmp_path / "file" / "sources", time, "Chad")
    assert server.asked == []


def test_a_page_is_on_the_disk_before_it_takes_the_place_of_another(
    server: FaultServer, sources: Path, time: Time, chad: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    flush, move = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda stream: (events.append("flush"), flush(stream))[1])
    monkeypatch.setattr(Path, "replace", lambda old, new: (events.append("move"), move(old, new))[1])
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    assert events == ["flush", "flush", "flush", "move", "flush"], "the mark, the record, the page, its place, the folder"
    assert not list((sources / PARTIAL).glob("*.part*"))


def test_two_runs_into_one_folder_do_not_mix(server: FaultServer, sources: Path, time: Time) -> None:
    with only_one(sources), pytest.raises(OcqaError, match="another ocqa fetch"):
        run(server, sources, time, "Chad")
