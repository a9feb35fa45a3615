"""Which program made a build: the hash of the code and data that turn sources into an index."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("corpus", "index")
_ENDINGS = (".py", ".csv", ".toml", ".npy", ".json")
_LEFT_OUT = ("shipped", "evals", "bench", "fetch", "__pycache__")


@cache
def code_hash() -> str:
    """Equal for equal code and data files of the packages that build. The shipped corpus is a source, not program."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for name, file in sorted(_files(files(package), package)):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in _LEFT_OUT:
            found += _files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_ENDINGS):
            found.append((f"{name}/{entry.name}", entry))
    return found
