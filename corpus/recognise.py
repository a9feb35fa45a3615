"""Recognising a file before it goes into a sources folder: what it is, what it contains, where it belongs.

A download and a file that a person saved pass the same test: a build must be able to use them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.addresses import address_slug, country_slug
from corpus.confined import confined
from corpus.documents import document_file
from corpus.errors import SourceError
from corpus.file_bytes import read_bytes
from corpus.file_names import read_file_name
from corpus.formats import SAVED_LIMITS, SCORE_READERS, kind_of
from corpus.page_files import read_pages
from corpus.pages import PageReading
from corpus.placing import on_disk
from corpus.records import Document, Problem, Profile, Score, SourceKind
from corpus.sniffing import Content, content_of
from corpus.taxonomy import Taxonomy

# A build skips names that begin with these.
_HIDING, _UNNAMED = ".~$", "table"
WORKBOOK_FILE = "workbook/global_oc_index.xlsx"
_KNOWN_WORKBOOKS = {"0bdfe8943de5a82bd4f709f92c91c596de5c60a192dca463bc722d88be7b55f5": "the workbook of the 2025 release"}
_ENDINGS = {Content.TEXT: ".txt", Content.MARKUP: ".html", Content.ARCHIVE: ".mhtml", Content.PDF: ".pdf"}
# A file of pages of several editions belongs to the folder of none of them.
_DOCUMENTS = "documents"
_MIXED, _TOGETHER, _MORE, _NAMED = "pages", "+", "_more-", 4


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file contains and where it belongs below a sources folder.

    `pages` are the (country, edition) of each page in it. `paragraphs` are (section, number, text); `problems` are those that a
    build would report too. `title` is set for a document, which has neither country nor edition.
    """

    kind: SourceKind
    file: str
    countries: tuple[str, ...]
    editions: tuple[int, ...]
    paragraphs: tuple[tuple[str, int, str], ...]
    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, int], ...] = ()
    title: str = ""


def recognise(data: bytes, kind: SourceKind, name: str, taxonomy: Taxonomy) -> Recognised:
    """Read a file as a build would. `name` includes its folder, which may be named after the edition.

    Raises SourceError if nothing in it can be used.
    """
    return confined(_recognised, data, kind, name, shared=taxonomy)


def _recognised(data: bytes, kind: SourceKind, name: str, taxonomy: Taxonomy) -> Recognised:
    if not data.strip():
        raise SourceError("the file is empty", "save it again")
    if kind is SourceKind.PAGE:
        return _pages(data, name, taxonomy)
    scores, problems = SCORE_READERS[kind](data, name, taxonomy)
    if not scores:
        first = f": {problems[0].message}" if problems else ""
        raise SourceError(f"it has no usable score{first}", problems[0].hint if problems else "")
    editions = tuple(sorted({s.edition for s in scores}))
    return Recognised(
        kind=kind,
        file=WORKBOOK_FILE if kind is SourceKind.WORKBOOK else _table_file(data, name, scores, editions, taxonomy),
        countries=tuple(sorted({s.country for s in scores})),
        editions=editions,
        paragraphs=(),
        scores=scores,
        problems=problems,
    )


def _table_file(data: bytes, name: str, scores: Sequence[Score], editions: Sequence[int], taxonomy: Taxonomy) -> str:
    """A place in which the table reads as it does now: a table may have its edition from its folder alone."""
    path = PurePosixPath(name)
    ending = path.suffix.lower() if kind_of(Path(name)) is SourceKind.TABLE else ".csv"
    file = f"{path.stem.lstrip(_HIDING) or _UNNAMED}{ending}"
    if len(editions) == 1 and not _read_alike(data, f"scores/{file}", scores, taxonomy):
        return f"scores/{editions[0]}/{file}"
    return f"scores/{file}"


def reads_alike(data: bytes, name: str, scores: Sequence[Score], taxonomy: Taxonomy) -> bool:
    """Whether a table has these figures under another name too."""
    return confined(_read_alike, data, name, scores, shared=taxonomy)


def _read_alike(data: bytes, name: str, scores: Sequence[Score], taxonomy: Taxonomy) -> bool:
    try:
        again, _ = SCORE_READERS[SourceKind.TABLE](data, name, taxonomy)
    except SourceError:
        return False
    return figures(again) == figures(scores)


def figures(scores: Sequence[Score]) -> Counter[object]:
    """Scores without their sources."""
    return Counter((s.country, s.edition, s.indicator, s.value) for s in scores)


def _pages(data: bytes, name: str, taxonomy: Taxonomy) -> Recognised:
    readings = read_pages(data, name, taxonomy)
    profiles = [reading.profile for reading in readings if reading.profile is not None]
    documents = [reading.document for reading in readings if reading.document is not None]
    if not profiles and documents:
        return _document(data, documents[0])
    if not profiles:
        problem = readings[0].problems[0]
        if problem.message.startswith("the edition is unknown"):
            _ask_for_edition(data, name, taxonomy)
        raise SourceError(problem.message, problem.hint, problem.place)
    return Recognised(
        kind=SourceKind.PAGE,
        file=_page_file(data, profiles, name, taxonomy),
        countries=tuple(dict.fromkeys(profile.country for profile in profiles)),
        editions=tuple(sorted({profile.edition for profile in profiles})),
        paragraphs=tuple((s.id, n, t) for profile in profiles for s in profile.sections for n, t in enumerate(s.paragraphs, 1)),
        scores=tuple(score for profile in profiles for score in profile.scores),
        problems=tuple(problem for reading in readings for problem in reading.problems),
        pages=tuple((profile.country, profile.edition) for profile in profiles),
    )


