"""The formats of source files: what a file is by its extension, how large it may be, and what reads its scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.csv_tables import read_table
from corpus.records import Problem, Score, SourceKind
from corpus.taxonomy import Taxonomy
from corpus.workbooks import read_workbook

_KINDS = {
    ".txt": SourceKind.PAGE,
    ".html": SourceKind.PAGE,
    ".htm": SourceKind.PAGE,
    ".csv": SourceKind.TABLE,
    ".xlsx": SourceKind.WORKBOOK,
}
# Read as workbooks, so that the reader can say how to save them.
_OLD_WORKBOOKS = frozenset((".xls", ".xlsm", ".xlsb", ".ods"))
# In bytes.
SIZE_LIMITS = {SourceKind.PAGE: 8 * 2**20, SourceKind.TABLE: 16 * 2**20, SourceKind.WORKBOOK: 64 * 2**20}
# Content, name in reports and taxonomy to scores and problems. A page has more than scores: see `pages.read_page`.
SCORE_READERS: dict[SourceKind, Callable[[bytes, str, Taxonomy], tuple[tuple[Score, ...], tuple[Problem, ...]]]] = {
    SourceKind.TABLE: read_table,
    SourceKind.WORKBOOK: read_workbook,
}


def kind_of(path: Path) -> SourceKind | None:
    """What a file is, by its extension; None if it is not a source."""
    ending = path.suffix.lower()
    return SourceKind.WORKBOOK if ending in _OLD_WORKBOOKS else _KINDS.get(ending)
