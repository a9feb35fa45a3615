"""A body under way: continued, begun anew, refused where it is too large or lies; never a file before it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_server import (
    FaultServer,
    address_of,
    cut,
    endless,
    fault_server,
    files_below,
    raw,
    status,
    whole,
)
from fetching import Time, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.fetch.run import Outcome

CHAD = address_of("Chad", 2021)
DAY = 24 * 3600.0


def test_a_body_that_breaks_off_is_continued_where_it_stopped(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, cut(chad, 1000), whole(chad))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == chad
    again = server.asked[-1].headers
    assert again["range"] == "bytes=1000-" and again["if-range"].startswith('"')


@pytest.mark.parametrize(
    "first, second, asked",
    [
        ({"etag": ""}, {}, None),
        ({"etag": 'W/"weak"'}, {"etag": 'W/"weak"'}, None),
        ({}, {"ranges": False}, "bytes=1000-"),
    ],
    ids=["no entity tag", "weak entity tag", "no ranges"],
)
def test_where_a_body_cannot_be_continued_it_is_begun_anew(
    first: dict, second: dict, asked: str | None, server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, cut(chad, 1000, **first), whole(chad, **second))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert server.asked[-1].headers.get("range") == asked
    assert (sources / "2021" / "chad.html").read_bytes() == chad


@pytest.mark.parametrize("honest", [True, False], ids=["whole answer", "part of the new one"])
def test_a_body_that_changes_while_it_comes_is_begun_anew(
    honest: bool, server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    new = chad.replace(b"ENACT", b"OTHER")
    assert new[:1000] != chad[:1000]
    part = status(206, new[1000:], ETag='"new"', Content_Range=f"bytes 1000-{len(new) - 1}/{len(new)}")
    server.on(CHAD, cut(chad, 1000), *([] if honest else [part]), whole(new))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == new


@pytest.mark.parametrize(
    "span", ["bytes 0-9/10", "bytes 1001-1009/1010", "bytes */1000", "nonsense", "bytes 1000-1001/99999999999999999999"]
)
def test_a_part_that_does_not_fit_is_never_joined(span: str, server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, cut(chad, 1000, '"a"'), status(206, b"0123456789", ETag='"a"', Content_Range=span), whole(chad))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == chad


def test_a_site_that_sends_short_parts_is_asked_for_the_next(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    part = status(206, chad[1000:1500], ETag='"a"', Content_Range=f"bytes 1000-1499/{len(chad)}")
    server.on(CHAD, cut(chad, 1000, '"a"'), part, whole(chad, '"a"'))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == chad
    assert server.asked[-1].headers["range"] == "bytes=1500-"


def test_what_came_from_one_address_is_not_continued_from_another(
    server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, cut(chad, 1000, '"a"'), status(429, Retry_After="7200"))
    run(server, sources, time, "Chad")
    new = chad.replace(b"ENACT", b"OTHER")
    with fault_server() as other:
        other.on(CHAD, whole(new, '"a"'))
        assert run(other, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == new


def test_a_body_that_always_breaks_off_is_never_a_file(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, cut(chad, len(chad) - 1, etag=""))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FAILED
    assert files_below(sources) == []


def test_a_silent_connection_is_given_up(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, cut(chad, 500, stall=True), whole(chad))
    assert run(server, sources, time, "Chad", timeout=0.1)[0].outcome is Outcome.FETCHED
    assert server.asked[-1].headers["range"] == "bytes=500-"


def test_a_trickle_is_given_up(server: FaultServer, sources: Path, chad: bytes) -> None:
    server.on(CHAD, whole(chad))
    (item,) = run(server, sources, Time(step=700.0), "Chad")
    assert item.outcome is Outcome.FAILED and "longer than 10 minutes" in item.reason


@pytest.mark.parametrize("announced", [5 * 2**30, None], ids=["5 GB announced", "nothing announced"])
def test_a_body_without_end_fills_neither_memory_nor_disk(
    announced: int | None, server: FaultServer, sources: Path, time: Time
) -> None:
    server.on(CHAD, endless(announced))
    (item,) = run(server, sources, time, "Chad")
    assert "larger than the 8 MB" in item.reason
    assert server.paths() == [CHAD]
    assert sum(p.stat().st_size for p in sources.rglob("*") if p.is_file()) < 1000


def test_a_body_announced_too_large_is_not_even_begun(server: FaultServer, sources: Path, time: Time) -> None:
    server.on(CHAD, raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5368709120\r\n\r\n"))
    assert "larger than" in run(server, sources, time, "Chad")[0].reason
    assert server.paths() == [CHAD]


def test_a_part_that_announces_too_much_is_refused(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    huge = status(206, b"x", ETag='"a"', Content_Range=f"bytes 1000-{5 * 2**30}/{5 * 2**30 + 1}")
    server.on(CHAD, cut(chad, 1000, '"a"'), huge)
    assert "larger than" in run(server, sources, time, "Chad")[0].reason


def test_a_page_without_a_length_counts_only_with_its_end(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    server.on(CHAD, raw(head + chad[: len(chad) - 200]))
    assert "no end" in run(server, sources, time, "Chad")[0].reason
    server.on(CHAD, raw(head + chad))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED


def test_packed_bodies_that_were_not_asked_for_are_refused(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(CHAD, status(200, chad, Content_Encoding="gzip"))
    assert "compresses" in run(server, sources, time, "Chad")[0].reason
    assert server.asked[-1].headers["accept-encoding"] == "identity"


HEADER = st.sampled_from(
    [
        b"Content-Length: 5000000000", b"Content-Length: -1", b"Content-Length: 3", b"Content-Length: x", b"Content-Length: 3, 4",
        b"Transfer-Encoding: chunked", b"Content-Range: bytes 0-2/3", b"ETag: \"a\"", b"ETag: \xff\r\n folded", b"Location: \xff",
        b"Last-Modified: never", b"Retry-After: 99999999999999999999", b"Content-Encoding: br", b": no name", b"no colon",
    ]
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    code=st.sampled_from([b"200", b"206", b"301", b"304", b"416", b"429", b"500", b"999", b"20", b"-1"]),
    headers=st.lists(HEADER, max_size=4),
    body=st.one_of(st.binary(max_size=50), st.sampled_from([b"-5\r\nabc", b"ffffffffffff\r\nabc", b"zz\r\n", b"0\r\n\r\n"])),
)
def test_lying_answers_are_failures_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, code: bytes, headers: list[bytes], body: bytes
) -> None:
    sources = tmp_path_factory.mktemp("lies")
    with fault_server() as server:
        server.on(CHAD, raw(b"\r\n".join([b"HTTP/1.1 " + code + b" x", *headers, b"", body])))
        for _ in range(2):
            (item,) = run(server, sources, Time(), "Chad")
            assert item.outcome is Outcome.FAILED and item.reason
    assert files_below(sources) == []
