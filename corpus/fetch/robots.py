"""What a site's robots.txt allows, and the delay it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

_PRODUCT = "ocqa"
READ_LIMIT = 512 * 2**10


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `delay` is the minimum number of seconds between two requests, 0 if not stated."""

    rules: Protego
    delay: float

    def allows(self, address: str) -> bool:
        """Whether this address may be requested."""
        return self.rules.can_fetch(address, _PRODUCT)


def parse_robots(data: bytes) -> Robots:
    """Read robots.txt. An empty one allows everything; invalid text never raises."""
    rules = Protego.parse(data.decode("utf-8-sig", errors="replace"))
    rate = rules.request_rate(_PRODUCT)
    by_rate = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
    return Robots(rules, max(rules.crawl_delay(_PRODUCT) or 0.0, by_rate))
