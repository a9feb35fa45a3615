"""The Index's official workbook: sheets named `<year>_dataset`, one row for each country."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from corpus.errors import SourceError
from corpus.grids import GridPlace, GridReading, Row, read_grid
from corpus.records import Problem, Score, Severity
from corpus.taxonomy import Taxonomy

_SHEET = re.compile(r"\s*(\d{4})_dataset\s*", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACKED_LIMIT = 512 * 2**20
_ROW_LIMIT, _COLUMN_LIMIT = 5_000, 200
_AGAIN = "download global_oc_index.xlsx from ocindex.net again"


def read_workbook(data: bytes, name: str, taxonomy: Taxonomy) -> tuple[tuple[Score, ...], tuple[Problem, ...]]:
    """All scores of a workbook, and every problem with its sheet, row and column.

    Raises SourceError if the file is not a readable workbook: encrypted, damaged, another format.
    """
    if data.startswith(_OLE):
        raise SourceError(
            "the workbook is protected by a password, or is an old .xls file", "save it as .xlsx without a password"
        )
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises a dozen kinds of errors for damaged files
        raise SourceError(f"the workbook cannot be read ({type(error).__name__}: {error})", _AGAIN) from error
    scores: list[Score] = []
    problems: list[Problem] = []
    try:
        sheets = [(s, int(m[1])) for s in book.worksheets if (m := _SHEET.fullmatch(s.title))]
        for sheet, edition in sheets:
            reading = _read_sheet(sheet, edition, name, taxonomy)
            scores += reading.scores
            problems += reading.problems
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"the workbook is damaged ({type(error).__name__}: {error})", _AGAIN) from error
    finally:
        book.close()
    if not sheets:
        raise SourceError(
            "the workbook has no sheet with a name like 2021_dataset", "use the Index's own workbook, global_oc_index.xlsx"
        )
    return tuple(scores), tuple(problems)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except Exception as error:  # zipfile raises several kinds for damaged files, NotImplementedError among them
        raise SourceError(f"the file is not an .xlsx workbook ({error})", _AGAIN) from error
    if unpacked > _UNPACKED_LIMIT:
        raise SourceError(f"the workbook unpacks to {unpacked / 2**20:.0f} MB, more than the 512 MB allowed", _AGAIN)


def _read_sheet(sheet: ReadOnlyWorksheet, edition: int, name: str, taxonomy: Taxonomy) -> GridReading:
    title = f"sheet {sheet.title}"
    if edition not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        return _refused(name, title, f"{edition} is not a known edition; the sheet is skipped", f"the known editions are {known}")
    # The size that a sheet states may be wrong; the cells that exist decide.
    sheet.reset_dimensions()
    rows = _rows(sheet)
    header = next(rows, None)
    if header is None:
        return _refused(name, title, "the sheet is empty", _AGAIN)
    place = GridPlace(name, title, lambda row, column: f"cell {get_column_letter(column + 1)}{row}")
    reading = read_grid(header[1], rows, place, edition, taxonomy)
    missing = sorted(taxonomy.countries.keys() - {country for country, _ in reading.countries})
    if not missing or not reading.countries:
        return reading
    count = len(taxonomy.countries)
    problem = Problem(
        name,
        title,
        f"only {count - len(missing)} of {count} countries were found; missing: {', '.join(missing)}",
        _AGAIN,
        Severity.ERROR,
    )
    return GridReading(reading.scores, (*reading.problems, problem), reading.countries)


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Row]]:
    rows = sheet.iter_rows(values_only=True, max_row=_ROW_LIMIT, max_col=_COLUMN_LIMIT)
    return ((number, row) for number, row in enumerate(rows, start=1))


def _refused(name: str, place: str, message: str, hint: str) -> GridReading:
    return GridReading((), (Problem(name, place, message, hint, Severity.ERROR),), frozenset())
