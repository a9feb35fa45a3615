"""A table as text in line and as HTML. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.reports.amounts import counted
from app.reports.answer_text import table_text
from app.reports.html import fill
from app.reports.table import Cell, Column, ResultTable, Signed, cell_text
from app.reports.table import Row as TextRow
from app.reports.web_address import shown_source
from index.language.phrases import joined

# A table with more rows than this is shown to here, with the number of all rows.
_MOST_ROWS = 40
# Characters of a cell where columns are set in line.
_WIDEST = 48
_MOST_MISSING = 3
_MOST_NAMED = 3
_CHANGES = frozenset({"change", "like_for_like"})

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _ShownCell:
    """A cell of HTML: its words, the address they lead to or None, and whether it holds a figure."""

    words: str
    address: str | None
    figure: bool


def table_words(rows: Rows, columns: Sequence[str], title: str, below: Sequence[str]) -> str:
    """The first rows as text with the columns set in line, cells cut short, then how many rows there are, and lines below."""
    shown = tuple(TextRow("", tuple(_short(_cell(row[c], c)) for c in columns)) for row in rows[:_MOST_ROWS])
    table = table_text(ResultTable(title, tuple(Column(c, c) for c in columns), shown)).lstrip("\n")
    return "\n".join([table, *filter(None, [_beyond(len(rows))]), *(f"- {line}" for line in below)])


def table_html(rows: Rows, columns: Sequence[str], title: str, below: Sequence[str], scales: Sequence[Mapping[str, str]]) -> str:
    """The first rows as HTML, with links to sources on the web, then how many rows there are, the scales, and lines below."""
    figures = {c for c in columns if any(_is_figure(row[c]) for row in rows)}
    return fill(
        "notebook_table.html.j2",
        title=title,
        columns=[_ShownCell(c, None, c in figures) for c in columns],
        rows=[[_shown(row[c], c, c in figures) for c in columns] for row in rows[:_MOST_ROWS]],
        beyond=_beyond(len(rows)),
        scales=_scale_words(scales),
        below=below,
    )


def missing_words(missing: Rows) -> list[str]:
    """What was asked for and is not there, as a line for each of the first few, then how many more there are."""
    lines = [f"Missing: {_what_is_missing(one)}: {one['why']}." for one in missing[:_MOST_MISSING]]
    more = len(missing) - len(lines)
    return [*lines, *([f"{more} more are in missing."] if more else [])]


def _what_is_missing(one: Mapping[str, Any]) -> str:
    if "figure" in one:
        return str(one["figure"])
    return f"{one['indicator']} {one['edition']} of {counted(one['count'], 'country', 'countries')}"


def _beyond(count: int) -> str:
    return f"The first {_MOST_ROWS} of {count:,} rows." if count > _MOST_ROWS else ""


def _scale_words(scales: Sequence[Mapping[str, str]]) -> str:
    """Each scale once, with the names of its indicators where there are several scales."""
    names: dict[str, list[str]] = {}
    for scale in scales:
        names.setdefault(scale["scale"], []).append(scale["name"])
    if len(names) < 2:
        return "".join(f"Scale: {scale}." for scale in names)
    return "Scales: " + "; ".join(f"{_names(of)}: {scale}" for scale, of in names.items()) + "."


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return joined(names if more <= 1 else [*names[:_MOST_NAMED], f"{more} more"])


def _shown(value: Any, column: str, figure: bool) -> _ShownCell:
    source = shown_source(cell_text(_cell(value, column)))
    return _ShownCell(source.words, source.address, figure)


def _is_figure(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _cell(value: Any, column: str) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if column in _CHANGES and value is not None:
        return Signed(value)
    return value if isinstance(value, (int, float)) or value is None else str(value)


def _short(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    words = " ".join(cell.split())
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
