"""Importing a saved file into a sources folder: checked, copied whole or not at all, never over a different file unasked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import SourceError
from corpus.file_bytes import read_bytes
from corpus.folders import files_below
from corpus.formats import SAVED_LIMITS, kind_of, kind_of_file
from corpus.placing import on_disk, publish, write_flushed
from corpus.recognise import Recognised, recognise
from corpus.standing import place_of
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


@dataclass(frozen=True, slots=True)
class Expanded:
    """The files to import that a path stands for, and those in a folder that are nothing to import."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def expand(path: Path) -> Expanded:
    """A file is itself; a folder is everything below it that can be imported, hidden files left out.

    Raises SourceError if nothing in a folder can be.
    """
    if not path.is_dir():
        return Expanded((path,), ())
    below = tuple(files_below(path))
    files = tuple(file for file in below if kind_of_file(file) is not None)
    if not files:
        raise SourceError("the folder has no page, workbook or table in it", "name the folder that the files were saved to")
    return Expanded(files, tuple(file for file in below if file not in set(files)))


def take_in(
    path: Path,
    sources: Path,
    taxonomy: Taxonomy,
    edition: int | None = None,
    *,
    replace: bool = False,
    fresh: Collection[str] = (),
) -> Taken:
    """Check a saved file and copy it to its place below `sources`. `edition` is for a page that does not give its own.

    `fresh` are the places of files that were just taken in, which `replace` does not apply to. Raises SourceError if the file
    cannot be used or would replace a different one, OcqaError if the folder cannot be written.
    """
    kind = kind_of_file(path) or kind_of(path)
    if kind is None:
        raise SourceError(
            f"files with the extension {path.suffix} cannot be imported"
            if path.suffix
            else "files without an extension cannot be imported",
            "save a page as .html, .mhtml, .pdf or .txt, a workbook as .xlsx, a score table as .csv, .tsv or .json",
        )
    data = read_bytes(path, SAVED_LIMITS[kind], kind)
    folder = path.absolute().parent.name if edition is None else str(edition)
    holds = recognise(data, kind, f"{folder}/{path.name}", taxonomy)
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(data, holds, sources, taxonomy, replace=replace, fresh=fresh)
    if place.there:
        return Taken(Intake.THERE, place.file, digest, holds)
    temporary = sources / f".import-{secrets.token_hex(8)}"
    try:
        write_flushed(temporary, data)
        publish(temporary, sources / place.file)
    finally:
        temporary.unlink(missing_ok=True)
    for file in (f for f in place.replaced if f != place.file):
        with on_disk(sources / file):
            (sources / file).unlink()
    return Taken(Intake.REPLACED if place.replaced else Intake.TAKEN, place.file, digest, holds)
