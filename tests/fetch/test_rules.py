"""The rules of downloading that need no server: addresses, waits, what is asked for, and the record of downloads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QuestionError
from corpus.fetch.base import parse_base
from corpus.fetch.failures import Refused
from corpus.fetch.journal import JOURNAL, Record, append, parse_journal, read_journal
from corpus.fetch.patience import backoff, retry_after
from corpus.fetch.robots import parse_robots
from corpus.fetch.targets import country_named, plan
from corpus.records import SourceKind
from corpus.taxonomy import Taxonomy

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://ocindex.net"


@pytest.mark.parametrize(
    "text",
    ["", "ocindex.net", "http://ocindex.net", "ftp://ocindex.net", "https://", "https://a:b@ocindex.net", "https://ocindex.net?x=1",
     "https://ocindex.net:port", "http://localhost.example", "http://127.0.0.1.example", "https://[", "file:///etc"],
)  # fmt: skip
def test_only_https_is_a_base_address(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        parse_base(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8000", "http://localhost:8000/", "http://[::1]:8000/sub", "https://ocindex.net/"]
)
def test_plain_http_is_for_this_machine(text: str) -> None:
    base = parse_base(text)
    assert base.loopback is (base.scheme == "http")
    assert not base.address.endswith("/")


@given(st.text() | st.from_regex(r"(https?:)?//[a-z@:0-9.\[\]]*(/.*)?", fullmatch=True))
def test_no_redirect_leads_off_the_host(location: str) -> None:
    base = parse_base(BASE)
    try:
        followed = urlsplit(base.follow(f"{BASE}/2021/country/chad", location))
    except Refused:
        return
    assert (followed.scheme, followed.hostname, followed.port or 443, followed.username) == ("https", "ocindex.net", 443, None)


@given(st.text(max_size=40) | st.datetimes(timezones=st.just(UTC)).map(format_datetime) | st.integers().map(str))
def test_any_retry_after_is_a_wait_or_nothing(text: str) -> None:
    wait = retry_after(text, NOW)
    assert wait is None or wait >= 0


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert retry_after("120", NOW) == 120
    assert retry_after(format_datetime(NOW + timedelta(seconds=90)), NOW) == 90
    assert retry_after(format_datetime(NOW - timedelta(seconds=90)), NOW) == 0
    assert retry_after(None, NOW) is None


def test_waits_double_up_to_a_minute_with_up_to_half_more_by_chance() -> None:
    assert [backoff(n, 0.0) for n in (1, 2, 3, 9)] == [2, 4, 8, 60]
    assert backoff(1, 1.0) == 3


@given(st.binary(max_size=200))
def test_any_robots_txt_is_read(data: bytes) -> None:
    assert parse_robots(b"User-agent: *\nDisallow: /private\n" + data).delay >= 0


def test_a_plain_call_asks_for_every_country_in_the_latest_edition(taxonomy: Taxonomy) -> None:
    targets = plan((), (), workbook=False, base=BASE, taxonomy=taxonomy)
    assert {t.edition for t in targets} == {taxonomy.editions[-1]}
    assert [t.country for t in targets] == list(taxonomy.countries)
    assert len({place.file for t in targets for place in t.places}) == sum(len(t.places) for t in targets)


def test_the_workbook_comes_alone_unless_pages_are_named(taxonomy: Taxonomy) -> None:
    (alone,) = plan((), (), workbook=True, base=BASE, taxonomy=taxonomy)
    assert (alone.kind, alone.places[0].address) == (SourceKind.WORKBOOK, f"{BASE}/assets/downloads/global_oc_index.xlsx")
    both = plan(("Peru", "peru", "PER"), (2021, 2023), workbook=True, base=BASE, taxonomy=taxonomy)
    assert [t.what for t in both] == ["the workbook", "Peru 2021", "Peru 2023"]
    assert both[1].places[0].address == f"{BASE}/2021/country/peru"


def test_every_file_is_read_as_the_country_it_is_named_for(taxonomy: Taxonomy) -> None:
    for target in plan((), (), workbook=False, base=BASE, taxonomy=taxonomy):
        assert {taxonomy.country_of_label(Path(place.file).stem) for place in target.places} == {target.country}


@pytest.mark.parametrize(
    "text, code",
    [("Peru", "PER"), ("per", "PER"), ("pe", "PER"), ("DRC", "COD"), ("Ivory Coast", "CIV"), ("côte d'ivoire", "CIV"), 
     ("UK", "GBR"), ("gb", "GBR"), (" us ", "USA"), ("North Korea", "PRK")],
)  # fmt: skip
def test_countries_are_named_as_people_name_them(text: str, code: str, taxonomy: Taxonomy) -> None:
    assert country_named(text, taxonomy) == code


@pytest.mark.parametrize(
    "text, words",
    [
        ("Perru", "Peru"),
        ("Congo", "Democratic Republic of the Congo"),
        ("Kosovo", "no profile"),
        ("", "nearest"),
        ("谁", "nearest"),
    ],
)
def test_a_country_that_is_none_is_answered_with_the_nearest(text: str, words: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(QuestionError) as caught:
        country_named(text, taxonomy)
    assert words in caught.value.message + caught.value.hint


def test_an_edition_that_is_none_is_a_wrong_call(taxonomy: Taxonomy) -> None:
    with pytest.raises(QuestionError, match="2022") as caught:
        plan((), (2022,), workbook=False, base=BASE, taxonomy=taxonomy)
    assert "2021, 2023, 2025" in caught.value.hint


RECORDS = st.builds(
    Record, url=st.text(), time=st.text(), status=st.integers(), file=st.text(), sha256=st.text(), size=st.integers(),
    etag=st.text(), last_modified=st.text(),
)  # fmt: skip


@settings(max_examples=25)
@given(records=st.lists(RECORDS, max_size=4), torn=st.integers(min_value=0, max_value=400), new=RECORDS)
def test_a_journal_that_was_torn_keeps_every_whole_line(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], torn: int, new: Record
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    for record in records:
        append(folder, record)
    path = folder / JOURNAL
    data = path.read_bytes() if records else b""
    kept = data[: max(len(data) - torn, 0)]
    path.write_bytes(kept)
    append(folder, new)
    whole = kept.count(b"\n")
    # A line that lost its end but no sign of its own is whole as well.
    read = parse_journal(path.read_bytes())
    assert read[-1] == new
    assert read[:-1] in (tuple(records[:whole]), tuple(records[: whole + 1]))


@settings(max_examples=25)
@given(st.binary(max_size=300), RECORDS)
def test_whatever_stands_in_a_journal_the_next_line_is_read(
    tmp_path_factory: pytest.TempPathFactory, garbage: bytes, new: Record
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    (folder / JOURNAL).write_bytes(garbage)
    append(folder, new)
    assert read_journal(folder).last[new.url] == new
    assert (folder / JOURNAL).read_bytes().startswith(garbage)


@pytest.mark.parametrize("line", [b"[]", b"null", b"1", b'{"url": "x"}', b"[" * 9999, b"\xff", b'{"url": 1, "time": null}'])
def test_a_line_that_is_no_record_is_passed_over(line: bytes) -> None:
    assert parse_journal(line) == ()


def test_the_last_line_of_an_address_counts(tmp_path: Path) -> None:
    for etag in ('"a"', '"b"'):
        append(tmp_path, Record("u", "t", 200, "f", etag, 1, etag, ""))
    journal = read_journal(tmp_path)
    assert journal.last["u"].etag == '"b"'
    assert journal.written == {("f", '"a"'), ("f", '"b"')}
