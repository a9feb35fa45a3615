"""How much memory this process holds, as Linux counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resident:
    """Bytes in memory: the process's `own`, and `mapped` from files, which the system takes back when it needs room."""

    own: int
    mapped: int

    def __sub__(self, before: Resident) -> Resident:
        return Resident(self.own - before.own, self.mapped - before.mapped)


def resident() -> Resident:
    """What is in memory now; nothing at all where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return Resident(0, 0)
    held = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines) if "Rss" in name}
    return Resident(held.get("RssAnon", 0), held.get("RssFile", 0) + held.get("RssShmem", 0))
