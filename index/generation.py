"""The index folder on disk: whole builds that never change, and one pointer to the published one.

    <index>/CURRENT                     one line, the name of the published generation
    <index>/generations/<name>/         one build: its files and, written last, manifest.json
    <index>/generations/.building-*/    a build under way or a dead one; readers never look

A generation becomes visible by one rename of its folder and is published by one replacement of CURRENT. Opening checks every
file against the manifest. Files are JSON, NumPy arrays without objects, FAISS and DuckDB: nothing that can carry code.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import IndexDamaged, IndexMissing
from corpus.records import SourceFile, SourceKind
from index.embed import ModelSpec

FORMAT_VERSION = 2
MANIFEST = "manifest.json"
PASSAGES, CHUNKS, SENTENCES, WORDS, KEYWORDS, FACTS, COVERAGE, PROBLEMS = (
    "passages.jsonl",
    "chunks.faiss",
    "sentences.faiss",
    "words",
    "keyword",
    "facts.duckdb",
    "coverage.json",
    "problems.jsonl",
)
_KEPT = 3
_REBUILD = "build the index again: ocqa build"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A stored file as it was written."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of and from.

    `recipe` holds the weights of the search and of the confidence at the time of the build and the hashes of the axes of its
    word vectors and of the worth of a lack; `counts` has profiles, paragraphs, passages, chunks, sentences, words, scores.
    """

    format_version: int
    name: str
    created_at: str
    model: ModelSpec
    recipe: Mapping[str, Any]
    sources: tuple[SourceFile, ...]
    counts: Mapping[str, int]
    versions: Mapping[str, str]
    files: Mapping[str, FileRecord]

    def to_json(self) -> str:
        """The text of manifest.json, its own checksum included."""
        data = asdict(self)
        return _dump({**data, "checksum": _checksum(data)})

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read manifest.json. Raises IndexDamaged where it is none, or of another format."""
        try:
            data: dict[str, Any] = json.loads(text)
            version, checksum = data["format_version"], data.pop("checksum")
        except (ValueError, TypeError, KeyError):
            raise IndexDamaged(f"{MANIFEST} is not a manifest", _REBUILD) from None
        if version != FORMAT_VERSION:
            raise IndexDamaged(f"the index has format {version}, this program reads format {FORMAT_VERSION}", _REBUILD)
        if checksum != _checksum(data):
            raise IndexDamaged(f"{MANIFEST} was changed after the build (its checksum differs)", _REBUILD)
        try:
            return cls(
                format_version=version,
                name=data["name"],
                created_at=data["created_at"],
                model=ModelSpec(**data["model"]),
                recipe=data["recipe"],
                sources=tuple(SourceFile(s["name"], SourceKind(s["kind"]), s["size"], s["sha256"]) for s in data["sources"]),
                counts=data["counts"],
                versions=data["versions"],
                files={name: FileRecord(**record) for name, record in data["files"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(f"{MANIFEST} lacks or misstates a part ({error})", _REBUILD) from None


def _dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)


def _checksum(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump(data).encode()).hexdigest()


def new_name(digest: str) -> str:
    """A name that sorts by time and tells builds of the same second apart."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}-{secrets.token_hex(2)}"


def stage(index: Path) -> Path:
    """A new empty folder to build in. Raises OSError where the index folder cannot be written."""
    folder = index / "generations" / f".building-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    return folder


def record_files(folder: Path) -> dict[str, FileRecord]:
    """Hash and size of every file below a staged folder, by name, each flushed to disk."""
    records = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            os.fsync(stream.fileno())
        records[path.relative_to(folder).as_posix()] = FileRecord(digest, path.stat().st_size)
    return records


def publish(index: Path, staged: Path, manifest: Manifest) -> Path:
    """Complete a staged folder with its manifest, make it visible and current. Returns where it stands now."""
    _write_flushed(staged / MANIFEST, manifest.to_json())
    _flush_folder(staged)
    final = index / "generations" / manifest.name
    staged.rename(final)
    _flush_folder(final.parent)
    pointer = index / f".CURRENT-{secrets.token_hex(4)}"
    _write_flushed(pointer, manifest.name + "\n")
    pointer.replace(index / "CURRENT")
    _flush_folder(index)
    return final


def prune(index: Path) -> None:
    """Remove all but the newest generations; the published one always stays."""
    current = current_folder(index).name
    names = sorted((p.name for p in (index / "generations").iterdir() if not p.name.startswith(".")), reverse=True)
    for name in [n for n in names if n != current][_KEPT - 1 :]:
        shutil.rmtree(index / "generations" / name, ignore_errors=True)


def current_folder(index: Path) -> Path:
    """The published generation's folder. Raises IndexMissing where nothing was published."""
    try:
        name = (index / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(f"there is no index in {index}", "build one: ocqa build") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"CURRENT in {index} cannot be read ({error})", _REBUILD) from None
    folder = index / "generations" / name
    if not name or Path(name).name != name or not folder.is_dir():
        raise IndexDamaged(f"CURRENT in {index} names {name[:80]!r}, which is not there", _REBUILD)
    return folder


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexDamaged."""
    try:
        return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{MANIFEST} of {folder.name} cannot be read ({error})", _REBUILD) from None


def damaged_files(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """What differs from the manifest, one sentence a file; empty where all is as written."""
    findings = []
    for name, record in manifest.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            findings.append(f"{name} cannot be read ({error.strerror})")
            continue
        if size != record.size:
            findings.append(f"{name} has {size} bytes, {record.size} were written")
        elif digest != record.sha256:
            findings.append(f"{name} was changed after the build (its checksum differs)")
    expected = {PASSAGES, CHUNKS, SENTENCES, FACTS, COVERAGE, PROBLEMS, f"{KEYWORDS}/count.json", f"{WORDS}/vectors.npy"}
    findings += [f"{name} is not in the manifest" for name in sorted(expected - manifest.files.keys())]
    return tuple(findings)


def _write_flushed(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and renames are flushed with the file
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
