"""What already stands in a sources folder where an imported file belongs, and what may be done about it.

Nothing of another country or edition is ever replaced: a file that has more than the new one stays, the new one goes beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from corpus.errors import SourceError
from corpus.file_bytes import read_bytes
from corpus.formats import SAVED_LIMITS
from corpus.recognise import Recognised, differences, figures, reads_alike, recognise, same_pages
from corpus.records import SourceKind
from corpus.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file goes, or lies already (`there`), and the files that it takes the place of."""

    file: str
    there: bool
    replaced: tuple[str, ...] = ()


def place_of(
    data: bytes, holds: Recognised, sources: Path, taxonomy: Taxonomy, *, replace: bool, fresh: Collection[str]
) -> Place:
    """The place of an imported file. `fresh` are the files that this import put there: they are never replaced.

    Raises SourceError if a different file is there already and may not be replaced.
    """
    if holds.kind is SourceKind.PAGE:
        return _page_place(data, holds, sources, taxonomy, replace=replace, fresh=fresh)
    return _scores_place(data, holds, sources, taxonomy, replace=replace, fresh=fresh)


def _page_place(
    data: bytes, holds: Recognised, sources: Path, taxonomy: Taxonomy, *, replace: bool, fresh: Collection[str]
) -> Place:
    own = [holds.file] if holds.title and (sources / holds.file).exists() else []
    of_pages = (f for country, edition in holds.pages for f in same_pages(sources, country, edition, taxonomy))
    standing = tuple(dict.fromkeys((*own, *of_pages)))
    for file in standing:
        if _same_bytes(sources / file, data, holds.kind):
            return Place(file, there=True)
    for file in standing:
        old = _held(sources, file, holds.kind, taxonomy)
        if not replace and isinstance(old, Recognised) and _same_content(old, holds):
            return Place(file, there=True)
        if file in fresh:
            raise SourceError(
                f"{file} was taken in from another file of this import and differs: {_compared(old, holds)}",
                "import only one of the two",
            )
        if not replace:
            raise SourceError(
                f"{file} already exists and differs: {_compared(old, holds)}", "use --replace to put this file in its place"
            )
        others = [page for page in (old.pages if isinstance(old, Recognised) else ()) if page not in holds.pages]
        if others:
            names = ", ".join(f"{taxonomy.countries[country].name} {edition}" for country, edition in others)
            raise SourceError(
                f"{file} has {names} too, which would be lost if this file replaced it",
                "divide that file into one for each page, then import this one again",
            )
    return Place(holds.file, there=False, replaced=standing)


def _scores_place(
    data: bytes, holds: Recognised, sources: Path, taxonomy: Taxonomy, *, replace: bool, fresh: Collection[str]
) -> Place:
    for file in _names(data, holds, taxonomy):
        if not (sources / file).exists():
            return Place(file, there=False)
        if _same_bytes(sources / file, data, holds.kind):
            return Place(file, there=True)
        old = _held(sources, file, holds.kind, taxonomy)
        if file in fresh or (isinstance(old, Recognised) and not _keys(old) & _keys(holds)):
            continue
        more = isinstance(old, Recognised) and sorted(set(old.editions) - set(holds.editions))
        if not replace:
            beside = f"it has {', '.join(map(str, more))} too, so it stays, and this file goes beside it" if more else ""
            raise SourceError(
                f"{file} already exists and differs: {_compared(old, holds)}",
                f"use --replace to use this file's figures: {beside}"
                if beside
                else "use --replace to put this file in its place",
            )
        if not more:
            return Place(file, there=False, replaced=(file,))
    raise AssertionError("the names never end")


def _names(data: bytes, holds: Recognised, taxonomy: Taxonomy) -> Iterator[str]:
    """The file's own place, then others beside it that a build reads the same, and before it where figures differ."""
    yield holds.file
    path = PurePosixPath(holds.file)
    editions = "-".join(map(str, holds.editions))
    for number in count(1):
        own = f"{path.stem}-{editions}" + (f"-{number}" if number > 1 else "")
        name = path.with_name(own + path.suffix).as_posix()
        if holds.kind is not SourceKind.TABLE or reads_alike(data, name, holds.scores, taxonomy):
            yield name
        else:
            yield (path.parent / f"{own}-table" / path.name).as_posix()


def _keys(holds: Recognised) -> set[tuple[str, int, str]]:
    return {(score.country, score.edition, score.indicator) for score in holds.scores}


def _same_bytes(path: Path, data: bytes, kind: SourceKind) -> bool:
    return hashlib.sha256(read_bytes(path, SAVED_LIMITS[kind], kind)).digest() == hashlib.sha256(data).digest()


def _same_content(old: Recognised, new: Recognised) -> bool:
    """Whether two files say the same, as a page saved as text and as HTML does."""
    return (old.pages, old.paragraphs, figures(old.scores)) == (new.pages, new.paragraphs, figures(new.scores))


def _held(sources: Path, file: str, kind: SourceKind, taxonomy: Taxonomy) -> Recognised | SourceError:
    try:
        return recognise(read_bytes(sources / file, SAVED_LIMITS[kind], kind), kind, file, taxonomy)
    except SourceError as error:
        return error


def _compared(old: Recognised | SourceError, new: Recognised) -> str:
    if isinstance(old, SourceError):
        return f"the existing file cannot be used ({old.message})"
    return differences(old, new)
