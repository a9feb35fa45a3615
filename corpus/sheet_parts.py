"""Which rows and columns of a sheet are hidden: the reader of large workbooks does not say."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.grids.cells import Row

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_HIDDEN = re.compile(rb'<(?:\w+:)?(col|row)\s([^<>]*\bhidden="(?:1|true)"[^<>]*)>')
_NUMBER = {name: re.compile(rb"\b" + name + rb'="(\d{1,7})"') for name in (b"min", b"max", b"r")}
_WIDEST, _NAMED = 500, 10


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden rows, from 1, and columns, from 0."""

    rows: frozenset[int]
    columns: frozenset[int]

    def without(self, row: Row) -> Row:
        """A row whose hidden cells are empty."""
        return [None if at in self.columns else cell for at, cell in enumerate(row)] if self.columns else row

    @property
    def words(self) -> str:
        """What is hidden, in words; empty if nothing is."""
        columns = ", ".join(column_name(at) for at in sorted(self.columns)[:_NAMED])
        rows = ", ".join(map(str, sorted(self.rows)[:_NAMED]))
        return " and ".join(filter(None, (f"columns {columns}" if columns else "", f"rows {rows}" if rows else "")))


def column_name(at: int) -> str:
    """The letters of a column, counted from 0."""
    from openpyxl.utils import get_column_letter

    letters: str = get_column_letter(at + 1)
    return letters


def hidden_parts(archive: zipfile.ZipFile, sheet: ReadOnlyWorksheet) -> Hidden:
    """The hidden rows and columns of a sheet whose size was checked."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if path not in archive.namelist():
        return Hidden(frozenset(), frozenset())
    rows: set[int] = set()
    columns: set[int] = set()
    for match in _HIDDEN.finditer(archive.read(path)):
        given = {name: int(found[1]) for name, pattern in _NUMBER.items() if (found := pattern.search(match[2]))}
        if match[1] == b"row" and b"r" in given:
            rows.add(given[b"r"])
        elif match[1] == b"col" and b"min" in given:
            columns |= set(range(given[b"min"] - 1, min(given.get(b"max", given[b"min"]), _WIDEST)))
    return Hidden(frozenset(rows), frozenset(columns))
