"""Polite requests to one host, one after another: robots.txt obeyed, a delay between requests, retries with backoff.

Redirects are followed here, so that every hop obeys the same rules. No proxy is taken from the environment, no cookies are kept,
and the program identifies itself. The only module that imports the HTTP library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, SSLError

from corpus.fetch.base import Base
from corpus.fetch.failures import BY_BROWSER, Broken, Missing, Refused, SiteClosed
from corpus.fetch.patience import ATTEMPTS, LONGEST_WAIT, backoff, retry_after
from corpus.fetch.robots import READ_LIMIT, Robots, parse_robots
from corpus.fetch.timing import Timing, within

T = TypeVar("T")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HOPS = 5
_BODIES = frozenset((200, 206, 304, 416))
_LATER = frozenset((408, 425, 429))
_CHUNK = 2**16
LONGEST_BODY = 600.0
LONGEST_HEAD = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A response whose body has not been read. Header names are in lower case.

    `length` is the stated size of the body in bytes, None if there is none; `framed` is whether its end can be distinguished
    from a broken connection. `chunks` yields it in pieces of at most 64 KB and raises Broken if it breaks off.
    """

    status: int
    headers: Mapping[str, str]
    length: int | None
    framed: bool
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Survey:
    """The delay between two requests in seconds, and the addresses that robots.txt does not allow programs to fetch."""

    delay: float
    forbidden: tuple[str, ...]


