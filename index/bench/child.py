"""Commands as fresh processes: their wall time, CPU time and peak memory.

`python -m index.bench.child COMMAND ...` is a small process between the benchmark and what it measures: a forked process starts
with the memory peak of its parent, so a benchmark that has opened a model would measure itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import OcqaError

_SAID = 400


@dataclass(frozen=True, slots=True)
class Cost:
    """A finished command: wall and CPU seconds, peak memory in bytes (the latter two None if unknown), and its output."""

    seconds: float
    cpu: float | None
    peak: int | None
    code: int
    output: str
    words: str


class BenchError(OcqaError):
    """Something could not be measured."""


@dataclass(frozen=True, slots=True)
class Commands:
    """How to start the `ocqa` command and a visitor to the page, and in which folder."""

    ocqa: tuple[str, ...]
    visitor: tuple[str, ...]
    folder: Path


def seconds_of(command: Sequence[str], folder: Path) -> float:
    """The seconds a command takes from start to end. Raises BenchError if it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - start
    _check(command, done.returncode, done.stderr)
    return seconds


def words_of(command: Sequence[str], folder: Path) -> str:
    """What a command writes to stderr. Raises BenchError if it fails."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    _check(command, done.returncode, done.stderr)
    return done.stderr


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end and measure its cost. Raises BenchError if it fails."""
    between = [sys.executable, "-m", "index.bench.child", *command]
    done = subprocess.run(between, cwd=folder, capture_output=True, text=True, check=False)
    _check(command, done.returncode, done.stderr)
    cost = Cost(**json.loads(done.stdout))
    _check(command, cost.code, cost.words)
    return cost


def _check(command: Sequence[str], code: int, words: str) -> None:
    if code != 0:
        raise BenchError(f"{' '.join(command)} exited with {code}", words.strip()[-_SAID:])


def _measured(command: Sequence[str]) -> Cost:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:  # not on Windows
        return Cost(seconds, None, None, done.returncode, done.stdout, done.stderr)
    used = getrusage(RUSAGE_CHILDREN)
    # In kilobytes, but in bytes on macOS.
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(seconds, used.ru_utime + used.ru_stime, peak, done.returncode, done.stdout, done.stderr)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_measured(sys.argv[1:]))))
