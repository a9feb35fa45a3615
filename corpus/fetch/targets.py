"""What to fetch: which addresses, and the file below the sources folder that each becomes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process

from corpus.addresses import country_slug, page_address, workbook_address
from corpus.errors import QuestionError
from corpus.grids.places import code_in
from corpus.naming import fold
from corpus.recognise import WORKBOOK_FILE
from corpus.records import SourceKind
from corpus.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Place:
    """An address and the file its content goes into."""

    address: str
    file: str


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fetch. `places` are tried in turn until one exists; a workbook has no `country` and `edition`."""

    kind: SourceKind
    what: str
    places: tuple[Place, ...]
    country: str | None = None
    edition: int | None = None


def plan(
    countries: Sequence[str], editions: Sequence[int], *, workbook: bool, base: str, taxonomy: Taxonomy
) -> tuple[Target, ...]:
    """The targets of a call. No countries mean all, no editions the latest; `workbook` without either means just the workbook.

    `countries` are names, aliases or ISO codes. Raises QuestionError for an unknown country or edition.
    """
    for edition in editions:
        if edition not in taxonomy.editions:
            known = ", ".join(map(str, taxonomy.editions))
            raise QuestionError(f"{edition} is not an edition of the Index", f"the known editions are {known}")
    targets = [_workbook(base)] if workbook else []
    if countries or editions or not workbook:
        codes = dict.fromkeys(country_named(name, taxonomy) for name in countries) or taxonomy.countries
        for edition in dict.fromkeys(editions) or taxonomy.editions[-1:]:
            targets += [_page(code, edition, base, taxonomy) for code in codes]
    return tuple(targets)


def country_named(text: str, taxonomy: Taxonomy) -> str:
    """The code of a country given by name, alias or ISO code. Raises QuestionError that offers the nearest names."""
    wanted = fold(text)
    found = code_in(text, taxonomy)
    if found is not None:
        return found
    for name, codes in taxonomy.traps.ambiguous:
        if fold(name) == wanted:
            names = " or ".join(taxonomy.countries[code].name for code in codes)
            raise QuestionError(f"{text!r} may mean {names}", "use the full name of one of them")
    for name, place in taxonomy.traps.not_scored:
        if fold(name) == wanted:
            raise QuestionError(f"the Index has no profile of {place}", "leave it out")
    near = [taxonomy.country_of_label(label) for label, *_ in process.extract(wanted, taxonomy.country_labels(), limit=5)]
    names = ", ".join(taxonomy.countries[code].name for code in dict.fromkeys(near) if code)
    raise QuestionError(f"{text!r} is not a country that the Index scores", f"the nearest known names are {names}")


def _workbook(base: str) -> Target:
    return Target(SourceKind.WORKBOOK, "the workbook", (Place(workbook_address(base), WORKBOOK_FILE),))


def _page(country: str, edition: int, base: str, taxonomy: Taxonomy) -> Target:
    known = taxonomy.countries[country]
    slug = country_slug(known)
    # The site has spelt names of several words either way.
    slugs = dict.fromkeys((slug, slug.replace("_", "-")))
    places = tuple(Place(page_address(edition, s, base), f"{edition}/{s}.html") for s in slugs)
    return Target(SourceKind.PAGE, f"{known.name} {edition}", places, country, edition)
