"""The files behind the download buttons: names, types, and what makes their bytes once somebody asks for them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.content.file_about import About
from app.content.table_files import csv_bytes
from app.content.workbook_files import Sheet, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Data"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its kind as the button says it, its name, its media type, and what makes its bytes."""

    kind: str
    name: str
    media: str
    content: Callable[[], bytes]


def table_downloads(stem: str, rows: Sequence[Mapping[str, object]], about: About) -> tuple[Download, ...]:
    """A table as CSV and as a workbook; no files for a table without rows."""
    if not rows:
        return ()
    return (
        Download("CSV", f"{stem}.csv", "text/csv", partial(csv_bytes, rows)),
        Download("XLSX", f"{stem}.xlsx", XLSX, partial(xlsx_bytes, (Sheet(SHEET, rows),), about)),
    )


def json_download(stem: str, text: Callable[[], str]) -> Download:
    """A JSON file."""
    return Download("JSON", f"{stem}.json", "application/json", lambda: _encoded(text()))


def markdown_download(stem: str, text: Callable[[], str]) -> Download:
    """A Markdown file."""
    return Download("Markdown", f"{stem}.md", "text/markdown", lambda: _encoded(text()))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
