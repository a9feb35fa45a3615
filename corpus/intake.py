"""Importing a saved file into a sources folder: checked, copied whole or not at all, never over a different file unasked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import SourceError
from corpus.formats import kind_of
from corpus.placing import on_disk, publish, write_flushed
from corpus.recognise import Recognised, differences, recognise, same_pages
from corpus.records import SourceKind
from corpus.sources import read_bytes
from corpus.taxonomy import Taxonomy


class Intake(StrEnum):
    """What became of a file to be imported."""

    TAKEN = "taken in"
    REPLACED = "replaced"
    THERE = "already there"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was imported or was already there; `file` is its path below the sources folder."""

    outcome: Intake
    file: str
    sha256: str
    holds: Recognised


def take_in(path: Path, sources: Path, taxonomy: Taxonomy, edition: int | None = None, *, replace: bool = False) -> Taken:
    """Check a saved file and copy it to its place below `sources`. `edition` is for a page that does not give its own.

    Raises SourceError if it cannot be used or would replace a different file, OcqaError if the folder cannot be written.
    """
    kind = kind_of(path)
    if kind is None:
        raise SourceError(
            f"files with the extension {path.suffix} cannot be imported"
            if path.suffix
            else "files without an extension cannot be imported",
            "save a page as .html or .txt, a workbook as .xlsx, a score table as .csv",
        )
    data = read_bytes(path, kind)
    folder = path.absolute().parent.name if edition is None else str(edition)
    holds = recognise(data, kind, f"{folder}/{path.name}", taxonomy)
    digest = hashlib.sha256(data).hexdigest()
    standing = _standing(holds, sources, taxonomy)
    for file in standing:
        if hashlib.sha256(read_bytes(sources / file, kind)).hexdigest() == digest:
            return Taken(Intake.THERE, file, digest, holds)
    if standing and not replace:
        raise SourceError(
            f"{standing[0]} already exists and differs: {_compared(sources / standing[0], standing[0], holds, taxonomy)}",
            "use --replace to put this file in its place",
        )
    temporary = sources / f".import-{secrets.token_hex(8)}"
    try:
        write_flushed(temporary, data)
        publish(temporary, sources / holds.file)
    finally:
        temporary.unlink(missing_ok=True)
    for file in (f for f in standing if f != holds.file):
        with on_disk(sources / file):
            (sources / file).unlink()
    return Taken(Intake.REPLACED if standing else Intake.TAKEN, holds.file, digest, holds)


def _standing(holds: Recognised, sources: Path, taxonomy: Taxonomy) -> tuple[str, ...]:
    if holds.kind is SourceKind.PAGE:
        return same_pages(sources, holds.countries[0], holds.editions[0], taxonomy)
    return (holds.file,) if (sources / holds.file).exists() else ()


def _compared(path: Path, file: str, new: Recognised, taxonomy: Taxonomy) -> str:
    try:
        return differences(recognise(read_bytes(path, new.kind), new.kind, file, taxonomy), new)
    except SourceError as error:
        return f"the existing file cannot be used ({error.message})"
