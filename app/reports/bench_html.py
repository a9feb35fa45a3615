"""A benchmark as one self-contained HTML page: every table and plot. Pure; everything from outside is escaped."""

from __future__ import annotations

from html import escape

from app.reports.bench_plots import STYLE, plots_of
from app.reports.bench_text import cell_words, is_words, seconds_words
from app.reports.html import html_page, html_table
from index.bench.figures import Part, Report, Table

# Heads are sentences here and may break, figures not.
_STYLE = f"""{STYLE}
th.n{{white-space:normal}}td:last-child:not(.n){{min-width:8rem}}li{{margin:.2rem 0}}ul{{padding-left:1.2rem}}
.scroll{{margin-bottom:1rem}}
"""


def bench_html(report: Report) -> str:
    """The page: the machine, then each part with its tables, plots and remarks."""
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in report.remarks)
    body = [
        "<h1>ocqa bench</h1>",
        f"<p class=soft>ocqa {escape(report.program)} · {escape(report.started_at)} (UTC)</p>{remarks}",
        _table(report.machine),
        *map(_part, report.parts),
    ]
    return html_page("ocqa bench", _STYLE, body)


def _part(part: Part) -> str:
    plots = "".join(f"<div><h3>{escape(title)}</h3>{drawing}</div>" for title, drawing in plots_of(part))
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in part.remarks)
    return (
        f"<h2>{escape(part.title)}</h2><p class=soft>{seconds_words(part)}</p>{''.join(map(_table, part.tables))}"
        f"<div class=charts>{plots}</div>{f'<ul class=soft>{remarks}</ul>' if remarks else ''}"
    )


def _table(table: Table) -> str:
    rows = [tuple(map(cell_words, row)) for row in table.rows]
    words = [column for column in range(len(table.head)) if is_words(table, column)]
    return f"<h3>{escape(table.title)}</h3>{html_table(table.head, rows, words)}"
