"""Going back: publishing an earlier generation again, after checking that it is intact."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing, OcqaError
from index.generations import folders
from index.generations.lock import build_lock


def roll_back(index: Path, name: str | None = None) -> str:
    """Publish this generation, or the newest intact one before the published one; returns its name.

    Raises IndexMissing if there is no index, IndexDamaged if the named generation is damaged, OcqaError if there is none to go
    back to.
    """
    names = folders.names(index)
    if not names:
        raise IndexMissing(f"there is no index in {index}", "build one: ocqa build")
    with build_lock(index):
        if name is not None:
            if name not in names:
                raise OcqaError(f"there is no generation {name!r} in {index}", f"choose one of: {', '.join(names)}")
            folder = index / "generations" / name
            if trouble := _trouble(folder):
                raise IndexDamaged(f"{name} is damaged: {trouble}", "list the generations: ocqa history")
            folders.point_to(index, name)
            return name
        for folder in folders.earlier(index):
            if not _trouble(folder):
                folders.point_to(index, folder.name)
                return folder.name
    raise OcqaError("there is no earlier generation that is intact", "build the index again: ocqa build")


def _trouble(folder: Path) -> str:
    try:
        return "; ".join(folders.damaged_files(folder, folders.read_manifest(folder)))
    except IndexDamaged as error:
        return error.message
