"""One request after another to one host, as a guest: robots.txt kept, a delay between requests, failures waited out.

Redirects are followed by hand, so that every hop keeps the same rules. No proxy is taken from the environment, no cookie is kept,
and the program says who it is. This is the only module that knows the HTTP library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, SSLError

from corpus.fetch.base import Base
from corpus.fetch.failures import BY_BROWSER, Broken, Missing, Refused, SiteClosed
from corpus.fetch.patience import ATTEMPTS, LONGEST_WAIT, backoff, retry_after
from corpus.fetch.robots import READ_LIMIT, Robots, parse_robots
from corpus.fetch.timing import Timing

T = TypeVar("T")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HOPS = 5
_BODIES = frozenset((200, 206, 304, 416))
_LATER = frozenset((408, 425, 429))
_CHUNK = 2**16
LONGEST_BODY = 600.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body has not been read. Header names are in lower case, and absent headers are not in `headers`.

    `length` is how many bytes the body is said to have, None if nothing is said; `framed` is whether its end can be told from
    a broken connection. `chunks` gives it in pieces of at most 64 KB and raises Broken where it breaks off.
    """

    status: int
    headers: Mapping[str, str]
    length: int | None
    framed: bool
    chunks: Iterator[bytes]


class Site:
    """The host that is asked. Nothing is asked before its robots.txt was read, which may raise the `delay`, in seconds.

    `on_rules` is called once with the delay that will be kept. `timeout` is how many seconds a silent connection is waited for.
    """

    def __init__(
        self,
        base: Base,
        agent: str,
        delay: float,
        timing: Timing,
        on_rules: Callable[[float], None] = lambda delay: None,
        timeout: float = 30.0,
    ) -> None:
        self._base = base
        self._agent = agent
        self._delay = delay
        self._timing = timing
        self._on_rules = on_rules
        self._robots: Robots | None = None
        self._last: float | None = None
        self._pool = urllib3.PoolManager(
            num_pools=1, maxsize=1, retries=False, timeout=urllib3.Timeout(connect=timeout, read=timeout)
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.clear()

    def get(self, address: str, headers: Callable[[], Mapping[str, str]], take: Callable[[Reply], T]) -> T:
        """Ask for an address and give what `take` makes of the answer, which has status 200, 206, 304 or 416.

        A broken attempt is repeated, up to five in all, `headers` being asked anew for each. `take` may raise Broken too.
        Raises Refused; SiteClosed where robots.txt cannot be had (a 404 allows all) or a wait of over five minutes is asked.
        """
        if self._robots is None:
            self._robots = self._read_robots()
            self._delay = max(self._delay, self._robots.delay)
            self._on_rules(self._delay)
        self._check_robots(address)
        return self._patiently(address, headers, take)

    def _read_robots(self) -> Robots:
        try:
            return parse_robots(self._patiently(f"{self._base.root}/robots.txt", dict, _head))
        except Missing:
            return parse_robots(b"")
        except Refused as error:
            raise SiteClosed(
                f"nothing is asked without the rules for programs of {self._base.host} (robots.txt): {error.message}",
                error.hint or "check the connection, or try again later",
            ) from error

    def _check_robots(self, address: str) -> None:
        if self._robots is not None and not self._robots.allows(address):
            raise Refused(f"robots.txt of {self._base.host} does not allow programs to ask for it", BY_BROWSER)

    def _patiently(self, address: str, headers: Callable[[], Mapping[str, str]], take: Callable[[Reply], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(address, headers(), take)
            except Broken as failure:
                if failure.wait is not None and failure.wait > LONGEST_WAIT:
                    raise SiteClosed(
                        f"the site asks to wait {failure.wait / 60:.0f} minutes ({failure.reason})",
                        "run the same command again after that time",
                    ) from failure
                if attempt == ATTEMPTS:
                    raise Refused(
                        f"{failure.reason}, {ATTEMPTS} times", "run the same command again later; what has come is kept"
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
            response = self._pool.request(
                "GET", address, headers=sent, redirect=False, retries=False, preload_content=False, decode_content=False
            )
            try:
                got = {name.lower(): value for name, value in response.headers.items()}
                chunked = "chunked" in got.get("transfer-encoding", "").lower()
                length = response.length_remaining
                yield Reply(response.status, got, length, chunked or length is not None, self._chunks(response))
            finally:
                # An unread rest is not waited for: it may have no end.
                response.close()
        except SSLError as error:
            raise Refused(
                f"the connection is not safe ({error})", "check the date and the certificates of this machine"
            ) from None
        except LocationParseError as error:
            raise Refused(f"the site redirects to what is no address ({error})") from None
        except HTTPError as error:
            raise Broken(f"the connection failed ({_plain(error)})") from error
        finally:
            self._last = self._timing.clock()

    def _chunks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        start = self._timing.clock()
        # One reading of the socket at a time: a server that trickles must not hold us past the limit.
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
    """As much of robots.txt as is read: rules beyond that are nobody's."""
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
        raise Missing(f"the site has nothing there (HTTP {status})", BY_BROWSER)
    if status in _LATER or status >= 500:
        raise Broken(f"the site answers HTTP {status}", retry_after(reply.headers.get("retry-after"), timing.now()))
    hint = f"the site may want a browser; {BY_BROWSER}" if status in (401, 403) else BY_BROWSER
    raise Refused(f"the site answers HTTP {status}", hint)


def _plain(error: HTTPError) -> str:
    words = str(error)
    # The library puts its own objects before its words.
    return words.rpartition(">: ")[2] or type(error).__name__
