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
