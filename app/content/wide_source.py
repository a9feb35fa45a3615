"""The source of a whole row of scores, where each score has its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable

_BETWEEN = ", "


def shared_source(sources: Iterable[str]) -> str:
    """The sources of a row's scores as one text: each file or page once, with as much of the place as its scores share.

    Cells F12 and G12 of a sheet give the file and the sheet; two pages give both addresses. A single source stays as it is, so a
    table that is exported, imported and exported again keeps it.
    """
    by_file: dict[str, list[str]] = {}
    for source in dict.fromkeys(sources):
        parts = source.split(_BETWEEN)
        shared = by_file.setdefault(parts[0], parts)
        same = 0
        while same < min(len(shared), len(parts)) and shared[same] == parts[same]:
            same += 1
        by_file[parts[0]] = shared[:same]
    return "; ".join(_BETWEEN.join(parts) for parts in by_file.values())
