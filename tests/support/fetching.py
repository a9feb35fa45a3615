"""A run of downloads from the fault server, with a time of its own: waiting takes none and is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fault_server import FaultServer

from corpus.fetch.base import parse_base
from corpus.fetch.polite import Site
from corpus.fetch.run import Item, fetch
from corpus.fetch.targets import plan
from corpus.fetch.timing import Timing
from corpus.taxonomy import load_taxonomy


@dataclass
class Time:
    """Seconds since the test began; `step` passes whenever somebody looks at the clock."""

    at: float = 0.0
    step: float = 0.0
    waits: list[float] = field(default_factory=list)

    def timing(self) -> Timing:
        return Timing(
            now=lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.at),
            clock=self.look,
            sleep=self.wait,
            chance=lambda: 0.0,
        )

    def look(self) -> float:
        self.at += self.step
        return self.at

    def wait(self, seconds: float) -> None:
        assert seconds > 0
        self.waits.append(seconds)
        self.at += seconds


def run(
    server: FaultServer,
    sources: Path,
    time: Time,
    *countries: str,
    editions: Sequence[int] = (2021,),
    workbook: bool = False,
    delay: float = 2.0,
    timeout: float = 5.0,
) -> list[Item]:
    """Fetch from the server and check that no two requests overlapped."""
    taxonomy = load_taxonomy()
    targets = plan(countries, editions if countries else (), workbook=workbook, base=server.base, taxonomy=taxonomy)
    site = Site(parse_base(server.base), "ocqa/test", delay, time.timing(), timeout=timeout)
    try:
        items = fetch(targets, sources, site, taxonomy, time.timing(), lambda done, total, item: None)
    finally:
        site.close()
    return list(items)
