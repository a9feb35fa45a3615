"""A benchmark as Markdown and JSON, and how its figures are written. Pure: a report in, strings out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape

from index.bench.figures import Cell, Part, Report, Table

_NOT_MEASURED = "–"
_MARKS = re.compile(r"([\\`*_\[\]|])")


def cell_words(cell: Cell) -> str:
    """A cell as it is shown: three significant digits of a measured number, thousands separated by commas."""
    if cell is None:
        return _NOT_MEASURED
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return f"{cell:,}"
    if abs(cell) >= 100:
        return f"{cell:,.0f}"
    # Three significant digits without an exponent: 0.00123, 0.123, 1.23, 12.3.
    rounded = float(f"{cell:.3g}")
    decimals = max(0, 2 - int(f"{rounded:e}".partition("e")[2]))
    return f"{rounded:.{decimals}f}"


def seconds_words(part: Part) -> str:
    """How long a part took to measure."""
    return f"measured in {part.seconds:,.0f} s"


def report_json(report: Report) -> str:
    """The whole report as one JSON object."""
    return json.dumps(report.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def report_markdown(report: Report, plots: Mapping[str, Sequence[tuple[str, str]]] | None = None) -> str:
    """All tables and remarks; `plots` maps the name of a part to the (title, file) of its plots."""
    blocks = [f"# ocqa bench: {_safe(report.program)}, {_safe(report.started_at)} (UTC)"]
    blocks += [_table(report.machine), *map(_safe, report.remarks)]
    for part in report.parts:
        blocks.append(f"## {_safe(part.title)}\n\n({seconds_words(part)})")
        blocks += [f"**{_safe(table.title)}**\n\n{_table(table)}" for table in part.tables]
        blocks += [f"![{_safe(title)}]({file})" for title, file in (plots or {}).get(part.name, ())]
        if part.remarks:
            blocks.append("\n".join(f"- {_safe(remark)}" for remark in part.remarks))
    return "\n\n".join(blocks) + "\n"


def _table(table: Table) -> str:
    numbers = ["---" if is_words(table, column) else "---:" for column in range(len(table.head))]
    lines = [[_safe(name) for name in table.head], numbers]
    lines += [[_safe(cell_words(cell)) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def is_words(table: Table, column: int) -> bool:
    """Whether a column holds words rather than figures: the first does, and any with a word in it."""
    return column == 0 or any(isinstance(row[column], str) for row in table.rows)


def _safe(text: str) -> str:
    """Text escaped for Markdown, kept on one line and in its cell."""
    return _MARKS.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
