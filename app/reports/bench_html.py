"""A benchmark as one self-contained HTML page: every table and plot. Pure: a report in, the page out."""

from __future__ import annotations

from markupsafe import Markup

from app.reports.bench_plots import plots_of
from app.reports.bench_text import cell_words, is_words, seconds_words
from app.reports.html import fill
from index.bench.figures import Part, Report, Table


def report_html(report: Report) -> str:
    """The page: the machine, then each part with its tables, plots and remarks."""
    return fill(
        "bench.html.j2", report=report, seconds_words=seconds_words, plots_of=_plots, rows_of=_rows, words_of=_word_columns
    )


def _plots(part: Part) -> list[tuple[str, Markup]]:
    return [(title, Markup(drawing)) for title, drawing in plots_of(part)]  # its names are escaped where it is drawn


def _rows(table: Table) -> list[tuple[str, ...]]:
    return [tuple(map(cell_words, row)) for row in table.rows]


def _word_columns(table: Table) -> list[int]:
    return [column for column in range(len(table.head)) if is_words(table, column)]
