"""Progress on stderr: a bar in a terminal, elsewhere a line now and then; both give the speed and the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqdm import tqdm

# Prints a message for the person at the terminal.
Say = Callable[[str], None]
# Shows progress: called with (done, total); total is None where it is not known.
Count = Callable[[int, int | None], None]
# Gives the `Count` of one kind of thing, which it names: "passages embedded".
Counter = Callable[[str], Count]
_STEP = 1000


def counter(what: str) -> Count:
    """A bar or lines for what is counted, such as "passages embedded"."""
    return _Bar(what) if sys.stderr.isatty() else _Lines(what)


class _Bar:
    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: tqdm[None] | None = None

    def __call__(self, done: int, total: int | None) -> None:
        if self._bar is None:
            from shutil import get_terminal_size

            from tqdm import tqdm

            # A terminal that does not report its size would get no bar at all.
            size = get_terminal_size()
            self._bar = tqdm(total=total, desc=self._what, file=sys.stderr, leave=False, ncols=size.columns, nrows=size.lines)
        self._bar.update(done - self._bar.n)
        if done == total:
            self._bar.close()
            self._bar = None


class _Lines:
    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = 0
        self._start = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        self._start = self._start or now
        if done == total or done >= self._shown + _STEP:
            of = f" of {total}" if total is not None else ""
            print(f"{done}{of} {self._what}{_pace(done, total, now - self._start)}", file=sys.stderr)
            self._shown = 0 if done == total else done
            self._start = 0.0 if done == total else self._start


def _pace(done: int, total: int | None, seconds: float) -> str:
    """The speed and the seconds left; empty where it is too early to tell or too late to matter."""
    if total is None or done in (0, total) or seconds < 1:
        return ""
    return f", {done / seconds:.0f} per second, {(total - done) * seconds / done:.0f} s left"
