"""How long a call takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds_of_call(call: Callable[..., object], *arguments: object) -> float:
    """The seconds from the call to its return."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start
