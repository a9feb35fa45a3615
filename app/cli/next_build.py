"""The build that follows a download or an import: of what the index was built from, and the folder that the files went into."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from app.settings import SHIPPED, Settings
from corpus.errors import IndexDamaged, IndexMissing

# Runs another command of `ocqa` by its arguments.
Run = Callable[[Sequence[str]], int]


def build_after(settings: Settings, folder: Path) -> list[str]:
    """The arguments of `ocqa` for that build. Data that ships goes by its name."""
    from corpus.sources import shipped_sources
    from index.generations.folders import current_folder, read_manifest

    shipped = shipped_sources().resolve()
    try:
        roots = [Path(root) for root in read_manifest(current_folder(settings.index)).roots]
    except (IndexMissing, IndexDamaged):
        roots = [shipped]
    kept = [root for root in roots if root != folder.resolve() and root.exists()]
    named = [SHIPPED if root == shipped else str(root) for root in kept]
    arguments = ["build", *(part for source in (*named, str(folder)) for part in ("--sources", source))]
    return arguments if settings.index_elsewhere is None else [*arguments, "--index", str(settings.index)]


def command_words(arguments: list[str]) -> str:
    """The command as it is typed."""
    return shlex.join(["ocqa", *arguments])