def _document(data: bytes, document: Document) -> Recognised:
    return Recognised(
        kind=SourceKind.PAGE,
        file=f"{_DOCUMENTS}/{document_file(document)}{_ENDINGS[content_of(data)]}",
        countries=(),
        editions=(),
        paragraphs=tuple((part.heading, n, text) for part in document.parts for n, text in enumerate(part.paragraphs, 1)),
        scores=(),
        problems=(),
        title=document.title,
    )


def _ask_for_edition(data: bytes, name: str, taxonomy: Taxonomy) -> None:
    """Raise a SourceError that asks for the edition if that is all the page lacks."""

    def profiles(readings: Sequence[PageReading]) -> bool:
        return any(reading.profile is not None for reading in readings)

    fitting = [e for e in taxonomy.editions if profiles(read_pages(data, f"{e}/{name}", taxonomy))]
    if fitting:
        layout = f" (the layout is that of {' or '.join(map(str, fitting))})" if len(fitting) < len(taxonomy.editions) else ""
        raise SourceError(
            "the edition of this page is unknown: it has no address with a year, and neither its folder nor the file is named "
            f"after one{layout}",
            f"give it with --edition, such as --edition {fitting[0]}",
        )


def _page_file(data: bytes, profiles: Sequence[Profile], name: str, taxonomy: Taxonomy) -> str:
    ending = _ENDINGS[content_of(data)]
    slugs = [_slug(profile, name, taxonomy) for profile in profiles]
    editions = {profile.edition for profile in profiles}
    if len(editions) > 1:
        slugs = [f"{slug}-{profile.edition}" for slug, profile in zip(slugs, profiles, strict=True)]
    stem = _TOGETHER.join(slugs)
    if len(slugs) > _NAMED:
        stem = f"{slugs[0]}{_TOGETHER}{len(slugs) - 1}{_MORE}{hashlib.sha256(data).hexdigest()[:8]}"
    return f"{editions.pop() if len(editions) == 1 else _MIXED}/{stem}{ending}"


def _slug(profile: Profile, name: str, taxonomy: Taxonomy) -> str:
    said = address_slug(profile.url) or ""
    # The address gives the file its name only if it names the country; one that was made up after the file's name does not.
    own = taxonomy.country_of_label(said) == profile.country and said != PurePosixPath(name).stem
    return said if own else country_slug(taxonomy.countries[profile.country])


def same_pages(sources: Path, country: str, edition: int, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The files in an edition's folder named after a country, however spelt, sorted, and those that have its page among others.

    Raises OcqaError.
    """
    own = [file for file in _page_files(sources, str(edition)) if _has(sources, file, country, edition, taxonomy, mixed=False)]
    return tuple(own + [f for f in _page_files(sources, _MIXED) if _has(sources, f, country, edition, taxonomy, mixed=True)])


def _page_files(sources: Path, folder: str) -> list[str]:
    path = sources / folder
    with on_disk(path):
        names = sorted(p.name for p in path.iterdir() if not p.name.startswith(".")) if path.is_dir() else []
    return [f"{folder}/{name}" for name in names if kind_of(Path(name)) is SourceKind.PAGE]


def _has(sources: Path, file: str, country: str, edition: int, taxonomy: Taxonomy, *, mixed: bool) -> bool:
    stem = PurePosixPath(file).stem
    if _MORE in stem:
        try:
            data = read_bytes(sources / file, SAVED_LIMITS[SourceKind.PAGE], SourceKind.PAGE)
            return (country, edition) in recognise(data, SourceKind.PAGE, file, taxonomy).pages
        except SourceError:
            return False
    if mixed:
        said = (read_file_name(f"{part}.txt", taxonomy) for part in stem.split(_TOGETHER))
        return any((name.country, name.edition) == (country, edition) for name in said)
    return any(
        taxonomy.country_of_label(part) == country or read_file_name(f"{part}.txt", taxonomy).country == country
        for part in stem.split(_TOGETHER)
    )


def differences(old: Recognised, new: Recognised) -> str:
    """How two versions of a page, workbook or table differ, in words."""
    parts = [
        f"{what}: {(before - after).total()} only in the existing file, {(after - before).total()} only in this one"
        for what, before, after in (
            ("paragraphs", Counter[object](old.paragraphs), Counter[object](new.paragraphs)),
            ("scores", figures(old.scores), figures(new.scores)),
        )
        if before != after
    ]
    return "; ".join(parts) or "both have the same paragraphs and scores, but the bytes differ"


def described(holds: Recognised, taxonomy: Taxonomy) -> str:
    """What was recognised, in words."""
    editions = ", ".join(map(str, holds.editions))
    if holds.title:
        return f"a document about the Index, {holds.title!r}: {len(holds.paragraphs)} paragraphs"
    if holds.kind is SourceKind.PAGE:
        named = [f"{taxonomy.countries[country].name}, {edition} edition" for country, edition in holds.pages]
        return f"{' and '.join(named)}: {len(holds.paragraphs)} paragraphs, {len(holds.scores)} scores"
    parts = "sheets" if holds.kind is SourceKind.WORKBOOK else "editions"
    return f"{holds.kind}, {parts} {editions}: {len(holds.countries)} countries, {len(holds.scores)} scores"


def workbook_known(kind: SourceKind, sha256: str) -> str:
    """Which release a workbook with this hash is, in words; empty for other kinds of files."""
    if kind is not SourceKind.WORKBOOK:
        return ""
    return _KNOWN_WORKBOOKS.get(sha256, f"a release of the workbook that this program does not know (sha256 {sha256})")
