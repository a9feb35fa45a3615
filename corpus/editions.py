"""Which edition a page belongs to: its address or its folder says so, and its layout must agree.

The text of a page prints "Year:" without the year, and an address without a year shows whatever edition is newest, so
neither can be trusted alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from corpus.addresses import address_edition
from corpus.errors import SourceError
from corpus.figures import Change, Figure
from corpus.taxonomy import Taxonomy

_YEAR = re.compile(r"(?:19|20)\d\d")


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
        return taxonomy.editions[:1] if all(f.kind is Change.NONE for f in figures.values()) else ()
    if kinds == {Change.NOT_AVAILABLE}:
        return taxonomy.editions[1:2]
    if kinds == {Change.NUMBER}:
        return taxonomy.editions[2:]
    return ()


def settle_edition(name: str, address: str, figures: Mapping[str, Figure], taxonomy: Taxonomy) -> int:
    """The edition of a page. Raises SourceError if it is not stated, or contradicts the layout."""
    by_address, by_folder = address_edition(address), folder_edition(name)
    by_structure = structure_editions(figures, taxonomy)
    looks_like = " or ".join(map(str, by_structure)) or "no known edition"
    if by_address and by_folder and by_address != by_folder:
        raise SourceError(
            f"the page's address says edition {by_address}, but its folder says {by_folder}",
            f"move the file into a folder named {by_address}",
        )
    edition = by_address or by_folder
    if edition is None:
        raise SourceError(
            f"the edition is unknown: the page has no address with a year, and its folder is not named after one (the layout is "
            f"that of {looks_like})",
            "put the file into a folder named after its edition, such as 2021",
        )
    if edition not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        raise SourceError(f"{edition} is not an edition of the Index", f"the known editions are {known}")
    if edition not in by_structure:
        raise SourceError(
            f"the {'address' if by_address else 'folder'} says edition {edition}, but the page has the layout of {looks_like}",
            "move the file into the folder of its edition, or save the page of that edition again",
        )
    return edition
