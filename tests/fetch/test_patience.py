"""A site that never comes to the point is given up: heads byte by byte, "continue" without end, a delay of years."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fault_server import ROBOTS, FaultServer, Handler, fault_server, status
from fetching import Time

from corpus.fetch.base import parse_base
from corpus.fetch.failures import Refused, SiteClosed
from corpus.fetch.polite import Reply, Site

CHAD = "/2021/country/chad"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server() as running:
        yield running


def site(server: FaultServer, longest_head: float) -> Site:
    return Site(parse_base(server.base), "ocqa/test", 0.0, Time().timing(), timeout=5.0, longest_head=longest_head)


def status_of(reply: Reply) -> int:
    return reply.status


def a_byte_now_and_then(handler: Handler) -> None:
    while not handler.faults.over.wait(0.1):
        handler.wfile.write(b"H")
        handler.wfile.flush()


def continue_for_ever(handler: Handler) -> None:
    while not handler.faults.over.wait(0.05):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        handler.wfile.flush()


@pytest.mark.parametrize("act", [a_byte_now_and_then, continue_for_ever])
def test_a_head_that_never_ends_is_given_up(act, server: FaultServer) -> None:
    server.on(ROBOTS, status(404))
    server.on(CHAD, act)
    with pytest.raises(Refused, match=r"longer than 0\.5 seconds to begin its answer, 5 times"):
        site(server, 0.5).get(server.base + CHAD, dict, status_of)


@pytest.mark.parametrize("asked", ["1e9", "1e308", "301"])
def test_a_delay_beyond_patience_ends_the_run_before_anything_is_asked_for(asked: str, server: FaultServer) -> None:
    server.on(ROBOTS, status(200, f"User-agent: *\nCrawl-delay: {asked}\n".encode()))
    with pytest.raises(SiteClosed, match=r"asks for .* seconds between two requests"):
        site(server, 5.0).get(server.base + CHAD, dict, status_of)
    assert server.paths() == []