class Site:
    """The host. Its robots.txt is read before anything else and may increase the `delay`, in seconds.

    `on_rules` is called once with the delay in force. `timeout` is how many seconds to wait for a silent connection,
    `longest_head` how many the head of an answer may take in all: a server may send it byte by byte, or "100 Continue" for ever.
    """

    def __init__(
        self,
        base: Base,
        agent: str,
        delay: float,
        timing: Timing,
        on_rules: Callable[[float], None] = lambda delay: None,
        timeout: float = 30.0,
        longest_head: float = LONGEST_HEAD,
    ) -> None:
        self._base = base
        self._agent = agent
        self._delay = delay
        self._timing = timing
        self._longest_head = longest_head
        self._on_rules = on_rules
        self._robots: Robots | None = None
        self._last: float | None = None
        self._pool = urllib3.PoolManager(
            num_pools=1, maxsize=1, retries=False, timeout=urllib3.Timeout(connect=timeout, read=timeout)
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.clear()

    def get(self, address: str, headers: Callable[[], Mapping[str, str]], take: Callable[[Reply], T]) -> T:
        """Request an address and return what `take` makes of the response, which has status 200, 206, 304 or 416.

        A broken attempt is repeated, up to five in all, with fresh `headers` for each. `take` may raise Broken too. Raises
        Refused, or SiteClosed if robots.txt cannot be read (a 404 allows everything) or the site asks for a wait of over five
        minutes.
        """
        self._rules()
        self._check_robots(address)
        return self._patiently(address, headers, take)

    def survey(self, addresses: Sequence[str]) -> Survey:
        """What robots.txt says of these addresses, none of which is requested. Raises SiteClosed if it cannot be read."""
        robots = self._rules()
        return Survey(self._delay, tuple(address for address in addresses if not robots.allows(address)))

    def _rules(self) -> Robots:
        if self._robots is None:
            self._robots = self._read_robots()
            if not 0 <= self._robots.delay <= LONGEST_WAIT:
                raise SiteClosed(
                    f"robots.txt of {self._base.host} asks for {self._robots.delay:g} seconds between two requests",
                    f"that is more than this program waits; {BY_BROWSER}",
                )
            self._delay = max(self._delay, self._robots.delay)
            self._on_rules(self._delay)
        return self._robots

    def _read_robots(self) -> Robots:
        try:
            return parse_robots(self._patiently(f"{self._base.root}/robots.txt", dict, _head))
        except Missing:
            return parse_robots(b"")
        except Refused as error:
            if isinstance(error.__cause__, Broken) and isinstance(error.__cause__.__cause__, HTTPError):
                why = f"there is no connection to {self._base.host}, or it cannot be found ({error.message})"
                raise SiteClosed(why, f"check the internet connection and run the command again; or {BY_BROWSER}") from error
            raise SiteClosed(
                f"nothing was requested, since robots.txt of {self._base.host} could not be read: {error.message}",
                error.hint or "check the connection, or try again later",
            ) from error

    def _check_robots(self, address: str) -> None:
        if self._robots is not None and not self._robots.allows(address):
            raise Refused(f"robots.txt of {self._base.host} does not allow programs to fetch it", BY_BROWSER)

    def _patiently(self, address: str, headers: Callable[[], Mapping[str, str]], take: Callable[[Reply], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(address, headers(), take)
            except Broken as failure:
                if failure.wait is not None and failure.wait > LONGEST_WAIT:
                    raise SiteClosed(
                        f"the site asks for a wait of {failure.wait / 60:.0f} minutes ({failure.reason})",
                        "run the same command again after that time",
                    ) from failure
                if attempt == ATTEMPTS:
                    raise Refused(
                        f"{failure.reason}, {ATTEMPTS} times", "run the same command again later; what has arrived is kept"
                    ) from failure
                self._timing.sleep(max(backoff(attempt, self._timing.chance()), failure.wait or 0.0))
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, address: str, headers: Mapping[str, str], take: Callable[[Reply], T]) -> T:
        for _ in range(_HOPS + 1):
            with self._request(address, headers) as reply:
                if reply.status not in _REDIRECTS:
                    _check_status(reply, self._timing)
                    return take(reply)
                address = self._base.follow(address, reply.headers.get("location", ""))
                self._check_robots(address)
        raise Refused(f"the site redirects more than {_HOPS} times", BY_BROWSER)

    @contextmanager
    def _request(self, address: str, headers: Mapping[str, str]) -> Iterator[Reply]:
        self._keep_distance()
        sent = {"User-Agent": self._agent, "Accept-Encoding": "identity", **headers}
        try:
            response = within(
                self._longest_head,
                lambda: self._pool.request(
                    "GET", address, headers=sent, redirect=False, retries=False, preload_content=False, decode_content=False
                ),
                lambda: Broken(f"the site took longer than {self._longest_head:g} seconds to begin its answer"),
            )
            try:
                got = {name.lower(): value for name, value in response.headers.items()}
                chunked = "chunked" in got.get("transfer-encoding", "").lower()
                length = response.length_remaining
                yield Reply(response.status, got, length, chunked or length is not None, self._chunks(response))
            finally:
                # Do not wait for the unread rest: it may never end.
                response.close()
        except SSLError as error:
            raise Refused(
                f"the connection is not secure ({error})", "check the date and the certificates of this machine"
            ) from None
        except LocationParseError as error:
            raise Refused(f"the site redirects to something that is not an address ({error})") from None
        except HTTPError as error:
            raise Broken(f"the connection failed ({_plain(error)})") from error
        finally:
            self._last = self._timing.clock()

    def _chunks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        start = self._timing.clock()
        # One read of the socket at a time: a server that trickles must not hold us past the limit.
        while chunk := response.read1(_CHUNK):
            if self._timing.clock() - start > LONGEST_BODY:
                raise Broken(f"the body took longer than {LONGEST_BODY / 60:.0f} minutes")
            yield chunk

    def _keep_distance(self) -> None:
        if self._last is not None:
            rest = self._last + self._delay - self._timing.clock()
            if rest > 0:
                self._timing.sleep(rest)


def _head(reply: Reply) -> bytes:
    """The first part of robots.txt; anything beyond is ignored, as other crawlers do."""
    data = b""
    for chunk in reply.chunks:
        data += chunk
        if len(data) >= READ_LIMIT:
            break
    return data[:READ_LIMIT]


def _check_status(reply: Reply, timing: Timing) -> None:
    status = reply.status
    if status in _BODIES:
        return
    if status in (404, 410):
        raise Missing(f"the site has nothing at this address (HTTP {status})", BY_BROWSER)
    if status in _LATER or status >= 500:
        raise Broken(f"the site answers HTTP {status}", retry_after(reply.headers.get("retry-after"), timing.now()))
    hint = f"the site may require a browser; {BY_BROWSER}" if status in (401, 403) else BY_BROWSER
    raise Refused(f"the site answers HTTP {status}", hint)


def _plain(error: HTTPError) -> str:
    words = str(error)
    # The library puts the repr of its own objects before the message.
    return words.rpartition(">: ")[2] or type(error).__name__
