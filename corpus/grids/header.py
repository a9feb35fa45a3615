"""The row of labels of a table, which may stand below titles, and what the columns under it hold together. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grids.cells import Cell, Row, is_empty, text_of, year_of
from corpus.grids.labels import Column, Role, column_of
from corpus.taxonomy import Taxonomy

# Titles and notes above the labels end well before this row.
LOOKED_AT = 40
# No table of scores is wider.
MOST_COLUMNS = 500
_DATED = re.compile(
    r"\b(?:downloaded|accessed|retrieved|exported|updated|created|printed|saved|as of|on the|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|"
    r"june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b",
    re.IGNORECASE,
)
# In characters: longer cells are no labels.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Header:
    """The labels: their row number, from 1, and each column. `title_edition` is the only year in the rows above."""

    row: int
    columns: tuple[Column, ...]
    title_edition: int | None

    def at(self, role: Role) -> int | None:
        """The first column with a role."""
        return next((n for n, column in enumerate(self.columns) if column.role is role), None)

    def every(self, role: Role) -> tuple[int, ...]:
        """The columns with a role."""
        return tuple(n for n, column in enumerate(self.columns) if column.role is role)

    @property
    def is_long(self) -> bool:
        """Whether a row names the indicator of its figures."""
        return self.at(Role.INDICATOR) is not None

    @property
    def names_editions(self) -> bool:
        """Whether rows or columns say which edition their figures are of."""
        return self.at(Role.EDITION) is not None or any(column.edition for column in self.columns)

    @property
    def holds_scores(self) -> bool:
        """Whether these labels can be those of a table of scores."""
        return self._named() and self._measured()

    def _named(self) -> bool:
        in_columns = any(c.country for c in self.columns) and self.is_long
        return self.at(Role.COUNTRY) is not None or self.at(Role.CODE) is not None or in_columns

    def _measured(self) -> bool:
        return any(c.role is Role.VALUE and (c.indicator is not None or self.is_long) for c in self.columns)


def find_header(rows: Sequence[tuple[int, Row]], taxonomy: Taxonomy) -> Header | None:
    """The first row with labels of a table of scores, with what a second row of labels above or below says; None if none has."""
    years: set[int] = set()
    for at, (number, row) in enumerate(rows[:LOOKED_AT]):
        header = header_of(number, row, taxonomy)
        if header.holds_scores:
            title = years.pop() if len(years) == 1 else None
            return _joined(header, rows, at, title, taxonomy)
        years |= {year for cell in row if (year := _title_year(cell)) in taxonomy.editions and year is not None}
    return None


def _title_year(cell: Cell) -> int | None:
    """The year in a title; not that of a date on which something was downloaded."""
    return None if _DATED.search(text_of(cell)) else year_of(cell)


def _joined(header: Header, rows: Sequence[tuple[int, Row]], at: int, title: int | None, taxonomy: Taxonomy) -> Header:
    """The header with what a row of years above it, or a row of labels below it, says of its columns."""
    labels = [column.label for column in header.columns]
    above = _filled(rows[at - 1][1], len(labels)) if at else []
    if len({year for text in above if (year := year_of(text)) in taxonomy.editions}) > 1:
        joined = [f"{label} {text}" if year_of(text) and not year_of(label) else label for label, text in _pairs(labels, above)]
        columns = header_of(header.row, joined, taxonomy).columns
        kept = (new if old.role is Role.VALUE else old for old, new in zip(header.columns, columns, strict=True))
        return Header(header.row, tuple(kept), None)
    if at + 1 < len(rows) and _is_label_row(header, rows[at + 1][1], taxonomy):
        number, row = rows[at + 1]
        below = [text_of(cell) for cell in row[: len(labels)]]
        upper = _filled(labels, len(labels))
        joined = [f"{up} {low}" if low else label for label, (up, low) in zip(labels, _pairs(upper, below), strict=True)]
        return Header(number, header_of(number, joined, taxonomy).columns, title)
    return Header(header.row, header.columns, title)


def _filled(row: Row, width: int) -> list[str]:
    """The texts of a row, each standing for the empty cells behind it, as cells joined over columns do."""
    found: list[str] = []
    for cell in [*row[:width], *[""] * (width - len(row))]:
        found.append(text_of(cell) or (found[-1] if found else ""))
    return found


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(one, [*other, *[""] * (len(one) - len(other))], strict=False))


def _is_label_row(header: Header, row: Row, taxonomy: Taxonomy) -> bool:
    """Whether a row below the labels says more of the columns: what each figure is, or of which year, and names no country."""
    names = [at for role in (Role.COUNTRY, Role.CODE) for at in header.every(role)]
    cells = [(at, text_of(cell)) for at, cell in enumerate(row[: len(header.columns)]) if not is_empty(cell)]
    if not cells or any(at in names for at, _ in cells):
        return False
    said = [column_of(text, taxonomy) for _, text in cells]
    return all(c.role is Role.BESIDE or (c.role is Role.VALUE and c.indicator is None and c.country is None) for c in said)


def first_filled(rows: Sequence[tuple[int, Row]], taxonomy: Taxonomy) -> Header | None:
    """The first row with anything in it as labels, to say what they lack; None if all rows are empty."""
    for number, row in rows:
        if any(not is_empty(cell) for cell in row):
            return header_of(number, row, taxonomy)
    return None


def header_of(number: int, row: Row, taxonomy: Taxonomy) -> Header:
    """A row read as labels. A country as a label counts only where rows name indicators."""
    labels = ((cell, text_of(cell)) for cell in row[:MOST_COLUMNS])
    columns = tuple(column_of(cell, taxonomy) if len(text) <= _LONGEST else Column(Role.UNKNOWN, text) for cell, text in labels)
    header = Header(number, columns, None)
    if header.is_long:
        return header
    return Header(number, tuple(Column(Role.UNKNOWN, c.label) if c.country else c for c in columns), None)
