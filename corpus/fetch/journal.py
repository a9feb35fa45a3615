"""The record of downloads: one JSON object a line, only ever appended to.

The last line for an address is the one that counts. A line is written before its file becomes visible, so every downloaded
file has one; if a run died in between, the line and the file disagree. A line that cannot be read is ignored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.placing import on_disk

JOURNAL = ".ocqa-downloads.jsonl"


@dataclass(frozen=True, slots=True)
class Record:
    """One download: `time` in ISO 8601 and UTC, `file` below the sources folder, empty validators if the site sent none.

    `status` is that of the response: 200 or 206 with a body, 304 if it had not changed.
    """

    url: str
    time: str
    status: int
    file: str
    sha256: str
    size: int
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Earlier downloads: the last record of each address, and every (file, SHA-256) ever written."""

    last: Mapping[str, Record]
    written: frozenset[tuple[str, str]]


def parse_journal(data: bytes) -> tuple[Record, ...]:
    """Every record of a journal, in order; invalid lines are skipped."""
    records = (_record(line) for line in data.split(b"\n"))
    return tuple(record for record in records if record is not None)


def index_journal(records: Iterable[Record]) -> Journal:
    """Records by address and by file."""
    records = tuple(records)
    return Journal({r.url: r for r in records}, frozenset((r.file, r.sha256) for r in records))


def read_journal(sources: Path) -> Journal:
    """The journal of a sources folder, empty if there is none. Raises OcqaError if it cannot be read."""
    path = sources / JOURNAL
    with on_disk(path):
        return index_journal(parse_journal(path.read_bytes()) if path.exists() else ())


def append(sources: Path, record: Record) -> None:
    """Add a line and flush it. Raises OcqaError if it cannot be written."""
    path = sources / JOURNAL
    line = json.dumps(asdict(record), ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
    with on_disk(path), path.open("ab+") as stream:
        if stream.seek(0, os.SEEK_END) > 0:
            stream.seek(-1, os.SEEK_END)
            # A run that died may have left its last line incomplete.
            line = line if stream.read(1) == b"\n" else b"\n" + line
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def _record(line: bytes) -> Record | None:
    try:
        data: Any = json.loads(line)
        return Record(**{f.name: _typed(data[f.name], f.type) for f in fields(Record)})
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _typed(value: Any, kind: object) -> Any:
    # Here a dataclass field has the name of its type.
    if type(value).__name__ != kind:
        raise TypeError(f"{value!r} is not a {kind}")
    return value
