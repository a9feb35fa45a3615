"""Tables as an XLSX workbook to download: numbers are numbers, text stays text, the same content gives the same bytes. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.content.file_about import About
from app.content.table_files import is_formula

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Column widths, in characters.
_NARROWEST, _WIDEST = 8, 60
_ABOUT_WIDTHS = (18, 100)
# The most characters that a cell may hold.
_LONGEST_TEXT = 32_767
_CUT = " … (cut: too long for a cell)"
# The time that a workbook and its parts are stamped with: the earliest that the format can hold.
_STAMP = datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a header: its title, at most 31 characters, and rows with the same keys."""

    title: str
    rows: Sequence[Mapping[str, object]]


def xlsx_bytes(sheets: Sequence[Sheet], about: About) -> bytes:
    """A workbook of these sheets, each with a bold header that stays in view, and a last sheet "About"."""
    # Loading the library takes longer than answering a question.
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet.rows)
    _fill_about(book.create_sheet("About"), about)
    book.properties.creator = "ocqa"
    book.properties.title = about.what
    book.properties.created = book.properties.modified = _STAMP
    stream = io.BytesIO()
    # The library's own `save` would stamp the file with the time of day.
    ExcelWriter(book, ZipFile(stream, "w", ZIP_DEFLATED, allowZip64=True)).save()
    return _restamped(stream.getvalue())


def _fill(sheet: WriteOnlyWorksheet, rows: Sequence[Mapping[str, object]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    names = list(rows[0]) if rows else []
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, start=1):
        longest = max(len(name), *(len(_shown(row[name])) for row in rows))
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    sheet.append([_cell(sheet, name, font=Font(bold=True)) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in names])


def _fill_about(sheet: WriteOnlyWorksheet, about: About) -> None:
    from openpyxl.styles import Alignment, Font

    for letter, width in zip("AB", _ABOUT_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for label, text in about.lines():
        left = _cell(sheet, label, font=Font(bold=True), alignment=Alignment(vertical="top"))
        sheet.append([left, _cell(sheet, text, alignment=Alignment(vertical="top", wrap_text=True))])


def _cell(sheet: WriteOnlyWorksheet, value: object, **style: Any) -> object:
    """A value as a cell. Plain numbers and harmless text need no cell object of their own, which takes most of the time."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, (float, Decimal)):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "0.00"
        return cell
    if not isinstance(value, str):
        return value
    text = _storable(value)
    guessed = is_formula(text) or text.startswith("#")
    if not guessed and not style:
        return text or None
    cell = WriteOnlyCell(sheet, text)
    if guessed:
        # The library would store "=1+1" as a formula and "#N/A" as an error; the quote prefix keeps it text when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = True
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


def _storable(text: str) -> str:
    """The text without the control characters that XML cannot hold, and no longer than a cell may be."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)).encode("utf-8", errors="replace").decode()
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, (float, Decimal)) else str(value)


def _restamped(data: bytes) -> bytes:
    """The same archive with one time on every part."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name, content in _parts(old):
            new.writestr(ZipInfo(name, _STAMP.timetuple()[:6]), content, ZIP_DEFLATED)
    return stream.getvalue()


def _parts(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        yield name, archive.read(name)
