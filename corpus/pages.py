"""Reading a profile page: header facts, scores, ranks, definitions and the eleven sections with their paragraphs.

Works on text in document order, as a browser's "save as text", a copy, or `pagetext.html_to_text` gives it. Repetitions (the
resilience block, the numbers of the drawing) are checked and never counted twice; what is not part of the profile (numbering,
placeholders, feedback and funding lines) never becomes a paragraph. `page_files` reads files, which may have several pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.addresses import address_edition, address_kind, address_slug, country_slug
from corpus.comparisons import compared, comparison_refused, is_comparison, own_lines
from corpus.documents import read_document
from corpus.editions import EditionClaims, settle_edition
from corpus.errors import NotAProfile, SourceError
from corpus.figures import is_change, parse_figure
from corpus.languages import language_of
from corpus.naming import fold
from corpus.page_kinds import refuse_ranking, refuse_region
from corpus.page_owner import Origin, owner_of, page_url
from corpus.page_scores import COMPARE, read_scores, sound_scores, unglue
from corpus.pagetext import PageText
from corpus.records import Document, Problem, Profile, Severity
from corpus.sections import Line, find_line, is_closing, number_lines, read_sections
from corpus.splitting import HEAD, analysis_start, first_score
from corpus.taxonomy import WORLD, Taxonomy

_RESTATED = "About this text:"
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SHORT = 80


@dataclass(frozen=True, slots=True)
class PageReading:
    """A profile with everything usable on one page, or None, and what was wrong; `document` is set for a page about the Index."""

    profile: Profile | None
    problems: tuple[Problem, ...]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where the parts of a page are: its first score (or the label of one), the first line behind the scores, its sections."""

    top: int
    scores_end: int
    sections: int | None


def read_page(page: PageText, name: str, taxonomy: Taxonomy) -> PageReading:
    """Read one profile page; `name` is the file's path below the sources folder, with "/" between its parts.

    Never raises: if the whole page is unusable, that is a problem and `profile` is None.
    """
    lines = unglue(number_lines(page.text), taxonomy)
    addresses = tuple(dict.fromkeys(filter(None, (page.address, *page.addresses))))
    return read_lines(lines, Origin(name, addresses, addresses, alone=True), taxonomy)


