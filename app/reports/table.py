"""A table that can be shown anywhere: columns, rows that may stand in named groups, and what all rows have in common. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

NOTHING = "–"


class Signed(float):
    """A number that is shown with its sign, such as a change or a correlation."""


Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in files and its label for people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns. `id` is the code of what the row is about, `group` the heading it stands under."""

    id: str
    cells: tuple[Cell, ...]
    group: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table with its title. `shared` holds, by key, what is the same in every row and is told only in files."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shared: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """The headings that rows stand under, in order; one empty heading if there are none."""
        return tuple(dict.fromkeys(row.group for row in self.rows))


def cell_text(cell: Cell) -> str:
    """A cell for people: numbers with two decimals, changes with their sign, a dash for what is not known."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Signed):
        return f"{cell:+.2f}" if cell else f"{cell:.2f}"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def without_empty(table: ResultTable) -> ResultTable:
    """The table without the columns in which no row has anything."""
    kept = [n for n in range(len(table.columns)) if any(row.cells[n] is not None for row in table.rows)]
    rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def file_rows(table: ResultTable) -> list[dict[str, object]]:
    """The rows for a file: keys instead of labels, plain numbers, and on every row what all have in common."""
    grouped = any(table.groups)
    return [
        {
            **({"group": row.group} if grouped else {}),
            "id": row.id,
            **{c.key: _plain(cell) for c, cell in zip(table.columns, row.cells, strict=True)},
            **table.shared,
            "source": row.source,
        }
        for row in table.rows
    ]


def _plain(cell: Cell) -> object:
    if cell is None:
        return ""
    # A number, not text: a spreadsheet would take a text that starts with a minus sign for a formula.
    return Decimal(f"{cell:.2f}") if isinstance(cell, float) else cell
