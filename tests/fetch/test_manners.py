"""Downloads as a guest: one request at a time, robots.txt, delays, redirects, and leaving a site alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from fault_server import (
    ROBOTS,
    Act,
    FaultServer,
    address_of,
    broken,
    files_below,
    profile,
    raw,
    status,
    whole,
)
from fetching import Time, run

from corpus.fetch.run import Outcome
from corpus.taxonomy import Taxonomy

CHAD = address_of("Chad", 2021)
DAY = 24 * 3600.0


def test_one_request_at_a_time_with_a_delay_between_and_an_honest_name(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    for country in ("Chad", "Niger"):
        server.on(address_of(country, 2021), whole(profile(country, 2021, taxonomy)))
    run(server, sources, time, "Chad", "Niger")
    assert server.most_at_once == 1
    assert [r.path for r in server.asked] == [ROBOTS, CHAD, address_of("Niger", 2021)]
    assert time.waits == [2.0, 2.0]
    assert {r.headers["user-agent"] for r in server.asked} == {"ocqa/test"}


@pytest.mark.parametrize(
    "rules, delay",
    [
        (b"User-agent: *\nCrawl-delay: 7", 7.0),
        (b"User-agent: ocqa\nCrawl-delay: 9\n\nUser-agent: *\nCrawl-delay: 1", 9.0),
        (b"User-agent: *\nRequest-rate: 1/30", 30.0),
        (b"User-agent: *\nCrawl-delay: 0.5", 2.0),
        (b"<html>\x00\xff no rules at all", 2.0),
    ],
)
def test_robots_may_lengthen_the_delay_and_never_shorten_it(
    rules: bytes, delay: float, server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(ROBOTS, status(200, rules))
    server.on(CHAD, whole(chad))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert time.waits == [delay]


def test_what_robots_forbids_is_not_asked_for(server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy) -> None:
    server.on(ROBOTS, status(200, b"User-agent: *\nDisallow: /2021/*/chad"))
    server.on(address_of("Niger", 2021), whole(profile("Niger", 2021, taxonomy)))
    forbidden, fetched = run(server, sources, time, "Chad", "Niger")
    assert server.paths() == [address_of("Niger", 2021)]
    assert "robots.txt" in forbidden.reason and "ocqa import" in forbidden.hint
    assert fetched.outcome is Outcome.FETCHED


@pytest.mark.parametrize(
    "act", [status(500), status(503), status(429), status(403), broken], ids=["500", "503", "429", "403", "broken"]
)
def test_without_robots_nothing_is_asked_for(act: Act, server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(ROBOTS, act)
    server.on(CHAD, whole(chad))
    items = run(server, sources, time, "Chad", "Niger")
    assert server.paths() == []
    assert [i.outcome for i in items] == [Outcome.FAILED] * 2
    assert all(("robots.txt" in i.reason or "no connection" in i.reason) and i.hint for i in items)


def test_a_redirect_does_not_lead_around_robots(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    server.on(ROBOTS, status(200, b"User-agent: *\nDisallow: /private"))
    server.on(CHAD, status(301, Location="/private/chad"))
    server.on("/private/chad", whole(chad))
    (item,) = run(server, sources, time, "Chad")
    assert (item.outcome, server.paths()) == (Outcome.FAILED, [CHAD])


@pytest.mark.parametrize(
    "fault, wait",
    [
        (status(500), 2.0),
        (status(502), 2.0),
        (status(429, Retry_After="17"), 17.0),
        (status(503, Retry_After="Thu, 01 Jan 2026 00:01:02 GMT"), 60.0),
        (status(429, Retry_After="soon"), 2.0),
        (status(429, Retry_After="-5"), 2.0),
        (broken, 2.0),
        (raw(b"nonsense\r\n\r\n"), 2.0),
    ],
)
def test_a_passing_fault_is_waited_out(
    fault: Act, wait: float, server: FaultServer, sources: Path, time: Time, chad: bytes
) -> None:
    server.on(CHAD, fault, whole(chad))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED
    assert (sources / "2021" / "chad.html").read_bytes() == chad
    assert time.waits == [2.0, wait]


def test_after_five_attempts_an_address_is_given_up_with_longer_waits_between(
    server: FaultServer, sources: Path, time: Time
) -> None:
    server.on(CHAD, status(500))
    (item,) = run(server, sources, time, "Chad")
    assert server.paths() == [CHAD] * 5
    assert time.waits == [2.0, 2.0, 4.0, 8.0, 16.0]
    assert "HTTP 500" in item.reason and "again" in item.hint
    assert files_below(sources) == []


def test_who_asks_for_a_long_wait_is_left_alone(server: FaultServer, sources: Path, time: Time) -> None:
    server.on(CHAD, status(429, Retry_After="7200"))
    items = run(server, sources, time, "Chad", "Niger", "Nigeria")
    assert server.paths() == [CHAD]
    assert all(i.outcome is Outcome.FAILED and "120 minutes" in i.reason for i in items)


def test_after_five_failures_in_a_row_the_rest_is_not_asked(server: FaultServer, sources: Path, time: Time) -> None:
    countries = ["Chad", "Niger", "Nigeria", "Mali", "Togo", "Benin", "Ghana"]
    for country in countries:
        server.on(address_of(country, 2021), status(403))
    items = run(server, sources, time, *countries)
    assert server.paths() == [address_of(c, 2021) for c in countries[:5]]
    assert [i.outcome for i in items] == [Outcome.FAILED] * 7
    assert "browser" in items[0].hint and "no more were tried" in items[6].reason


def test_five_redirects_are_followed(server: FaultServer, sources: Path, time: Time, chad: bytes) -> None:
    steps = [CHAD, "/1", "/2", "/3", "/4", "/5"]
    for here, there in pairwise(steps):
        server.on(here, status(302, Location=there))
    server.on("/5", whole(chad))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED
    assert time.waits == [2.0] * 6


@pytest.mark.parametrize(
    "location",
    [
        "http://198.51.100.7/2021/country/chad",
        "//elsewhere.example/2021/country/chad",
        "http://127.0.0.1:1/2021/country/chad",
        "https://127.0.0.1/2021/country/chad",
        "ftp://127.0.0.1/x",
        "file:///etc/hostname",
        "http://user:word@127.0.0.1/",
        "http://[",
        "",
    ],
)
def test_a_redirect_off_the_host_is_refused_at_once(location: str, server: FaultServer, sources: Path, time: Time) -> None:
    server.on(CHAD, status(301, Location=location))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FAILED and "redirects" in item.reason
    assert server.paths() == [CHAD]


def test_a_redirect_loop_ends(server: FaultServer, sources: Path, time: Time) -> None:
    server.on(CHAD, status(301, Location=CHAD))
    (item,) = run(server, sources, time, "Chad")
    assert "more than 5 times" in item.reason
    assert server.paths() == [CHAD] * 6


def test_no_proxy_is_taken_from_the_surroundings(
    server: FaultServer, sources: Path, time: Time, chad: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.on(CHAD, whole(chad))
    assert run(server, sources, time, "Chad")[0].outcome is Outcome.FETCHED


def test_an_unsafe_connection_is_not_tried_twice(server: FaultServer, sources: Path, time: Time) -> None:
    server.base = server.base.replace("http:", "https:")
    (item,) = run(server, sources, time, "Chad")
    assert "not secure" in item.reason and "certificates" in item.hint
    assert (server.asked, time.waits) == ([], [])
