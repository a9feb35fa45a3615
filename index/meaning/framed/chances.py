"""The likeliest of some values. Pure."""

from __future__ import annotations

from collections.abc import Mapping


def likeliest(chances: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest of some values with its chance; ("", 0) of none."""
    return max(chances.items(), key=lambda pair: pair[1], default=("", 0.0))
