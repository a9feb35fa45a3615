"""The `datapackage.json` of an export, as Frictionless Data describes one (Data Package 1). Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.content.answer_citation import PUBLISHER
from app.content.package_tables import NAMED_BY, Field, PackageTable
from corpus.addresses import SITE
from index.generations.manifest import Manifest
from index.scores.parquet_file import ColumnType

_TYPES = {ColumnType.TEXT: "string", ColumnType.WHOLE: "integer", ColumnType.SCORE: "number", ColumnType.NUMBER: "number"}
_LICENCE_NOTE = (
    f"Scores: {PUBLISHER}, under its own terms. The licence of this program is for its code alone. Indicators are defined in "
    "words of this project."
)


class FileFormat(StrEnum):
    """A format that tables are exported in."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


_MEDIA = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of the package: its name, format, size in bytes and hash, and the tables in it (a workbook has several)."""

    name: str
    format: FileFormat
    size: int
    sha256: str
    tables: tuple[PackageTable, ...]

    @classmethod
    def of(cls, name: str, format: FileFormat, data: bytes, tables: Sequence[PackageTable]) -> PackageFile:
        """The description of a file with these bytes."""
        return cls(name, format, len(data), hashlib.sha256(data).hexdigest(), tuple(tables))


def descriptor(files: Sequence[PackageFile], editions: Sequence[int], citation: str, manifest: Manifest) -> str:
    """The text of datapackage.json: one resource for each table in each file."""
    whole = {
        "profile": "data-package",
        "name": "ocqa-scores",
        "title": "Scores of the Global Organized Crime Index",
        "description": f"Scores of the editions {', '.join(map(str, editions))}, exported by ocqa. Criminality: higher is worse. "
        "Resilience: higher is better. Averages of 2021 cover fewer indicators than later ones, so do not compare them directly.",
        "homepage": SITE,
        "created": manifest.created_at,
        "contributors": [{"title": PUBLISHER, "path": SITE, "role": "author"}],
        "licenses": [{"title": f"Terms of the {PUBLISHER}", "path": SITE}],
        "licence_note": _LICENCE_NOTE,
        "sources": [{"title": f"Global Organized Crime Index, {PUBLISHER}", "path": SITE}],
        "citation": citation,
        "index": {
            "generation": manifest.name,
            "created_at": manifest.created_at,
            "read_from": [{"name": s.name, "kind": s.kind, "sha256": s.sha256} for s in manifest.sources],
        },
        "resources": [_resource(file, table) for file in files for table in file.tables],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _resource(file: PackageFile, table: PackageTable) -> dict[str, object]:
    resource: dict[str, object] = {
        "name": _resource_name(table.name, file.format),
        "path": file.name,
        "title": table.title,
        "description": table.description,
        "format": file.format,
        "mediatype": _MEDIA[file.format],
        "schema": _schema(table, file.format),
    }
    if file.format is not FileFormat.PARQUET:
        # Validators count the bytes of a Parquet file as none, and would call every one of them damaged.
        resource |= {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    if file.format is FileFormat.CSV:
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
    if file.format is FileFormat.XLSX:
        resource |= {"dialect": {"excel": {"sheet": table.name}}}
    return resource


def _schema(table: PackageTable, format: FileFormat) -> dict[str, object]:
    return {
        "fields": [_field(f) for f in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": f.name,
                "reference": {
                    # A table that refers to itself is named by the empty string.
                    "resource": "" if f.refers_to == table.name else _resource_name(f.refers_to, format),
                    "fields": NAMED_BY[f.refers_to],
                },
            }
            for f in table.fields
            if f.refers_to
        ],
    }


def _field(field: Field) -> dict[str, object]:
    described: dict[str, object] = {"name": field.name, "type": _TYPES[field.type], "description": field.description}
    if field.type is ColumnType.SCORE:
        described["constraints"] = {"minimum": 1, "maximum": 10}
    return described


def _resource_name(table: str, format: FileFormat) -> str:
    name = table.replace("_", "-")
    return name if format is FileFormat.CSV else f"{name}-{format}"
