"""Who may ask, how much and how often: names of this server, a token, and a rate for each address."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

# The addresses whose rate is remembered; the one seen longest ago is forgotten first.
_MOST_REMEMBERED = 10_000
# So many requests may come at once before the rate counts.
_BURST_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What `ocqa serve` allows. `hosts` are the names it may be asked for under, `token` the bearer token if one is needed.

    `rate` is how many requests a second one address may send, None for any; `waiting` how many may wait for an answer; `body` the
    most bytes of a request, `questions` the most questions in one.
    """

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    token: str = ""
    rate: float | None = None
    waiting: int = 200
    body: int = 1_000_000
    questions: int = 500

    def admits(self, header: str) -> bool:
        """Whether an Authorization header has the token; compared in constant time."""
        return not self.token or hmac.compare_digest(header.encode(), f"Bearer {self.token}".encode())


@dataclass
class Rates:
    """How much of its rate each address has used."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def seconds_to_wait(self, address: str) -> float:
        """0 if the address may ask now, which counts as asked; otherwise in how many seconds it may."""
        now, most = self.clock(), self.rate * _BURST_SECONDS
        left, seen = self._left.pop(address, (most, now))
        left = min(most, left + (now - seen) * self.rate)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        if len(self._left) > _MOST_REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self.rate
