"""Time as downloads see it. Everything that waits or reads a clock goes through this."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar, cast

T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """The date and time, a monotonic clock in seconds, sleeping for seconds, and a random number from 0 to 1."""

    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


def within(seconds: float, act: Callable[[], T], late: Callable[[], Exception]) -> T:
    """What `act` returns or raises; raises what `late` makes if that takes longer than so many seconds.

    What takes too long goes on in a thread that does not keep the program from ending.
    """
    done: list[tuple[T | None, BaseException | None]] = []

    def run() -> None:
        try:
            done.append((act(), None))
        except BaseException as error:  # handed to the caller, whatever it is
            done.append((None, error))

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    if not done:
        raise late()
    result, error = done[0]
    if error is not None:
        raise error
    return cast("T", result)
