"""Whether a workbook unpacks to a size that can be read: counted in the packed file, before anything parses it."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from corpus.errors import SourceError

# The Index's workbook has 1 MB in 21 parts, with 90,000 tags.
UNPACKED_LIMIT = 128 * 2**20
PARTS, TAGS = 2_000, 8_000_000
CELLS_IN_A_ROW = 20_000
_PIECE = 2**20
_MARK = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(row|c)[\s/>]")
# The longest beginning of a tag that a piece may cut off.
_TAIL = 64
_CHECK = "check that it is the right file; keep the sheets with scores alone"


def check_sheets(archive: zipfile.ZipFile) -> None:
    """Raises SourceError if there are more parts or tags than in any table of scores, or they or a row are larger."""
    parts = archive.infolist()
    unpacked = sum(info.file_size for info in parts)
    if unpacked > UNPACKED_LIMIT:
        raise SourceError(
            f"the workbook unpacks to {unpacked / 2**20:.0f} MB, more than the {UNPACKED_LIMIT / 2**20:.0f} MB allowed", _CHECK
        )
    if len(parts) > PARTS:
        raise SourceError(f"the workbook has more than {PARTS:,} parts", _CHECK)
    tags = 0
    for info in parts:
        with archive.open(info) as part:
            tags += _tags(part, info.filename.rpartition("/")[2])
        if tags > TAGS:
            raise SourceError(f"the workbook has more than {TAGS // 4:,} cells, or as much of something else", _CHECK)


def _tags(part: IO[bytes], name: str) -> int:
    """How many tags a part has, those that end something included, in any encoding."""
    tags = in_row = 0
    tail = b""
    while piece := part.read(_PIECE):
        tags += piece.count(b"<")
        # UTF-16 without its zero bytes is legible.
        text = tail + piece.replace(b"\x00", b"")
        end = len(text) - _TAIL if len(piece) == _PIECE else len(text)
        for mark in _MARK.finditer(text, 0, max(end, 0)):
            in_row = 0 if mark[1] == b"row" else in_row + 1
            if in_row > CELLS_IN_A_ROW:
                raise SourceError(f"{name} has a row of more than {CELLS_IN_A_ROW:,} cells", _CHECK)
        tail = text[max(end, 0) :]
        if tags > TAGS:
            break
    return tags
