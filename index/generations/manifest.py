"""The manifest of a generation: the last file that a build writes, and the first that a reader opens."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.errors import IndexDamaged
from corpus.records import SourceFile, SourceKind
from index.encoders.protocol import ModelSpec

FORMAT_VERSION = 6
# The name of a file or build: never a path that leads out of the build's folder.
_PLAIN = re.compile(r"(?:[A-Za-z0-9][\w.-]{0,100}/)?[A-Za-z0-9][\w.-]{0,100}")
MANIFEST = "manifest.json"
REBUILD = "build the index again: ocqa build"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Hash and size of a stored file when it was written."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of and what it was made from.

    `vectors` is everything besides its text that decides a vector; builds with equal `vectors` may share them. `recipe` has the
    weights of ranking and confidence, `program` the hash of the code and data that made the build, `roots` the sources folders.
    `counts` has profiles, paragraphs, passages, chunks, sentences, words, scores and problems. `search` says how vectors are
    searched: what was `asked`, and the fields of an `index.stores.ivf_tuning.Choice` for `chunks` and for `sentences`.
    `questions` says how questions are encoded (see `index.generations.question_encoders`).
    """

    format_version: int
    name: str
    created_at: str
    model: ModelSpec
    vectors: Mapping[str, str]
    recipe: Mapping[str, Any]
    questions: Mapping[str, str]
    program: str
    roots: tuple[str, ...]
    sources: tuple[SourceFile, ...]
    counts: Mapping[str, int]
    versions: Mapping[str, str]
    files: Mapping[str, FileRecord]
    search: Mapping[str, Any]

    def to_json(self) -> str:
        """The text of manifest.json, its own checksum included."""
        data = asdict(self)
        return _dump({**data, "checksum": _checksum(data)})

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read manifest.json. Raises IndexDamaged if it is not a manifest, or has another format."""
        try:
            data: dict[str, Any] = json.loads(text)
            version, checksum = data["format_version"], data.pop("checksum")
        except (ValueError, TypeError, KeyError, RecursionError):
            raise IndexDamaged(f"{MANIFEST} is not a manifest", REBUILD) from None
        if version != FORMAT_VERSION:
            raise IndexDamaged(f"the index has format {version}, but this program reads format {FORMAT_VERSION}", REBUILD)
        if checksum != _checksum(data):
            raise IndexDamaged(f"{MANIFEST} was changed after the build (its checksum differs)", REBUILD)
        try:
            outside = [name for name in data["files"] if not _PLAIN.fullmatch(name)]
            if outside or not _PLAIN.fullmatch(data["name"]):
                raise ValueError(f"{(outside or [data['name']])[0]!r} is no name of a stored file")
            return cls(
                format_version=version,
                name=data["name"],
                created_at=data["created_at"],
                model=ModelSpec(**data["model"]),
                vectors=data["vectors"],
                recipe=data["recipe"],
                questions=data["questions"],
                program=data["program"],
                roots=tuple(data["roots"]),
                sources=tuple(SourceFile(s["name"], SourceKind(s["kind"]), s["size"], s["sha256"]) for s in data["sources"]),
                counts=data["counts"],
                versions=data["versions"],
                files={name: FileRecord(**record) for name, record in data["files"].items()},
                search=data["search"],
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(f"{MANIFEST} has a missing or invalid field ({error})", REBUILD) from None


def _dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)


def _checksum(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump(data).encode()).hexdigest()
