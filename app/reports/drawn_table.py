"""A table drawn for a terminal, in its width and without colours. Pure: a table in, a string out."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from app.reports.answer_text import table_text
from app.reports.table import ResultTable, cell_text

if TYPE_CHECKING:
    from collections.abc import Container


def drawn(table: ResultTable, width: int, spared: Container[str] = ()) -> str:
    """The table with lines between its groups; long names wrap. Where it is too wide, the columns with `spared` keys go."""
    # Takes longer to import than a table that goes through a pipe takes to be written.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = table if _widest(table) <= width else _without(table, spared)
    numbers = [all(row.cells[n] is None or isinstance(row.cells[n], int | float) for row in shown.rows) for n in _places(shown)]
    drawing = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=Text(shown.title), title_justify="left")
    for column, number in zip(shown.columns, numbers, strict=True):
        drawing.add_column(Text(column.label), justify="right" if number else "left", no_wrap=number, overflow="fold")
    for group in shown.groups:
        if group:
            drawing.add_section()
            drawing.add_row(Text(group))
        for row in shown.rows:
            if row.group == group:
                drawing.add_row(*(Text(cell_text(cell)) for cell in row.cells))
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(drawing)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _widest(table: ResultTable) -> int:
    return max(map(len, table_text(table).splitlines()[1:]))


def _without(table: ResultTable, spared: Container[str]) -> ResultTable:
    kept = [n for n in _places(table) if table.columns[n].key not in spared]
    rows = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def _places(table: ResultTable) -> range:
    return range(len(table.columns))
