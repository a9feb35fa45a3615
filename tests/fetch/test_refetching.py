"""What a later run asks for again: what failed, what changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fault_server import (
    ROBOTS,
    FaultServer,
    address_of,
    html,
    profile,
    status,
    whole,
)
from fetching import Time, run

from corpus.fetch.journal import JOURNAL, append, read_journal
from corpus.fetch.run import Outcome
from corpus.taxonomy import Taxonomy

CHAD = address_of("Chad", 2021)
DAY = 24 * 3600.0


def test_after_a_bad_answer_the_page_is_not_thought_unchanged(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    shop = html("hats")
    server.on(CHAD, whole(shop))
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FAILED]
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FAILED]
    server.on(CHAD, whole(chad))
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FETCHED]


def test_a_run_in_which_something_failed_is_gone_on_with_for_a_day(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy, chad: bytes
) -> None:
    niger = address_of("Niger", 2021)
    server.on(CHAD, whole(chad))
    server.on(niger, status(404))
    assert [i.outcome for i in run(server, sources, time, "Chad", "Niger")] == [Outcome.FETCHED, Outcome.FAILED]
    server.on(niger, whole(profile("Niger", 2021, taxonomy)))
    asked = len(server.asked)
    assert [i.outcome for i in run(server, sources, time, "Chad", "Niger")] == [Outcome.RECENT, Outcome.FETCHED]
    assert [r.path for r in server.asked[asked:]] == [ROBOTS, niger]
    # All is there now: the next run is a new one, and asks whether anything has changed.
    time.at += 60
    assert [i.outcome for i in run(server, sources, time, "Chad", "Niger")] == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_a_run_that_broke_off_more_than_a_day_ago_is_begun_anew(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, whole(chad))
    server.on(address_of("Niger", 2021), status(404))
    run(server, sources, time, "Chad", "Niger")
    time.at += DAY
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("etag, modified", [(None, ""), ("", "Thu, 01 Jan 2026 00:00:00 GMT")], ids=["ETag", "date"])
def test_an_unchanged_page_is_not_sent_again(
    etag: str | None, modified: str, server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, whole(chad, etag, modified=modified))
    run(server, sources, time, "Chad")
    time.at += 2 * DAY
    if modified:
        server.on(CHAD, lambda handler: handler.reply(304 if handler.headers["If-Modified-Since"] == modified else 500))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.UNCHANGED
    (last,) = read_journal(sources).last.values()
    assert (last.status, last.time, last.size) == (304, "2026-01-03T00:00:04+00:00", len(chad))


def test_the_same_page_sent_again_is_unchanged_and_a_new_one_takes_its_place(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    new = chad.replace(b"Heron", b"Egret")
    outcomes = []
    for body in (chad, chad, new):
        server.on(CHAD, whole(body, etag=""))
        outcomes += [i.outcome for i in run(server, sources, time, "Chad")]
        time.at += 2 * DAY
    assert outcomes == [Outcome.FETCHED, Outcome.UNCHANGED, Outcome.FETCHED]
    assert (sources / "2021" / "chad.html").read_bytes() == new
    assert len((sources / JOURNAL).read_bytes().splitlines()) == 3


def test_a_304_that_nobody_asked_for_is_not_believed(server: FaultServer, sources: Path, time: Time) -> None:
    server.on(CHAD, status(304))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FAILED


def test_a_record_from_the_future_is_not_fresh(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, whole(chad))
    time.at += DAY
    run(server, sources, time, "Chad")
    time.at -= DAY
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.UNCHANGED


def test_an_older_download_that_was_put_back_is_not_taken_for_the_last(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    new = chad.replace(b"Heron", b"Egret")
    for body in (chad, new):
        server.on(CHAD, whole(body))
        run(server, sources, time, "Chad")
        time.at += 2 * DAY
    (sources / "2021" / "chad.html").write_bytes(chad)
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == new


def test_validators_that_cannot_be_sent_are_left_out(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    (record,) = read_journal(sources).last.values()
    append(sources, replace(record, etag='"→"', last_modified="a\r\nX-Evil: 1"))
    time.at += 2 * DAY
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.UNCHANGED
    assert not {"if-none-match", "if-modified-since", "x-evil"} & server.asked[-1].headers.keys()


def test_a_page_that_was_removed_is_fetched_whole(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    (sources / "2021" / "chad.html").unlink()
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED
    assert "if-none-match" not in server.asked[-1].headers
