"""The machine a benchmark ran on, and whether it was otherwise idle."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.bench.figures import Cell, Table

_LIBRARIES = (
    "numpy", "torch", "sentence-transformers", "transformers", "tokenizers", "onnxruntime", "faiss-cpu", "bm25s", "duckdb",
    "streamlit",
)  # fmt: skip
# Load per core: more than this at the start means that something else is running.
_BUSY = 0.3
_GIGA = 2**30


@dataclass(frozen=True, slots=True)
class Machine:
    """Processor, usable cores, bytes of memory, operating system, Python, and versions of libraries."""

    processor: str
    cores: int
    memory: int | None
    system: str
    python: str
    libraries: tuple[tuple[str, str], ...]


def this_machine() -> Machine:
    """The machine this runs on, as far as it can be determined."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory=_memory(),
        system=platform.platform(),
        python=platform.python_version(),
        libraries=tuple((name, found) for name in _LIBRARIES if (found := _version(name))),
    )


def load() -> float | None:
    """The load average of the last minute; None if the system does not provide it."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def machine_table(machine: Machine, load_before: float | None, load_after: float | None) -> Table:
    """The machine as a table."""
    rows: list[tuple[Cell, ...]] = [
        ("processor", machine.processor),
        ("usable cores", machine.cores),
        ("memory, GB", machine.memory / _GIGA if machine.memory else None),
        ("system", machine.system),
        ("Python", machine.python),
        ("load average at the start", load_before),
        ("load average at the end (including this benchmark)", load_after),
        *machine.libraries,
    ]
    return Table("Machine", ("property", "value"), tuple(rows))


def busy_remarks(load_before: float | None, cores: int) -> tuple[str, ...]:
    """A remark that the machine was busy when the benchmark began, if it was."""
    if load_before is None or load_before <= _BUSY * cores:
        return ()
    return (
        f"The machine was busy at the start: load average {load_before:.2f} on {cores} cores. Times are longer than on an "
        "idle machine; compare ratios instead.",
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
