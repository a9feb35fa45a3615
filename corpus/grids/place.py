"""Where in a file a row or a cell is, in the words of its kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _row(number: int) -> str:
    return f"row {number}"


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Says where a cell is: `cell(row, column)` names one and `row(row)` a row, rows from 1, columns from 0.

    `source` is the file and `sheet` the sheet as it stands in messages, empty if there are none.
    """

    source: str
    sheet: str
    cell: Callable[[int, int], str]
    row: Callable[[int], str] = _row

    def at(self, row: int, column: int | None = None) -> str:
        """The place in words, such as "sheet 2021_dataset, cell F12"."""
        where = self.row(row) if column is None else self.cell(row, column)
        return f"{self.sheet}, {where}" if self.sheet else where
