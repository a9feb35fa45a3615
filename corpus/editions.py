"""Which edition a page belongs to: its address, its folder, its file name or its head says so, and its layout must agree.

The text of a page prints "Year:" without the year, and an address without a year shows whatever edition is newest, so
neither can be trusted alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.errors import SourceError
from corpus.figures import Change, Figure
from corpus.taxonomy import Taxonomy

_YEAR = re.compile(r"(?:19|20)\d\d")
# A copy of a part of a page has fewer figures than this, and may lack the very ones that later editions added.
_WHOLE = 25


@dataclass(frozen=True, slots=True)
class EditionClaims:
    """The years that a page's addresses, its file's name (None: none, or several) and its head give. Empty: nothing said."""

    addresses: tuple[int, ...] = ()
    file: int | None = None
    head: tuple[int, ...] = ()


def folder_edition(name: str) -> int | None:
    """The edition a file's folder is named after, nearest folder first; None if no folder is named after a year."""
    for parent in PurePosixPath(name).parents:
        if _YEAR.fullmatch(parent.name):
            return int(parent.name)
    return None


def structure_editions(figures: Mapping[str, Figure], taxonomy: Taxonomy) -> tuple[int, ...]:
    """The editions with this layout of figures; empty if none has it."""
    later = {i.id for i in taxonomy.indicators.values() if i.since > taxonomy.editions[0]}
    shown = later & figures.keys()
    kinds = {figures[i].kind for i in shown}
    if not shown:
        if all(f.kind is Change.NONE for f in figures.values()):
            return taxonomy.editions[:1]
        return taxonomy.editions[1:] if len(figures) < _WHOLE else ()
    if kinds == {Change.NOT_AVAILABLE}:
        return taxonomy.editions[1:2]
    if kinds == {Change.NUMBER}:
        return taxonomy.editions[2:]
    return ()


def settle_edition(name: str, claims: EditionClaims, figures: Mapping[str, Figure], taxonomy: Taxonomy) -> int:
    """The edition of a page; a page without figures has no layout to check. Raises SourceError if nothing says it, or the
    layout or two of the claims contradict each other."""
    by_structure = structure_editions(figures, taxonomy) if figures else taxonomy.editions
    looks_like = " or ".join(map(str, by_structure)) or "no known edition"
    by_address, by_folder = _address_year(claims.addresses, by_structure), folder_edition(name)
    if by_address and by_folder and by_address != by_folder:
        raise SourceError(
            f"the page's address says edition {by_address}, but its folder says {by_folder}",
            f"move the file into a folder named {by_address}",
        )
    if by_folder and not by_address and claims.file in taxonomy.editions and claims.file != by_folder:
        raise SourceError(
            f"the file name says edition {claims.file}, but its folder says {by_folder}",
            f"move the file into a folder named {claims.file}, or rename it",
        )
    edition, who = by_address or by_folder, "address" if by_address else "folder"
    if edition is None:
        edition, who = claims.file, "file name"
    if edition is None and len(claims.head) == 1 and figures and claims.head[0] in by_structure:
        edition, who = claims.head[0], "head of the page"
    if edition is None:
        layout = f" (the layout is that of {looks_like})" if figures else ""
        raise SourceError(
            "the edition is unknown: the page has no address with a year, and neither its folder nor the file is named after "
            f"one{layout}",
            "put the file into a folder named after its edition, such as 2021, or name it so, such as peru-2021.txt",
        )
    if edition not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        raise SourceError(f"{edition} is not an edition of the Index", f"the known editions are {known}")
    if edition not in by_structure:
        raise SourceError(
            f"the {who} says edition {edition}, but the page has the layout of {looks_like}",
            "move the file into the folder of its edition, or save the page of that edition again",
        )
    return edition


def _address_year(years: tuple[int, ...], by_structure: tuple[int, ...]) -> int | None:
    """The year of a page's addresses; of several, the one that its layout has."""
    distinct = tuple(dict.fromkeys(years))
    fitting = tuple(year for year in distinct if year in by_structure)
    if len(distinct) > 1 and len(fitting) != 1:
        raise SourceError(
            f"the page's addresses name several editions ({', '.join(map(str, distinct))})",
            "leave only the address that the page was saved from",
        )
    return (fitting or distinct or (None,))[0]
