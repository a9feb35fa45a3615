"""The row of labels of a table, which may stand below titles, and what the columns under it hold together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grids.cells import Row, is_empty, text_of, year_of
from corpus.grids.labels import Column, Role, column_of
from corpus.taxonomy import Taxonomy

# Titles and notes above the labels end well before this row.
LOOKED_AT = 40
# No table of scores is wider.
MOST_COLUMNS = 500
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
    """The first row with labels of a table of scores; None if there is none."""
    years: set[int] = set()
    for number, row in rows[:LOOKED_AT]:
        header = header_of(number, row, taxonomy)
        if header.holds_scores:
            return Header(number, header.columns, years.pop() if len(years) == 1 else None)
        years |= {year for cell in row if (year := year_of(cell)) in taxonomy.editions and year is not None}
    return None


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