def read_lines(lines: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> PageReading:
    """Read the lines of one page, labels and figures on lines of their own. Never raises, as `read_page`.

    A page about the Index that is no profile is read as a document.
    """
    try:
        return _read(lines, origin, taxonomy)
    except SourceError as error:
        document = read_document(lines, origin.name, origin.near) if isinstance(error, NotAProfile) else None
        if document is not None:
            return PageReading(None, (), document)
        return PageReading(None, (Problem(origin.name, error.place, error.message, error.hint, Severity.ERROR),))


def _read(lines: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> PageReading:
    _refuse_languages(lines, origin, taxonomy)
    bounds = _bounds(lines, origin, taxonomy)
    refuse_region(lines[: bounds.top], origin.near, taxonomy)
    lines, comparison = _without_others(lines, bounds, origin, taxonomy)
    bounds = _bounds(lines, origin, taxonomy) if comparison else bounds
    block = read_scores(lines[max(bounds.top - 2, 0) : bounds.scores_end], taxonomy)
    head = lines[: bounds.top]
    owner = owner_of(head, origin, taxonomy)
    years = (year for address in owner.addresses if (year := address_edition(address)) is not None)
    claims = EditionClaims(tuple(years), origin.file_name(taxonomy).edition if origin.alone else None, _head_years(head))
    edition = settle_edition(origin.name, claims, block.figures, taxonomy)
    url = page_url(owner, edition, origin, taxonomy)
    name, country = origin.name, owner.country
    problems = [Problem(name, f"line {n}", m, COMPARE, Severity.ERROR) for n, m in block.problems]
    scores = sound_scores(block, country, edition, url, name, taxonomy, problems)
    if comparison and len(scores) < len(taxonomy.measured(edition)):
        raise comparison_refused((), taxonomy)
    for rank in block.ranks:
        if rank.within != WORLD and not taxonomy.belongs(country, edition, rank.within):
            what = f"the page ranks {taxonomy.countries[country].name} within {rank.within!r}, which it does not belong to"
            problems.append(
                Problem(name, "ranks", what, "check that the file is complete and has only one country's page", Severity.WARNING)
            )
    if bounds.sections is None:
        raise SourceError('the page ends before "Analysis"', "save the whole page again", f"line {lines[-1].number}")
    sections, section_problems = read_sections(lines[bounds.sections :], taxonomy, ends=origin.ends)
    later = [s.first_edition for s in sections if s.first_edition is not None and s.first_edition <= edition]
    if later:
        raise SourceError(
            f"the page is said to be of edition {edition}, but it calls {later[0]} a later edition",
            "move the file into the folder of its edition, or rename it",
        )
    problems += [Problem(name, p.place, p.message, p.hint, p.severity) for p in section_problems]
    profile = Profile(
        country=country,
        edition=edition,
        url=url,
        source=name,
        header=_header(lines, bounds.top),
        scores=scores,
        ranks=block.ranks,
        definitions=block.definitions,
        sections=sections,
        note=_note(lines[: bounds.top]),
    )
    return PageReading(profile, tuple(problems))


def _bounds(lines: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> _Bounds:
    """Raises SourceError if the lines are no profile page."""
    top = first_score(lines)
    sections = analysis_start(lines, top or 0, taxonomy)
    if sections is None:
        refuse_ranking(lines, origin.near, taxonomy)
        if any(address_kind(address) == "comparison" for address in origin.near):
            raise comparison_refused((), taxonomy)
    if sections is None and (top is None or not _has_figure(lines[max(top - 2, 0) : top + 4])):
        refuse_region(lines, origin.near, taxonomy)
        if is_comparison(lines, taxonomy):
            raise comparison_refused((), taxonomy)
        raise NotAProfile(
            'this is not a profile page of the Index: it has no line "Criminality score" with a figure',
            "save the profile page of a country instead, or remove the file",
        )
    if top is None:
        # A copy from the middle of the page.
        labels = (i for i in range((sections or 0) - 1) if taxonomy.indicator_of_label(lines[i].text))
        top = next((i for i in labels if parse_figure(lines[i + 1].text)), sections or 0)
    if sections is None:
        return _Bounds(top, len(lines), None)
    titled = sections > 0 and fold(lines[sections - 1].text) == "analysis"
    return _Bounds(top, max(sections - titled, top), sections)


def _has_figure(lines: Sequence[Line]) -> bool:
    return any(parse_figure(line.text) for line in lines)


def _without_others(lines: Sequence[Line], bounds: _Bounds, origin: Origin, taxonomy: Taxonomy) -> tuple[Sequence[Line], bool]:
    """The lines without the figures of those the country is compared with, and whether there were any."""
    if not is_comparison(lines[max(bounds.top - 8, 0) : bounds.scores_end], taxonomy):
        return lines, False
    anchor = find_line(lines[: bounds.top], "profile", last=True)
    first = max(bounds.top - HEAD, 0) if anchor is None else anchor
    columns = compared(lines[first : bounds.top], taxonomy)
    countries = [name for name in columns if name in taxonomy.countries]
    behind = lines[anchor + 1].text if anchor is not None and anchor + 1 < bounds.top else ""
    said = {c for c in (taxonomy.country_of_label(behind), origin.file_name(taxonomy).country) if c is not None}
    own = set(countries) if len(countries) == 1 else said & set(countries)
    if bounds.sections is None or len(own) != 1:
        raise comparison_refused(columns, taxonomy)
    head = lines[first : bounds.top]
    country = next(iter(own))
    kept = own_lines(lines[first : bounds.scores_end], len(head), country, taxonomy)
    name = Line(lines[first].number, taxonomy.countries[country].name, True)
    others = [line for line in kept if not (set(compared([line], taxonomy)) - {country})]
    return [Line(name.number, "Profile", True), name, *others, *lines[bounds.scores_end :]], True


def _refuse_languages(lines: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> None:
    closing = [i for i, line in enumerate(lines) if is_closing(line.text)]
    page = lines[max((first_score(lines) or 0) - HEAD, 0) : closing[-1] + 1 if closing else None]
    language = language_of(line.text for line in page)
    if language == "English":
        return
    said = origin.file_name(taxonomy)
    year = next(filter(None, (*map(address_edition, origin.near), said.edition)), "<year>")
    slugs = (*map(address_slug, origin.near), said.country and country_slug(taxonomy.countries[said.country]))
    raise SourceError(
        f"this page is in {language}; only English pages can be read",
        f"save https://ocindex.net/{year}/country/{next(filter(None, slugs), '<country>')} in English",
    )


def _head_years(head: Sequence[Line]) -> tuple[int, ...]:
    """The years that the head of a page states, as a PDF does; the years of a menu are several."""
    found = (int(year) for line in head[-HEAD:] if len(line.text) <= _SHORT for year in _YEAR.findall(line.text))
    return tuple(dict.fromkeys(found))


def _header(lines: Sequence[Line], top: int) -> tuple[tuple[str, str], ...]:
    """The facts between the country's name and the first score: labels and values in turn."""
    anchor = find_line(lines[:top], "profile", last=True)
    if anchor is None:
        return ()
    facts = [line.text for line in lines[anchor + 2 : top]]
    # The figure of the first score comes before its label, with its change on the same line or the next.
    if len(facts) > 1 and is_change(facts[-1]) and parse_figure(facts[-2]):
        facts = facts[:-2]
    elif facts and parse_figure(facts[-1]):
        facts.pop()
    if len(facts) % 2:
        facts.append("")
    return tuple(zip(facts[::2], facts[1::2], strict=True))


def _note(lines: Sequence[Line]) -> str:
    return next((line.text for line in lines if line.text.startswith(_RESTATED)), "")
