"""A table as a Parquet file, written by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import duckdb

# Rows in one statement: with one statement for each row, a table of all scores would take minutes.
_BLOCK = 500


class ColumnType(StrEnum):
    """What a column holds. SCORE is an exact number with two decimals, NUMBER any number."""

    TEXT = "varchar"
    WHOLE = "integer"
    SCORE = "decimal(4, 2)"
    NUMBER = "double"


def write_parquet(path: Path, columns: Sequence[tuple[str, ColumnType]], rows: Sequence[Sequence[object]]) -> None:
    """Write a new file, rows in the order given, None as null; equal tables give equal bytes. Raises OSError."""
    try:
        _write(path, columns, rows)
    except duckdb.IOException as error:
        raise OSError(f"{path.name} could not be written: {str(error).splitlines()[0]}") from error


def _write(path: Path, columns: Sequence[tuple[str, ColumnType]], rows: Sequence[Sequence[object]]) -> None:
    defined = ", ".join(f"{_name(name)} {type}" for name, type in columns)
    row_of_marks = "(" + ", ".join("?" * len(columns)) + ")"
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"create table written ({defined})")
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            marks = ", ".join([row_of_marks] * len(block))
            connection.execute(f"insert into written values {marks}", [value for row in block for value in row])
        quoted = str(path).replace("'", "''")
        connection.execute(f"copy written to '{quoted}' (format parquet, compression zstd)")


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
