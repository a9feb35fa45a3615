"""The formats of source files: what a file is by its extension or content, how large it may be, and what reads its scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.confined import confined
from corpus.csv_tables import read_table
from corpus.errors import SourceError
from corpus.file_bytes import read_bytes
from corpus.json_tables import holds_scores
from corpus.records import Problem, Score, SourceKind
from corpus.sniffing import holds_page
from corpus.taxonomy import Taxonomy, load_taxonomy
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
    """What a file is, by its extension or, where that says nothing or little, by its content. None if it cannot be read."""
    kind = kind_of(path)
    in_json = path.suffix.lower() in _JSON
    if kind is not None and not in_json:
        return kind
    kind = SourceKind.TABLE if in_json else SourceKind.PAGE
    try:
        data = read_bytes(path, SAVED_LIMITS[kind], kind)
    except SourceError:
        return None
    try:
        return kind if data and confined(_holds, data, kind, shared=load_taxonomy()) else None
    except SourceError:  # whoever reads it is told why
        return kind


def _holds(data: bytes, kind: SourceKind, taxonomy: Taxonomy) -> bool:
    return holds_scores(data, taxonomy) if kind is SourceKind.TABLE else holds_page(data)
