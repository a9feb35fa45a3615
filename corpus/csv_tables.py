"""Score tables: CSV files with a header row, then one row for each country and edition.

Columns: `iso3` (or `country`), `edition`, optionally `source` (the address the figures were taken from), and one for each
indicator by its id or official name. An empty cell means that the edition did not measure the indicator.
"""

from __future__ import annotations

import csv
import io
import re

from corpus.errors import SourceError
from corpus.grids import GridPlace, Row, read_grid
from corpus.records import Problem, Score
from corpus.taxonomy import Taxonomy

_NUMBER = re.compile(r"\s*\d{1,4}(?:\.\d{1,12})?\s*")


def read_table(data: bytes, name: str, taxonomy: Taxonomy) -> tuple[tuple[Score, ...], tuple[Problem, ...]]:
    """The scores of a table, and every problem with its row and column. Raises SourceError if it is not CSV text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("the table is not UTF-8 text", "save it as CSV in UTF-8", f"row {line}") from None
    if "\x00" in text:
        raise SourceError("the table is not text (it contains zero bytes)", "save it as CSV in UTF-8")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise SourceError(f"the table is not valid CSV ({error})", "save it as CSV in UTF-8") from None
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise SourceError("the table is empty", "fill it in, or remove the file")
    header = rows[0]

    def place_of(row: int, column: int) -> str:
        label = header[column] if column < len(header) else str(column + 1)
        return f"row {row}, column {label!r}"

    typed = ((number, _typed(row)) for number, row in enumerate(rows[1:], start=2))
    reading = read_grid(header, typed, GridPlace(name, "", place_of), None, taxonomy)
    return reading.scores, reading.problems


def _typed(row: list[str]) -> Row:
    return [float(cell) if _NUMBER.fullmatch(cell) else cell.strip() for cell in row]
