"""The index folder on disk: whole builds that never change, and one pointer to the published one.

    <index>/CURRENT                     one line, the name of the published generation
    <index>/generations/<name>/         one build: its files and, written last, manifest.json
    <index>/generations/.building-*/    a running build, or what a killed one left; readers ignore it
    <index>/.build.lock, .build.json    the lock of the running build, and which process holds it

A generation becomes visible by one rename of its folder and is published by one replacement of CURRENT. Names begin with a
number that only grows, so their order does not depend on the clock. Files are JSON, NumPy arrays without objects, FAISS,
DuckDB and ONNX: nothing that can carry code.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing
from corpus.placing import flush_folder
from index.generations.manifest import MANIFEST, REBUILD, FileRecord, Manifest
from index.stores import bm25_index, token_index

PASSAGES = "passages.jsonl"  # every passage, in order
CHUNKS = "chunks.faiss"  # a vector for each chunk
CHUNK_TEXTS = "chunk_texts.npy"  # the hash of each chunk's embedded text
SENTENCES = "sentences.faiss"  # a vector for each sentence
SENTENCE_TEXTS = "sentence_texts.npy"  # the hash of each sentence's embedded text
WORDS = "words"  # a folder: token vectors
KEYWORDS = "keyword"  # a folder: BM25 postings
FACTS = "facts.duckdb"  # scores, printed ranks, members of groups
COVERAGE = "coverage.json"  # the profiles loaded
PROBLEMS = "problems.jsonl"  # what was wrong in the sources
REPORT = "report.json"  # what the build did
QUESTIONS = "question.onnx"  # the graph that encodes questions, if there is one
# Beside the vectors if there are so many that reading lists is faster than exact search.
CHUNK_LISTS, SENTENCE_LISTS = "chunk_lists.faiss", "sentence_lists.faiss"
_EXPECTED = frozenset(
    (
        *(PASSAGES, CHUNKS, CHUNK_TEXTS, SENTENCES, SENTENCE_TEXTS, FACTS, COVERAGE, PROBLEMS),
        *(f"{KEYWORDS}/{name}" for name in bm25_index.FILES),
        *(f"{WORDS}/{name}" for name in token_index.FILES),
    )
)
# How many generations stay by default.
KEPT = 3
_POINTER = "CURRENT"
_LONGEST_NAME = 100
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Stored:
    """A generation in the index folder. `manifest` is None if it cannot be read, and `trouble` says why."""

    folder: Path
    manifest: Manifest | None
    trouble: str = ""

    @property
    def name(self) -> str:
        """The generation's name."""
        return self.folder.name


def next_name(index: Path, digest: str) -> str:
    """The name of a new generation: its number, the time, and the first digits of the hash of its content."""
    number = max((_order(name)[0] for name in names(index)), default=0) + 1
    return f"{number:06d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}"


def _order(name: str) -> tuple[int, str]:
    number = name.split("-")[0]
    return (int(number) if number.isascii() and number.isdigit() else 0, name)


def names(index: Path) -> list[str]:
    """All finished generations, newest first."""
    try:
        found = [p.name for p in (index / "generations").iterdir() if not p.name.startswith(".") and p.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=_order, reverse=True)


def stage(index: Path) -> Path:
    """A new empty folder to build in. Raises OSError if the index folder cannot be written."""
    folder = index / "generations" / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    return folder


def sweep(index: Path) -> None:
    """Remove what killed builds left behind. Only for the holder of the lock."""
    import shutil  # imports the compressors, which readers do not need

    for pattern in (f"generations/{_BUILDING}*", f".{_POINTER}-*"):
        for left in index.glob(pattern):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def record_files(folder: Path) -> dict[str, FileRecord]:
    """Hash and size of every file below a staged folder, by name. Flushes each to disk."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): record_file(path) for path in paths}


def record_file(path: Path) -> FileRecord:
    """Hash and size of a file. Flushes it to disk."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return FileRecord(digest, path.stat().st_size)


