"""What a run leaves on the disk: checked, recorded, not asked for again, and never over what a person put there."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from fault_server import (
    ROBOTS,
    WORKBOOK,
    Act,
    FaultServer,
    address_of,
    files_below,
    html,
    profile,
    status,
    whole,
)
from fetching import Time, run
from hypothesis import strategies as st
from world import full_sheet, page, workbook

from corpus.addresses import country_slug
from corpus.errors import OcqaError
from corpus.fetch.journal import JOURNAL, append, read_journal
from corpus.fetch.partial import PARTIAL, only_one
from corpus.fetch.run import ASIDE, Outcome
from corpus.pages import read_page
from corpus.pagetext import read_page_text
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy

CHAD = address_of("Chad", 2021)
DAY = 24 * 3600.0


def test_a_run_leaves_what_a_build_reads_with_its_edition_and_address(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    for country in ("Chad", "Niger", "Nigeria"):
        server.on(address_of(country, 2023), whole(profile(country, 2023, taxonomy)))
    server.on(WORKBOOK, whole(workbook({"2021_dataset": full_sheet(2021, taxonomy)})))
    items = run(server, sources, time, "Chad", "NER", "Nigeria", editions=[2023], workbook=True)
    assert [i.outcome for i in items] == [Outcome.FETCHED] * 4
    assert files_below(sources) == ["2023/chad.html", "2023/niger.html", "2023/nigeria.html", "workbook/global_oc_index.xlsx"]
    corpus = load_corpus([sources], taxonomy)
    assert (corpus.problems, len(corpus.sources)) == ((), 4)
    assert [(p.country, p.edition, p.url) for p in corpus.profiles] == [
        ("NER", 2023, "https://ocindex.net/2023/country/niger"),
        ("NGA", 2023, "https://ocindex.net/2023/country/nigeria"),
        ("TCD", 2023, "https://ocindex.net/2023/country/chad"),
    ]


@pytest.mark.parametrize(
    "what, words",
    [
        ("another country", "Niger"),
        ("another edition", "2021"),
        ("a check for browsers", "not a profile page"),
        ("nothing", "empty"),
        ("a picture", "not text"),
    ],
)
def test_what_is_not_the_page_is_kept_aside_and_the_old_file_stays(
    what: str, words: str, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy, chad: bytes
) -> None:
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    time.at += 2 * DAY
    body = {
        "another country": profile("Niger", 2021, taxonomy),
        "another edition": profile("Chad", 2023, taxonomy),
        "a check for browsers": html("Please switch on scripts to go on."),
        "nothing": b"",
        "a picture": b"\x89PNG\x00\x00",
    }[what]
    server.on(CHAD, whole(body))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FAILED
    assert words in item.reason and "ocqa import" in item.hint
    assert files_below(sources) == ["2021/chad.html"]
    assert (sources / "2021" / "chad.html").read_bytes() == chad
    (aside,) = (sources / ASIDE).iterdir()
    assert aside.read_bytes() == body
    assert str(aside) in item.hint
    assert read_journal(sources).last[server.base + CHAD].file == aside.relative_to(sources).as_posix()
    assert not list((sources / PARTIAL).glob("*.part*"))


def test_after_a_bad_answer_the_page_is_not_thought_unchanged(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    shop = html("hats")
    server.on(CHAD, whole(shop))
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FAILED]
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FAILED]
    server.on(CHAD, whole(chad))
    assert [i.outcome for i in run(server, sources, time, "Chad")] == [Outcome.FETCHED]


def test_a_workbook_is_checked_and_told_apart_from_the_known_one(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    server.on(WORKBOOK, whole(workbook({"2021_dataset": full_sheet(2021, taxonomy)})))
    (item,) = run(server, sources, time, workbook=True)
    assert item.outcome is Outcome.FETCHED and "new to this program" in item.reason
    time.at += 2 * DAY
    server.on(WORKBOOK, whole(workbook({"Sheet1": [["hats"]]})))
    (item,) = run(server, sources, time, workbook=True)
    assert item.outcome is Outcome.FAILED and "2021_dataset" in item.reason


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


@pytest.mark.parametrize("name", ["chad.txt", "chad.html", "Chad.htm"])
def test_a_file_that_a_person_put_there_is_left_alone(
    name: str, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    (sources / "2021").mkdir(parents=True)
    (sources / "2021" / name).write_text(page("Chad", 2021, taxonomy))
    (item,) = run(server, sources, time, "Chad")
    assert (item.outcome, item.file) == (Outcome.KEPT, f"2021/{name}")
    assert "left as it is" in item.reason
    assert server.asked == []


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


@pytest.mark.parametrize("first", [status(404), status(410), whole(html("There is no such page."))], ids=["404", "410", "200"])
def test_names_of_several_words_are_tried_with_hyphens_too(
    first: Act, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    server.on("/2021/country/united_kingdom", first)
    uk = page("Chad", 2021, taxonomy).replace("Chad", "United Kingdom")
    server.on("/2021/country/united-kingdom", whole(html(uk)))
    (item,) = run(server, sources, time, "UK")
    assert (item.outcome, item.file) == (Outcome.FETCHED, "2021/united-kingdom.html")
    (uk_profile,) = load_corpus([sources], taxonomy).profiles
    assert uk_profile.url == "https://ocindex.net/2021/country/united-kingdom"
    time.at += 2 * DAY
    run(server, sources, time, "UK")
    assert server.paths()[2:] == ["/2021/country/united-kingdom"]


def test_a_page_whose_address_moved_stays_one_file(server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy) -> None:
    uk = html(page("Chad", 2021, taxonomy).replace("Chad", "United Kingdom"))
    server.on("/2021/country/united_kingdom", whole(uk), status(404))
    server.on("/2021/country/united-kingdom", whole(uk.replace(b"Heron", b"Egret")))
    for _ in range(2):
        assert run(server, sources, time, "UK")[0].outcome is Outcome.FETCHED
        time.at += 2 * DAY
    assert files_below(sources) == ["2021/united_kingdom.html"]


def test_a_page_that_is_nowhere_says_where_it_was_looked_for(server: FaultServer, sources: Path, time: Time) -> None:
    (item,) = run(server, sources, time, "UK")
    assert item.reason.count("HTTP 404") == 2
    assert "united_kingdom" in item.reason and "united-kingdom" in item.reason


def test_what_the_reader_remarks_is_said(server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy) -> None:
    odd = page("Chad", 2021, taxonomy, scores={"cocaine_trade": 9.0})
    server.on(CHAD, whole(html(odd)))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED and "remarks" in item.reason


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
    assert "make room" in caught.value.hint
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


HEADER = st.sampled_from(
    [
        b"Content-Length: 5000000000", b"Content-Length: -1", b"Content-Length: 3", b"Content-Length: x", b"Content-Length: 3, 4",
        b"Transfer-Encoding: chunked", b"Content-Range: bytes 0-2/3", b"ETag: \"a\"", b"ETag: \xff\r\n folded", b"Location: \xff",
        b"Last-Modified: never", b"Retry-After: 99999999999999999999", b"Content-Encoding: br", b": no name", b"no colon",
    ]
)  # fmt: skip


def test_pages_and_workbook_of_the_index_come_through_as_they_are(
    shared: Path, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    names = ["chad", "congo_rep", "korea_dpr", "united_arab_emirates", "micronesia_federated_states_of"]
    for name in names:
        text = (shared / "pages-dev" / "2023" / f"{name}.txt").read_text(encoding="utf-8")
        server.on(f"/2023/country/{name}", whole(html(text)))
    server.on(WORKBOOK, whole((shared / "workbook" / "global_oc_index.xlsx").read_bytes()))
    codes = ["TCD", "COG", "PRK", "ARE", "FSM"]
    items = run(server, sources, time, *codes, editions=[2023], workbook=True)
    assert [i.outcome for i in items] == [Outcome.FETCHED] * 6
    assert items[0].reason == "the workbook of the 2025 release"
    got = load_corpus([sources], taxonomy)
    assert (got.problems, len(got.profiles), len(got.scores)) == ((), 5, 193 * (30 + 36 + 36))
    for came in got.profiles:
        name = f"2023/{country_slug(taxonomy.countries[came.country])}.txt"
        plain = read_page(read_page_text((shared / "pages-dev" / name).read_bytes()), name, taxonomy).profile
        assert plain is not None
        assert (came.sections, came.scores, came.url) == (plain.sections, plain.scores, plain.url)
