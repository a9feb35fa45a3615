"""Tables of scores as text: CSV as any program writes it, or JSON. `grids` says which columns they may have.

The delimiter is the one under which the labels make most sense; the encoding is UTF-8, UTF-16 or, failing these, Windows-1252.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import PurePosixPath

from corpus.editions import folder_edition
from corpus.errors import SourceError
from corpus.grids.cells import Row, year_of
from corpus.grids.header import LOOKED_AT, find_header
from corpus.grids.labels import Role
from corpus.grids.place import GridPlace
from corpus.grids.reading import read_grid
from corpus.json_tables import is_json, json_rows
from corpus.records import Problem, Score, Severity
from corpus.taxonomy import Taxonomy

_DELIMITERS = ",;\t|"
_ROW_LIMIT, _FIELD_LIMIT = 200_000, 100_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AS_UTF8 = "save it as CSV in UTF-8"


def read_table(data: bytes, name: str, taxonomy: Taxonomy) -> tuple[tuple[Score, ...], tuple[Problem, ...]]:
    """The scores of a table, and every problem with its row and column. Raises SourceError if it is not a table in text.

    `name` includes the folder. Figures whose row and column name no edition are of the one that the folder or the
    file is named after.
    """
    text, encoding = _decoded(data)
    in_records = is_json(text)
    rows = json_rows(text) if in_records else _rows(text, taxonomy)
    header = find_header(rows, taxonomy)
    labels = [column.label for column in header.columns] if header else []

    def row_of(row: int) -> str:
        return f"record {row - 1}" if in_records and row > 1 else f"row {row}"

    def place_of(row: int, column: int) -> str:
        label = labels[column] if column < len(labels) and labels[column] else str(column + 1)
        return f"{row_of(row)}, {'field' if in_records else 'column'} {label!r}"

    edition, by_file_name = named_edition(name, taxonomy)
    reading = read_grid(rows, GridPlace(name, "", place_of, row_of), edition, taxonomy)
    problems = [*_encoding_note(name, encoding), *reading.problems]
    if by_file_name and reading.scores and header is not None and not header.names_editions:
        what = f"the edition {edition} was taken from the name of the file"
        problems.append(Problem(name, "", what, 'add a column "edition" if that is wrong', Severity.WARNING))
    return reading.scores, tuple(problems)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of a table, and the encoding if it is neither UTF-8 nor UTF-16."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _without_mark(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise SourceError(f"the table is not the {encoding} text that it says it is", _AS_UTF8) from None
        encoding = "Windows-1252"
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise SourceError("the table is not text (it contains zero bytes)", _AS_UTF8)
    return text, encoding if encoding == "Windows-1252" else ""


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark, by the zero bytes that letters of English have in it; empty if it is not."""
    head = data[:400]
    for at, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) >= 8 and len(head) % 2 == 0 and head[at::2].count(0) > 0.7 * len(head[at::2]) and 0 not in head[1 - at :: 2]:
            return name
    return ""


def _encoding_note(name: str, encoding: str) -> tuple[Problem, ...]:
    if not encoding:
        return ()
    what = f"the table is not UTF-8 text; it was read as {encoding}"
    return (Problem(name, "", what, f"check the names with accents, or {_AS_UTF8}", Severity.WARNING),)


def _rows(text: str, taxonomy: Taxonomy) -> list[tuple[int, Row]]:
    """The numbered rows, split at the delimiter under which the labels name most columns."""
    if not text.strip():
        raise SourceError("the table is empty", "fill it in, or remove the file")
    best = max(_DELIMITERS, key=lambda delimiter: _columns_named(text, delimiter, taxonomy))
    rows = _split(text, best, _ROW_LIMIT + 1)
    if not any(cell.strip() for _, row in rows for cell in row):
        raise SourceError("the table is empty", "fill it in, or remove the file")
    if len(rows) > _ROW_LIMIT:
        raise SourceError(f"the table has more than {_ROW_LIMIT:,} rows", "split it into several files")
    return list(rows)


def _columns_named(text: str, delimiter: str, taxonomy: Taxonomy) -> tuple[int, int]:
    """How many labels are understood with this delimiter, and how often it stands in the first lines."""
    try:
        split = _split(text[: LOOKED_AT * 4_000], delimiter, LOOKED_AT)
    except SourceError:
        return -1, 0
    header = find_header(split, taxonomy)
    known = sum(c.role not in (Role.UNKNOWN, Role.NONE) for c in header.columns) if header else 0
    return known, sum(len(row) - 1 for _, row in split)


def _split(text: str, delimiter: str, limit: int) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    found: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number > limit:
                break
            found.append((number, row))
    except csv.Error as error:
        raise SourceError(f"the table is not valid CSV ({error})", _AS_UTF8, f"row {len(found) + 1}") from None
    return found


def named_edition(name: str, taxonomy: Taxonomy) -> tuple[int | None, bool]:
    """The edition that the folder, or else the file, is named after, and whether it is the file."""
    folder = folder_edition(name)
    if folder in taxonomy.editions:
        return folder, False
    year = year_of(PurePosixPath(name).stem.replace("_", " "))
    return (year, True) if year in taxonomy.editions else (None, False)
