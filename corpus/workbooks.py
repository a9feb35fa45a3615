"""Workbooks: the Index's official one, and what people made of it. `grids` says what a sheet with scores looks like.

A year in a sheet's name is the edition of its figures. The official workbook names its sheets `<year>_dataset`, one row for each
country; of these, every country and every indicator is expected.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.csv_tables import named_edition
from corpus.errors import SourceError
from corpus.grids.alike import joined_alike
from corpus.grids.cells import Row, year_of
from corpus.grids.place import GridPlace
from corpus.grids.reading import GridReading, read_grid
from corpus.records import Problem, Score, Severity
from corpus.sheet_limits import check_sheets
from corpus.sheet_parts import column_name, hidden_parts
from corpus.taxonomy import Taxonomy

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_OFFICIAL = re.compile(r"\s*(\d{4})_dataset\s*", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROW_LIMIT, _COLUMN_LIMIT, _SHEET_LIMIT = 25_000, 400, 60
_AGAIN = "download global_oc_index.xlsx from ocindex.net again"
# A sheet with fewer numbers and no labels of scores is a cover or a legend.
_MANY_NUMBERS = 30


def read_workbook(data: bytes, name: str, taxonomy: Taxonomy) -> tuple[tuple[Score, ...], tuple[Problem, ...]]:
    """All scores of a workbook, and every problem with its sheet, row and column.

    Raises SourceError if the file is not a readable workbook (encrypted, damaged, another format) or no sheet of it has scores.
    """
    if data.startswith(_OLE):
        raise SourceError(
            "the workbook is protected by a password, or is an old .xls file", "save it as .xlsx without a password"
        )
    from openpyxl import load_workbook  # most builds have no workbook, and it takes a while to load

    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises a dozen kinds of errors for damaged files
        raise SourceError(f"the workbook cannot be read ({type(error).__name__}: {error})", _AGAIN) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            readings = list(_read_sheets(book, archive, name, taxonomy))
    except (SourceError, MemoryError):
        raise
    except Exception as error:
        raise SourceError(f"the workbook is damaged ({type(error).__name__}: {error})", _AGAIN) from error
    finally:
        book.close()
    if not any(reading.is_table or reading.problems for reading in readings):
        raise SourceError(
            "the workbook has no sheet with the names of countries and indicators as labels",
            "use the Index's own workbook, global_oc_index.xlsx, or label the columns as it does",
        )
    scores, doubled = _once(readings, name)
    problems = [problem for reading in readings for problem in reading.problems]
    if any("is missing" in problem.message for problem in problems):
        problems = _unless_formulas(problems, data, name)
    return scores, (*problems, *doubled)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sheets(archive)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # zipfile raises several kinds for damaged files, NotImplementedError among them
        raise SourceError(f"the file is not an .xlsx workbook ({error})", _AGAIN) from error


def _read_sheets(book: Workbook, archive: zipfile.ZipFile, name: str, taxonomy: Taxonomy) -> Iterator[GridReading]:
    for sheet in book.worksheets[:_SHEET_LIMIT]:
        reading = _read_sheet(sheet, archive, name, taxonomy)
        if sheet.sheet_state != "visible" and reading.scores:
            yield _refused(
                name, f"sheet {sheet.title}", "the sheet is hidden; it is not read", "unhide it if it counts", Severity.WARNING
            )
        else:
            yield reading
    for sheet in book.worksheets[_SHEET_LIMIT:]:
        yield _refused(name, f"sheet {sheet.title}", f"only the first {_SHEET_LIMIT} sheets are read", "split the workbook")


def _read_sheet(sheet: ReadOnlyWorksheet, archive: zipfile.ZipFile, name: str, taxonomy: Taxonomy) -> GridReading:
    title = f"sheet {sheet.title}"
    official = _OFFICIAL.fullmatch(sheet.title)
    year = int(official[1]) if official else year_of(sheet.title.replace("_", " "))
    edition = year if year in taxonomy.editions else None if year else named_edition(name, taxonomy)[0]
    # The size that a sheet states may be wrong; the cells that exist decide.
    sheet.reset_dimensions()
    hidden = hidden_parts(archive, sheet)
    rows = [(number, hidden.without(row)) for number, row in _rows(sheet) if number not in hidden.rows]
    if official and year not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        return _refused(name, title, f"{year} is not a known edition; the sheet is skipped", f"the known editions are {known}")
    place = GridPlace(name, title, lambda row, column: f"cell {column_name(column)}{row}")
    reading = read_grid(rows, place, edition, taxonomy, official=official is not None)
    if official and not rows:
        return _refused(name, title, "the sheet is empty", _AGAIN)
    if not reading.is_table and not official and reading.numbers < _MANY_NUMBERS:
        return replace(reading, problems=())
    if hidden.words and reading.scores:
        what = f"{hidden.words} are hidden; they are not read"
        note = Problem(name, title, what, "unhide them if they count", Severity.WARNING)
        reading = replace(reading, problems=(*reading.problems, note))
    if len(rows) == _ROW_LIMIT:
        cut = _refused(name, title, f"only the first {_ROW_LIMIT:,} rows are read", "split the sheet").problems
        reading = replace(reading, problems=(*reading.problems, *cut))
    return _complete(reading, name, title, taxonomy) if official else reading


def _complete(reading: GridReading, name: str, title: str, taxonomy: Taxonomy) -> GridReading:
    """With a complaint about countries that an official sheet lacks."""
    missing = sorted(taxonomy.countries.keys() - {country for country, _ in reading.countries})
    if not missing or not reading.countries:
        return reading
    count = len(taxonomy.countries)
    what = f"only {count - len(missing)} of {count} countries were found; missing: {', '.join(missing)}"
    return replace(reading, problems=(*reading.problems, Problem(name, title, what, _AGAIN, Severity.ERROR)))


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Row]]:
    rows = sheet.iter_rows(values_only=True, max_row=_ROW_LIMIT, max_col=_COLUMN_LIMIT)
    return ((number, row) for number, row in enumerate(rows, start=1))


def _once(readings: list[GridReading], name: str) -> tuple[tuple[Score, ...], list[Problem]]:
    """Each figure of the sheets once. Where two sheets differ, it is not known which is right, and neither is used."""
    first: dict[tuple[str, int, str], Score] = {}
    differing: set[tuple[str, int, str]] = set()
    problems: list[Problem] = []
    for score in (score for reading in readings for score in reading.scores):
        key = (score.country, score.edition, score.indicator)
        kept = first.setdefault(key, score)
        if kept.value != score.value:
            differing.add(key)
            places = " and ".join(s.source.removeprefix(f"{name}, ") for s in (kept, score))
            what = f"two sheets differ in figures of the {score.edition} edition; neither is used"
            problems.append(Problem(name, places, what, "keep one of the two sheets, or hide the other", Severity.ERROR))
    return tuple(score for key, score in first.items() if key not in differing), list(joined_alike(problems))


def _unless_formulas(problems: list[Problem], data: bytes, name: str) -> list[Problem]:
    """The problems; where figures are missing because formulas have no stored values, that is said once instead."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    formulas: dict[str, int] = {}
    try:
        for sheet in book.worksheets[:_SHEET_LIMIT]:
            sheet.reset_dimensions()
            count = sum(isinstance(cell, str) and cell.startswith("=") for _, row in _rows(sheet) for cell in row)
            if count:
                formulas[f"sheet {sheet.title}"] = count
    finally:
        book.close()
    hint = "open the workbook in a spreadsheet program and save it"
    said = [Problem(name, sheet, _unstored(count), hint, Severity.ERROR) for sheet, count in formulas.items()]
    kept = [p for p in problems if "is missing" not in p.message or p.place.partition(", cell")[0] not in formulas]
    return [*kept, *said] if len(kept) < len(problems) else problems


def _unstored(count: int) -> str:
    return "1 cell holds a formula without a stored value" if count == 1 else f"{count} cells hold formulas without stored values"


def _refused(name: str, place: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> GridReading:
    return GridReading((), (Problem(name, place, message, hint, severity),), frozenset(), is_table=False)
