"""Amounts of things in words."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """The number with its noun, in the plural unless there is one: "1 score", "0 scores", "2 countries"."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or f'{noun}s'}"
