"""Score tables in JSON: records, alone or inside an object, one a line, or as lists of columns. They become rows with labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.errors import SourceError
from corpus.grids.cells import Cell, Row
from corpus.grids.header import header_of
from corpus.taxonomy import Taxonomy

_AS_RECORDS = 'save it as a list of records, such as [{"country": "Peru", "edition": 2023, "cocaine_trade": 9}]'
_DEEPEST = 4


def is_json(text: str) -> bool:
    """Whether a text is meant to be JSON: no table in text begins with these signs."""
    return text.lstrip()[:1] in ("{", "[")


def json_rows(text: str) -> list[tuple[int, Row]]:
    """A row of labels, numbered 1, then a row for each record. Raises SourceError if the text is not JSON with records."""
    records = _records(_parsed(text), 0)
    if not records:
        raise SourceError("the JSON has no records of scores", _AS_RECORDS)
    labels = list(dict.fromkeys(key for record in records for key in record))
    rows: list[tuple[int, Row]] = [(1, labels)]
    rows += [(number, [_plain(record.get(label)) for label in labels]) for number, record in enumerate(records, start=2)]
    return rows


def holds_scores(data: bytes, taxonomy: Taxonomy) -> bool:
    """Whether a file in JSON has the fields of a table of scores."""
    try:
        _, labels = json_rows(data.decode("utf-8-sig"))[0]
    except (ValueError, SourceError):
        return False
    return header_of(1, labels, taxonomy).holds_scores


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise SourceError("the JSON is nested too deeply", _AS_RECORDS) from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            where = f"row {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise SourceError(f"the table is not valid JSON ({error})", "save it again", where) from None


def _records(data: Any, depth: int) -> list[Mapping[str, Any]]:
    """The records in a list, or in the first list inside an object; a record for each row of columns of equal length."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [record for record in data if isinstance(record, Mapping)]
    if not isinstance(data, Mapping) or depth == _DEEPEST:
        return []
    lists = [value for value in data.values() if isinstance(value, list)]
    if lists and all(not isinstance(v, Mapping) for column in lists for v in column) and len({len(v) for v in lists}) == 1:
        columns = {key: value for key, value in data.items() if isinstance(value, list)}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for value in data.values():
        found = _records(value, depth + 1) if isinstance(value, (list, Mapping)) else []
        if found:
            return found
    return []


def _plain(value: Any) -> Cell:
    """A cell; what is nested in a record is no figure."""
    return json.dumps(value)[:80] if isinstance(value, (Mapping, Sequence)) and not isinstance(value, str) else value
