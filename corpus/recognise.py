"""Recognising a file before it is taken into a sources folder: what it is, what it holds, where it belongs.

A download and a file that a person saved are held to the same: the readers of a build must be able to use them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.addresses import address_edition, address_slug, country_slug
from corpus.editions import folder_edition
from corpus.errors import SourceError
from corpus.pages import read_page
from corpus.pagetext import PageText, read_page_text
from corpus.placing import on_disk
from corpus.records import Problem, Profile, Score, SourceKind
from corpus.sources import kind_of
from corpus.tables import read_table
from corpus.taxonomy import Taxonomy
from corpus.workbooks import read_workbook

# A build passes over names that begin with these.
_HIDING, _UNNAMED = ".~$", "table"
WORKBOOK_FILE = "workbook/global_oc_index.xlsx"
_KNOWN_WORKBOOKS = {"0bdfe8943de5a82bd4f709f92c91c596de5c60a192dca463bc722d88be7b55f5": "the workbook of the 2025 release"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file holds and where it belongs below a sources folder. Of a page, `countries` and `editions` have one each.

    `paragraphs` are (section, number, text); `problems` are the reader's, which a build would report too.
    """

    kind: SourceKind
    file: str
    countries: tuple[str, ...]
    editions: tuple[int, ...]
    paragraphs: tuple[tuple[str, int, str], ...]
    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]


def recognise(data: bytes, kind: SourceKind, name: str, taxonomy: Taxonomy) -> Recognised:
    """Read a file as a build would. `name` has its folder before it, which may be named for the edition.

    Raises SourceError if nothing of it can be used.
    """
    if not data.strip():
        raise SourceError("the file is empty", "save it again")
    if kind is SourceKind.PAGE:
        return _page(data, name, taxonomy)
    read = read_workbook if kind is SourceKind.WORKBOOK else read_table
    scores, problems = read(data, name, taxonomy)
    if not scores:
        first = f": {problems[0].message}" if problems else ""
        raise SourceError(f"no score in it can be used{first}", problems[0].hint if problems else "")
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
    """Say it where a page could be read if only its edition were named."""
    if address_edition(page.address) is not None or folder_edition(name) is not None:
        return
    fitting = [e for e in taxonomy.editions if read_page(page, f"{e}/{name}", taxonomy).profile is not None]
    if fitting:
        raise SourceError(
            "the edition of this page cannot be established: no address with a year in it, no folder named for one (the "
            f"layout is that of {' or '.join(map(str, fitting))})",
            f"say which with --edition, such as --edition {fitting[0]}",
        )


def _slug(page: PageText, profile: Profile, taxonomy: Taxonomy) -> str:
    said = address_slug(page.address) or ""
    # What an address says becomes a file's name only where it names the country.
    return said if taxonomy.country_of_label(said) == profile.country else country_slug(taxonomy.countries[profile.country])


def same_pages(sources: Path, country: str, edition: int, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The files of a country's page that stand in an edition's folder, however spelt, sorted. Raises OcqaError."""
    folder = sources / str(edition)
    with on_disk(folder):
        names = sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    pages = (n for n in names if kind_of(Path(n)) is SourceKind.PAGE and taxonomy.country_of_label(Path(n).stem) == country)
    return tuple(f"{edition}/{name}" for name in pages)


def differences(old: Recognised, new: Recognised) -> str:
    """In words, how two files of one page, workbook or table differ."""
    parts = [
        f"{what}: {(before - after).total()} only in the file that is there, {(after - before).total()} only in this one"
        for what, before, after in (
            ("paragraphs", Counter[object](old.paragraphs), Counter[object](new.paragraphs)),
            ("scores", _figures(old), _figures(new)),
        )
        if before != after
    ]
    return "; ".join(parts) or "both hold the same paragraphs and scores, the bytes differ"


def _figures(holds: Recognised) -> Counter[object]:
    return Counter((s.country, s.edition, s.indicator, s.value) for s in holds.scores)


def described(holds: Recognised, taxonomy: Taxonomy) -> str:
    """In words, what was recognised."""
    editions = ", ".join(map(str, holds.editions))
    if holds.kind is SourceKind.PAGE:
        name = taxonomy.countries[holds.countries[0]].name
        return f"{name}, {editions} edition: {len(holds.paragraphs)} paragraphs, {len(holds.scores)} scores"
    parts = "sheets" if holds.kind is SourceKind.WORKBOOK else "editions"
    return f"{holds.kind}, {parts} {editions}: {len(holds.countries)} countries, {len(holds.scores)} scores"


def workbook_known(kind: SourceKind, sha256: str) -> str:
    """In words, which release a workbook of this hash is; empty for other kinds of files."""
    if kind is not SourceKind.WORKBOOK:
        return ""
    return _KNOWN_WORKBOOKS.get(sha256, f"a workbook that is new to this program (sha256 {sha256})")