def record_of(data: bytes) -> FileRecord:
    """Hash and size of the bytes of a file."""
    return FileRecord(hashlib.sha256(data).hexdigest(), len(data))


def publish(index: Path, staged: Path, manifest: Manifest) -> Path:
    """Complete a staged folder with its manifest, make it visible and current. Returns its new path."""
    _write_flushed(staged / MANIFEST, manifest.to_json())
    for folder in (staged, *(p for p in staged.rglob("*") if p.is_dir())):
        flush_folder(folder)
    final = index / "generations" / manifest.name
    staged.rename(final)
    flush_folder(final.parent)
    point_to(index, manifest.name)
    return final


def point_to(index: Path, name: str) -> None:
    """Make a finished generation the published one."""
    pointer = index / f".{_POINTER}-{secrets.token_hex(4)}"
    _write_flushed(pointer, name + "\n")
    pointer.replace(index / _POINTER)
    flush_folder(index)


def prune(index: Path, keep: int = KEPT) -> tuple[str, ...]:
    """Remove all but the newest generations and return their names; the published one always stays."""
    import shutil

    current = current_folder(index).name
    removed = [name for name in names(index) if name != current][max(keep, 1) - 1 :]
    for name in removed:
        shutil.rmtree(index / "generations" / name, ignore_errors=True)
    return tuple(removed)


def current_folder(index: Path) -> Path:
    """The published generation's folder. Raises IndexMissing if nothing was published, IndexDamaged if it is not there."""
    try:
        name = (index / _POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        if names(index):
            raise IndexDamaged(f"{_POINTER} in {index} is missing, so it is unknown which build is published", REBUILD) from None
        raise IndexMissing(f"there is no index in {index}", "build one: ocqa build") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{_POINTER} in {index} cannot be read ({error})", REBUILD) from None
    folder = index / "generations" / name
    # A name that is longer than any file's cannot even be looked for.
    if not name or Path(name).name != name or name.startswith((".", "\0")) or len(name) > _LONGEST_NAME or not folder.is_dir():
        raise IndexDamaged(f"{_POINTER} in {index} names {name[:80]!r}, which is not there", REBUILD)
    return folder


def earlier(index: Path) -> list[Path]:
    """The finished generations before the published one, newest first; all of them if none is published."""
    try:
        before = _order(current_folder(index).name)
    except IndexDamaged:
        before = (2**63, "")
    return [index / "generations" / name for name in names(index) if _order(name) < before]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexDamaged."""
    try:
        return Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{MANIFEST} of {folder.name} cannot be read ({error})", REBUILD) from None


def stored(index: Path) -> tuple[Stored, ...]:
    """Every finished generation, newest first."""
    found = []
    for name in names(index):
        folder = index / "generations" / name
        try:
            found.append(Stored(folder, read_manifest(folder)))
        except IndexDamaged as error:
            found.append(Stored(folder, None, error.message))
    return tuple(found)


def damaged_files(folder: Path, manifest: Manifest, *, all_of: bool = True) -> tuple[str, ...]:
    """What differs from the manifest, one sentence for each file; empty if nothing does.

    Without `all_of` the question graph is skipped, since the model itself can replace it.
    """
    findings = []
    for name, record in manifest.files.items():
        if name == QUESTIONS and not all_of:
            continue
        finding = _damage(folder.resolve(), name, record)
        findings += [f"{name} {finding}"] if finding else []
    findings += [f"{name} is not in the manifest" for name in sorted(_EXPECTED - manifest.files.keys())]
    return tuple(findings)


def _damage(folder: Path, name: str, record: FileRecord) -> str:
    """How a stored file differs from its record; empty if it does not. What is no file in this folder is not opened."""
    path = folder / name
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or path.resolve() != path:
            return "is no file of this folder but a link, a pipe or a folder"
        if found.st_size != record.size:
            return f"has {found.st_size} bytes instead of {record.size}"
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "was changed after the build (its checksum differs)" if digest != record.sha256 else ""


def _write_flushed(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
