"""Whether a workbook unpacks to a size that can be read: counted in the packed file, before anything parses it."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from corpus.errors import SourceError

UNPACKED_LIMIT = 256 * 2**20
CELLS_IN_A_ROW = 20_000
CELLS_IN_A_SHEET = 3_000_000
_PIECE = 2**20
_MARK = re.compile(rb"<(?:\w+:)?(row|c)[\s/>]")
# The longest beginning of a tag that a piece may cut off.
_TAIL = 32
_CHECK = "check that it is the right file; keep the sheets with scores alone"


def check_sheets(archive: zipfile.ZipFile) -> None:
    """Raises SourceError if the parts, a sheet or a row are larger than any table of scores."""
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > UNPACKED_LIMIT:
        raise SourceError(
            f"the workbook unpacks to {unpacked / 2**20:.0f} MB, more than the {UNPACKED_LIMIT / 2**20:.0f} MB allowed", _CHECK
        )
    for info in archive.infolist():
        if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
            with archive.open(info) as part:
                _check_sheet(part, info.filename.rpartition("/")[2])


def _check_sheet(part: IO[bytes], name: str) -> None:
    cells = in_row = read = 0
    tail = b""
    while piece := part.read(_PIECE):
        read += len(piece)
        if read > UNPACKED_LIMIT:
            raise SourceError(f"{name} unpacks to more than the {UNPACKED_LIMIT / 2**20:.0f} MB allowed", _CHECK)
        text = tail + piece
        end = len(text) - _TAIL if len(piece) == _PIECE else len(text)
        for mark in _MARK.finditer(text, 0, max(end, 0)):
            if mark[1] == b"row":
                in_row = 0
                continue
            cells, in_row = cells + 1, in_row + 1
            if in_row > CELLS_IN_A_ROW:
                raise SourceError(f"{name} has a row of more than {CELLS_IN_A_ROW:,} cells", _CHECK)
            if cells > CELLS_IN_A_SHEET:
                raise SourceError(f"{name} has more than {CELLS_IN_A_SHEET:,} cells", _CHECK)
        tail = text[max(end, 0) :]
