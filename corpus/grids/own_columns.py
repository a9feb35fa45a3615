"""Columns of figures that the Index does not have: a person's own indicators, kept beside the Index's scores. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.grids.cells import Blank, Cell, Row, figure_of, is_empty, text_of
from corpus.grids.header import Header
from corpus.grids.labels import YEAR, Column, Role
from corpus.naming import fold
from corpus.taxonomy import Taxonomy

# In characters; a longer label is a sentence.
_LONGEST = 80
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")


def own_figure(cell: Cell) -> float | Blank | None:
    """The number in a cell as it stands there, however large; None if it is something else."""
    read = figure_of(cell)
    if isinstance(read, Blank) or isinstance(cell, bool):
        return read
    if isinstance(cell, (int, float)):
        return float(cell)
    text = text_of(cell)
    return float(text) if _NUMBER.fullmatch(text) else read


def own_name(label: str) -> str | None:
    """The name of an own indicator as a label gives it; None if the label can be no name."""
    name = " ".join(label.replace("_", " ").split())
    return name if any(c.isalpha() for c in name) and len(name) <= _LONGEST else None


def with_own_columns(header: Header, rows: Sequence[tuple[int, Row]], taxonomy: Taxonomy) -> Header:
    """The header with the columns of an unheard-of label that hold figures, each under its name once, with the year it names.

    Of a table with a row for each figure the rows say what a figure is of, so that nothing changes.
    """
    if header.is_long:
        return header
    seen: set[tuple[str, int | None]] = set()
    columns = list(header.columns)
    for at, column in enumerate(columns):
        if column.role is not Role.UNKNOWN or not _holds_figures(at, header.row, rows):
            continue
        own = _column(column, taxonomy)
        if own is not None and own.indicator is not None and (fold(own.indicator), own.edition) not in seen:
            seen.add((fold(own.indicator), own.edition))
            columns[at] = own
    return replace(header, columns=tuple(columns))


def _column(column: Column, taxonomy: Taxonomy) -> Column | None:
    years = {int(year) for year in YEAR.findall(column.label)}
    if len(years) > 1 or not years <= set(taxonomy.editions):
        return None
    name = own_name(YEAR.sub(" ", column.label))
    return None if name is None else Column(Role.OWN, column.label, name, years.pop() if years else None)


def _holds_figures(at: int, header_row: int, rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether what stands below a label is figures, but for cells that say there is none."""
    cells = [row[at] for number, row in rows if number > header_row and at < len(row) and not is_empty(row[at])]
    read = [own_figure(cell) for cell in cells]
    return any(isinstance(figure, float) for figure in read) and None not in read
