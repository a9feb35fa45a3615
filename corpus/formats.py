"""The formats of source files: what a file is by its extension or content, how large it may be, and what reads its scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.csv_tables import read_table
from corpus.json_tables import holds_scores
from corpus.records import Problem, Score, SourceKind
from corpus.sniffing import is_page_unnamed
from corpus.taxonomy import Taxonomy
from corpus.workbooks import read_workbook

# Most JSON files are no tables.
_JSON = (".json", ".jsonl", ".ndjson")
_KINDS = {
    ".txt": SourceKind.PAGE,
    ".html": SourceKind.PAGE,
    ".htm": SourceKind.PAGE,
    ".xhtml": SourceKind.PAGE,
    ".mht": SourceKind.PAGE,
    ".mhtml": SourceKind.PAGE,
    ".pdf": SourceKind.PAGE,
    ".csv": SourceKind.TABLE,
    ".tsv": SourceKind.TABLE,
    ".tab": SourceKind.TABLE,
    **dict.fromkeys(_JSON, SourceKind.TABLE),
    ".xlsx": SourceKind.WORKBOOK,
}
# Read as workbooks, so that the reader can say how to save them.
_OLD_WORKBOOKS = frozenset((".xls", ".xlsm", ".xlsb", ".ods"))
# In bytes.
SIZE_LIMITS = {SourceKind.PAGE: 8 * 2**20, SourceKind.TABLE: 16 * 2**20, SourceKind.WORKBOOK: 64 * 2**20}
# A page that a browser saved as a single file has its pictures and styles inside.
SAVED_LIMITS = {**SIZE_LIMITS, SourceKind.PAGE: 32 * 2**20}
# Content, name in reports and taxonomy to scores and problems. A page has more than scores: see `page_files.read_pages`.
SCORE_READERS: dict[SourceKind, Callable[[bytes, str, Taxonomy], tuple[tuple[Score, ...], tuple[Problem, ...]]]] = {
    SourceKind.TABLE: read_table,
    SourceKind.WORKBOOK: read_workbook,
}


def kind_of(path: Path) -> SourceKind | None:
    """What a file is, by its extension; None if it is not a source."""
    ending = path.suffix.lower()
    return SourceKind.WORKBOOK if ending in _OLD_WORKBOOKS else _KINDS.get(ending)


def kind_of_file(path: Path) -> SourceKind | None:
    """What a file is, by its extension or, where that says nothing or little, by its content."""
    kind = kind_of(path)
    if path.suffix.lower() in _JSON and not holds_scores(path, SIZE_LIMITS[SourceKind.TABLE]):
        return None
    if kind is None and is_page_unnamed(path, SAVED_LIMITS[SourceKind.PAGE]):
        return SourceKind.PAGE
    return kind
