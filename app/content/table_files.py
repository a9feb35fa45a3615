"""Tables as CSV and JSON files to download. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

# A spreadsheet reads a cell that starts with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows with the same keys as CSV with a header; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if not rows:
        return ""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def csv_bytes(rows: Sequence[Mapping[str, object]]) -> bytes:
    """The CSV in UTF-8 with a byte order mark: without it, Excel takes the file for the encoding of the machine's language."""
    return csv_text(rows).encode("utf-8-sig", errors="replace")


def json_text(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as a JSON array of objects; missing values are null."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a text that is put into a cell as it is."""
    return text.lstrip().startswith(_FORMULA)


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
