"""One score as the views show it: exact, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """A country's score, 1 to 10 with two decimals, and its source: a workbook cell, a table cell or a page."""

    country: str
    indicator: str
    edition: int
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure from a person's own table for an indicator that the Index does not have, as its label names it; any value."""

    country: str
    indicator: str
    edition: int
    value: float
    source: str
