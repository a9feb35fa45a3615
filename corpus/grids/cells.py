"""What stands in a cell: a score, nothing, a sign for "no figure", or something else. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import Enum

from corpus.naming import fold

Cell = object
Row = Sequence[Cell]
# Three digits behind a comma may be thousands.
_NUMBER = re.compile(r"[+-]?\d{1,4}(?:\.\d{1,20}|,(?!\d{3}$)\d{1,20})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NO_FIGURE = frozenset(
    ("n a", "na", "nan", "none", "null", "nil", "no data", "not available", "not measured", "missing", "nd", "n d")
)
_SIGNS = frozenset("- -- – — . .. ... … * ? x / #N/A #VALUE! #REF! #DIV/0!".split())


class Blank(Enum):
    """Why a cell has no figure: it is EMPTY, or it says that there is NONE ("n/a", "-")."""

    EMPTY = "empty"
    NONE = "none"


def text_of(cell: Cell) -> str:
    """The text of a cell with single spaces; a whole number without its ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _SPACES.sub(" ", str(cell)).strip()


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def figure_of(cell: Cell) -> float | Blank | None:
    """The number in a cell, to the two decimals that the Index prints; None if it is something else.

    Numbers as text count, with a decimal point or comma. What binary fractions add to a number ("7.499999999999999") goes.
    """
    if is_empty(cell):
        return Blank.EMPTY
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _rounded(float(cell)) if math.isfinite(cell) else Blank.NONE
    text = text_of(cell)
    if text in _SIGNS or fold(text) in _NO_FIGURE:
        return Blank.NONE
    return _rounded(float(text.replace(",", "."))) if _NUMBER.fullmatch(text) else None


def year_of(cell: Cell) -> int | None:
    """The year in a cell, such as 2023, "2023", "2023.0" or "2023 edition"; None if there is none, or other digits beside it: a
    date is not the year of an edition."""
    digits = re.findall(r"\d+", text_of(cell).removesuffix(".0"))
    return int(digits[0]) if len(digits) == 1 and _YEAR.fullmatch(digits[0]) else None


def _rounded(value: float) -> float:
    return round(value + math.copysign(1e-9, value), 2)
