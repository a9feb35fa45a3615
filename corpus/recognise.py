"""Recognising a file before it goes into a sources folder: what it is, what it contains, where it belongs.

A download and a file that a person saved pass the same test: a build must be able to use them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.addresses import address_edition, address_slug, country_slug
from corpus.editions import folder_edition
from corpus.errors import SourceError
from corpus.formats import SCORE_READERS, kind_of
from corpus.pages import read_page
from corpus.pagetext import PageText, read_page_text
from corpus.placing import on_disk
from corpus.records import Problem, Profile, Score, SourceKind
from corpus.taxonomy import Taxonomy

# A build skips names that begin with these.
_HIDING, _UNNAMED = ".~$", "table"
WORKBOOK_FILE = "workbook/global_oc_index.xlsx"
_KNOWN_WORKBOOKS = {"0bdfe8943de5a82bd4f709f92c91c596de5c60a192dca463bc722d88be7b55f5": "the workbook of the 2025 release"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file contains and where it belongs below a sources folder. A page has one country and one edition.

    `paragraphs` are (section, number, text); `problems` are those that a build would report too.
    """

    kind: SourceKind
    file: str
    countries: tuple[str, ...]
    editions: tuple[int, ...]
    paragraphs: tuple[tuple[str, int, str], ...]
    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]


def recognise(data: bytes, kind: SourceKind, name: str, taxonomy: Taxonomy) -> Recognised:
    """Read a file as a build would. `name` includes its folder, which may be named after the edition.

    Raises SourceError if nothing in it can be used.
    """
    if not data.strip():
        raise SourceError("the file is empty", "save it again")
    if kind is SourceKind.PAGE:
        return _page(data, name, taxonomy)
    scores, problems = SCORE_READERS[kind](data, name, taxonomy)
    if not scores:
        first = f": {problems[0].message}" if problems else ""
        raise SourceError(f"it has no usable score{first}", problems[0].hint if problems else "")
    return Recognised(
        kind=kind,
        file=WORKBOOK_FILE if kind is SourceKind.WORKBOOK else _table_file(name),
        countries=tuple(sorted({s.country for s in scores})),
        editions=tuple(sorted({s.edition for s in scores})),
        paragraphs=(),
        scores=scores,
        problems=problems,
    )


def _table_file(name: str) -> str:
    return f"scores/{PurePosixPath(name).stem.lstrip(_HIDING) or _UNNAMED}.csv"


def _page(data: bytes, name: str, taxonomy: Taxonomy) -> Recognised:
    page = read_page_text(data)
    reading = read_page(page, name, taxonomy)
    profile = reading.profile
    if profile is None:
        _complain_of_edition(page, name, taxonomy)
        problem = reading.problems[0]
        raise SourceError(problem.message, problem.hint, problem.place)
    ending = ".txt" if name.lower().endswith(".txt") else ".html"
    return Recognised(
        kind=SourceKind.PAGE,
        file=f"{profile.edition}/{_slug(page, profile, taxonomy)}{ending}",
        countries=(profile.country,),
        editions=(profile.edition,),
        paragraphs=tuple((s.id, n, text) for s in profile.sections for n, text in enumerate(s.paragraphs, start=1)),
        scores=profile.scores,
        problems=reading.problems,
    )


def _complain_of_edition(page: PageText, name: str, taxonomy: Taxonomy) -> None:
    """Raise a SourceError that asks for the edition if that is all the page lacks."""
    if address_edition(page.address) is not None or folder_edition(name) is not None:
        return
    fitting = [e for e in taxonomy.editions if read_page(page, f"{e}/{name}", taxonomy).profile is not None]
    if fitting:
        raise SourceError(
            "the edition of this page is unknown: it has no address with a year, and its folder is not named after one (the "
            f"layout is that of {' or '.join(map(str, fitting))})",
            f"give it with --edition, such as --edition {fitting[0]}",
        )


def _slug(page: PageText, profile: Profile, taxonomy: Taxonomy) -> str:
    said = address_slug(page.address) or ""
    # The address gives the file its name only if it names the country.
    return said if taxonomy.country_of_label(said) == profile.country else country_slug(taxonomy.countries[profile.country])


def same_pages(sources: Path, country: str, edition: int, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The files in an edition's folder named after a country, however spelt, sorted. Raises OcqaError."""
    folder = sources / str(edition)
    with on_disk(folder):
        names = sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    pages = (n for n in names if kind_of(Path(n)) is SourceKind.PAGE and taxonomy.country_of_label(Path(n).stem) == country)
    return tuple(f"{edition}/{name}" for name in pages)


def differences(old: Recognised, new: Recognised) -> str:
    """How two versions of a page, workbook or table differ, in words."""
    parts = [
        f"{what}: {(before - after).total()} only in the existing file, {(after - before).total()} only in this one"
        for what, before, after in (
            ("paragraphs", Counter[object](old.paragraphs), Counter[object](new.paragraphs)),
            ("scores", _figures(old), _figures(new)),
        )
        if before != after
    ]
    return "; ".join(parts) or "both have the same paragraphs and scores, but the bytes differ"


def _figures(holds: Recognised) -> Counter[object]:
    return Counter((s.country, s.edition, s.indicator, s.value) for s in holds.scores)


def described(holds: Recognised, taxonomy: Taxonomy) -> str:
    """What was recognised, in words."""
    editions = ", ".join(map(str, holds.editions))
    if holds.kind is SourceKind.PAGE:
        name = taxonomy.countries[holds.countries[0]].name
        return f"{name}, {editions} edition: {len(holds.paragraphs)} paragraphs, {len(holds.scores)} scores"
    parts = "sheets" if holds.kind is SourceKind.WORKBOOK else "editions"
    return f"{holds.kind}, {parts} {editions}: {len(holds.countries)} countries, {len(holds.scores)} scores"


def workbook_known(kind: SourceKind, sha256: str) -> str:
    """Which release a workbook with this hash is, in words; empty for other kinds of files."""
    if kind is not SourceKind.WORKBOOK:
        return ""
    return _KNOWN_WORKBOOKS.get(sha256, f"a release of the workbook that this program does not know (sha256 {sha256})")
