"""Arguments as they are given in Python, as the plain types that requests take. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def names_of(given: str | Iterable[str]) -> list[str] | None:
    """Names as a list, also where a single one was given; None for none at all."""
    return ([given] if isinstance(given, str) else list(given)) or None


def wholes_of(given: int | Iterable[int]) -> list[int] | None:
    """Whole numbers as a list, also where a single one was given; None for none at all."""
    return [sendable(n) for n in (given if isinstance(given, Iterable) else [given])] or None


def sendable(value: Any) -> Any:
    """A number of NumPy, as frames hold them, as the number of Python; anything else as it is."""
    return value.item() if hasattr(value, "item") else value
