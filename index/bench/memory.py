"""How much memory this process uses, as Linux counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resident:
    """Bytes in memory: the process's `own`, and those `mapped` from files, which the system can reclaim."""

    own: int
    mapped: int

    def __sub__(self, before: Resident) -> Resident:
        return Resident(self.own - before.own, self.mapped - before.mapped)


def resident() -> Resident:
    """Current memory use; zero if the system does not provide it."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return Resident(0, 0)
    rss = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines) if "Rss" in name}
    return Resident(rss.get("RssAnon", 0), rss.get("RssFile", 0) + rss.get("RssShmem", 0))
