"""How often to retry and how long to wait before. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ATTEMPTS = 5
LONGEST_WAIT = 300.0
_FIRST, _LONGEST_BACKOFF = 2.0, 60.0


def backoff(attempt: int, chance: float) -> float:
    """Seconds to wait after failed attempt number `attempt`, from 1: doubling, plus up to half by `chance`, 0 to 1."""
    doubled: float = min(_FIRST * 2.0 ** (attempt - 1), _LONGEST_BACKOFF)
    return doubled * (1 + chance / 2)


def retry_after(text: str | None, now: datetime) -> float | None:
    """The seconds that Retry-After asks to wait, given as a number or a date; None if it is neither."""
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)
