"""`ocqa export`: all loaded scores as a data package, each file written whole or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag
from app.settings import Settings
from corpus.errors import OcqaError, QuestionError

if TYPE_CHECKING:
    from app.content.file_about import About
    from app.content.package_descriptor import FileFormat, PackageFile
    from app.content.package_tables import PackageTable
    from index.generations.snapshot import Snapshot

_FORMATS = ("csv", "xlsx", "parquet")
_ALL = "all"
_DESCRIPTOR = "datapackage.json"


def add_export_command(commands: Commands, say: Say) -> None:
    """Add `export` to the commands."""
    export = add_command(
        commands, "export", "write all loaded scores as a data package", example=f"--output my-data --format {_ALL}"
    )
    export.add_argument("--output", required=True, metavar="FOLDER", help="the folder to write the files into")
    export.add_argument(
        "--format", choices=(*_FORMATS, _ALL), default=_FORMATS[0], help="the format of the tables (default: csv)"
    )
    export.add_argument(
        "--wide",
        action="store_true",
        help="one row for each country and edition, a column for each indicator, as ocqa import reads it (default: one row for "
        "each score)",
    )
    export.add_argument("--replace", action="store_true", help="replace the files of an earlier export in the folder")
    add_index_flag(export)
    export.set_defaults(run=lambda options, settings: run_export(options, settings, say))


def run_export(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Write the package and print the path of each file."""
    from app.content.package_descriptor import FileFormat
    from index.generations.snapshot import open_snapshot

    folder = Path(options.output).expanduser()
    if folder.exists() and not folder.is_dir():
        raise QuestionError(f"{folder} is a file", "name a folder with --output")
    standing = _standing(folder)
    if standing and not options.replace:
        raise OcqaError(
            f"{folder} already has {', '.join(standing)}",
            "use --replace to put new files in their place, or choose another folder with --output",
        )
    formats = tuple(FileFormat) if options.format == _ALL else (FileFormat(options.format),)
    snapshot = open_snapshot(settings.index)
    try:
        if snapshot.warning:
            say(f"warning: {snapshot.warning}")
        tables = _tables(snapshot, wide=options.wide)
        names = _write_package(folder, tables, formats, snapshot)
        loaded = snapshot.loaded
        say(
            f"{snapshot.score_store.count():,} scores of {len(loaded.countries)} countries, editions "
            f"{', '.join(map(str, loaded.all_editions))}, from index build {snapshot.manifest.name}"
        )
    finally:
        snapshot.close()
    if left := [name for name in standing if name not in names]:
        say(f"left as they were, from an earlier export: {', '.join(left)}")
    for name in names:
        print(folder / name)
    return 0


def _standing(folder: Path) -> list[str]:
    """The files in the folder with a name that an export may write."""
    from app.content.package_tables import COUNTRIES, GROUPS, INDICATORS, OWN, SCORES, WIDE

    stems = (SCORES, WIDE, INDICATORS, COUNTRIES, GROUPS, OWN)
    possible = [f"{stem}.{format}" for stem in stems for format in _FORMATS] + [_DESCRIPTOR]
    return [name for name in possible if (folder / name).exists()]


def _tables(snapshot: Snapshot, *, wide: bool) -> tuple[PackageTable, ...]:
    """The table of scores and the dictionary. Raises OcqaError if the index has no scores."""
    from app.content.package_tables import dictionary, own_figures, tidy_scores, wide_scores

    taxonomy = snapshot.taxonomy
    scores = snapshot.score_store.scores_in(list(taxonomy.indicators), taxonomy.editions)
    if not scores:
        raise OcqaError("the index has no scores to export", "add the workbook to the sources: ocqa fetch --workbook, ocqa build")
    own = (own_figures(snapshot.own_figures, taxonomy),) if snapshot.own_figures else ()
    return (wide_scores if wide else tidy_scores)(scores, taxonomy), *dictionary(snapshot.loaded, taxonomy), *own


def _write_package(folder: Path, tables: Sequence[PackageTable], formats: Sequence[FileFormat], snapshot: Snapshot) -> list[str]:
    """Write all files beside their places, then move each into its place, the descriptor last; their names in that order."""
    from app.content.file_about import about_scores
    from app.content.package_descriptor import descriptor
    from corpus.placing import on_disk, publish, write_flushed

    editions = snapshot.loaded.all_editions
    about = about_scores(f"{tables[0].title}: {tables[0].description}", editions, snapshot.manifest, snapshot.taxonomy)
    with _about_output(), on_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".ocqa-export-", dir=folder) as name:
            staging = Path(name)
            files = [file for format in formats for file in _write_tables(staging, tables, format, about)]
            described = descriptor(files, editions, about.citation, snapshot.manifest)
            write_flushed(staging / _DESCRIPTOR, described.encode())
            names = [*(file.name for file in files), _DESCRIPTOR]
            for written in names:
                publish(staging / written, folder / written)
    return names


def _write_tables(staging: Path, tables: Sequence[PackageTable], format: FileFormat, about: About) -> Iterator[PackageFile]:
    """Write the tables in one format: a workbook holds all of them, of the other formats each has a file."""
    from app.content.package_descriptor import FileFormat, PackageFile
    from app.content.table_files import csv_text
    from app.content.workbook_files import Sheet, xlsx_bytes
    from corpus.placing import write_flushed
    from index.scores.parquet_file import write_parquet

    together = [tables] if format is FileFormat.XLSX else [[table] for table in tables]
    for held in together:
        path = staging / f"{held[0].name}.{format}"
        if format is FileFormat.PARQUET:
            (table,) = held
            columns = [(f.name, f.type) for f in table.fields]
            write_parquet(path, columns, [[row[name] for name, _ in columns] for row in table.rows])
        elif format is FileFormat.XLSX:
            write_flushed(path, xlsx_bytes([Sheet(table.name, table.rows) for table in held], about))
        else:
            # No byte order mark: programs read these, and the workbook is there for a spreadsheet.
            write_flushed(path, csv_text(held[0].rows).encode())
        yield PackageFile.of(path.name, format, path.read_bytes(), held)


@contextmanager
def _about_output() -> Iterator[None]:
    """Errors about files name the flag of this command."""
    try:
        yield
    except OcqaError as error:
        raise OcqaError(error.message, error.hint.replace("--sources", "--output")) from error
