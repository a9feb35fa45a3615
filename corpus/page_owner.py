"""Whose page it is: the country in the head of the page, else in its address, else in the name of its file; never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.addresses import address_country, address_edition, address_slug, country_slug, page_address
from corpus.errors import SourceError
from corpus.figures import parse_figure
from corpus.file_names import FileName, read_file_name, read_words
from corpus.naming import fold
from corpus.sections import Line, find_line
from corpus.taxonomy import Taxonomy

# Without the line "Profile", the country's name is looked for in this many lines above the first score.
_NEAR = 12
_LONGEST = 60
# What a menu has behind "Profile".
_MENU = frozenset(
    ("analysis", "scores", "score", "people", "criminality", "resilience", "criminality score", "x", "overview", "compare")
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the lines of a page come from: the file's name, the addresses that hold for it, whether it is alone in its file.

    `near` are the addresses that stand among the lines of the page itself. `ends` says that the file shows where it ends, as
    a PDF does.
    """

    name: str
    addresses: tuple[str, ...]
    near: tuple[str, ...]
    alone: bool
    ends: bool = False

    def file_name(self, taxonomy: Taxonomy) -> FileName:
        """What the file's own name says."""
        return read_file_name(self.name, taxonomy)


@dataclass(frozen=True, slots=True)
class Owner:
    """The country of a page, and those of its addresses that can be this page's."""

    country: str
    addresses: tuple[str, ...]


def owner_of(head: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> Owner:
    """Whose page it is, from the lines above its first score. Raises SourceError if that is not certain."""
    country = _in_head(head, origin, taxonomy) or _in_address(origin, taxonomy) or _in_file_name(head, origin, taxonomy)
    named = {address: address_country(address, taxonomy) for address in (*origin.near, *origin.addresses)}
    fitting = tuple(address for address, of in named.items() if of in (country, None))
    others = [of for address, of in named.items() if of not in (country, None) and (origin.alone or address in origin.near)]
    if others and not any(named[address] == country for address in fitting):
        raise _contradiction("address", others[0], country, taxonomy)
    said = origin.file_name(taxonomy)
    if origin.alone and said.plain and said.countries and country not in said.countries:
        raise _contradiction("file name", said.countries[0], country, taxonomy)
    return Owner(country, tuple(address for address in fitting if address_slug(address)))


def page_url(owner: Owner, edition: int, origin: Origin, taxonomy: Taxonomy) -> str:
    """The address of a page: the one it gives, completed if it lacks the year, else the site's own for its country."""
    for address in owner.addresses:
        if address_edition(address) == edition:
            return address
    stem = PurePosixPath(origin.name).stem
    given = address_slug(owner.addresses[0]) if owner.addresses else None
    by_stem = stem if taxonomy.country_of_label(stem) == owner.country else None
    return page_address(edition, given or by_stem or country_slug(taxonomy.countries[owner.country]))


def _contradiction(what: str, said: str, country: str, taxonomy: Taxonomy) -> SourceError:
    return SourceError(
        f"the {what} says {taxonomy.countries[said].name}, but the page is about {taxonomy.countries[country].name}",
        "name the file after its country, or save the page again"
        if what == "file name"
        else "correct or remove the line with the address, or save the page again",
    )


def _in_head(head: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> str | None:
    anchor = find_line(head, "profile", last=True)
    behind = head[anchor + 1 : anchor + 3] if anchor is not None else []
    for line in behind:
        country = taxonomy.country_of_label(line.text)
        if country is not None:
            return country
    if behind and fold(behind[0].text) not in _MENU and not parse_figure(behind[0].text):
        raise _unnamed(behind[0])
    near = [_named_by_line(line.text, taxonomy) for line in head[-_NEAR:]]
    found = tuple(dict.fromkeys(country for country in near if country is not None))
    if len(found) < 2:
        return found[0] if found else None
    # The end of a menu, perhaps: then something else must say which of them it is.
    said = {address_country(address, taxonomy) for address in (*origin.near, *origin.addresses)}
    said |= set(origin.file_name(taxonomy).countries) if origin.alone else set()
    if len(certain := said & set(found)) == 1:
        return next(iter(certain))
    names = " or ".join(taxonomy.countries[code].name for code in found)
    raise SourceError(
        f"it is not certain whose page this is: its head names {names}",
        f"name the file after country and edition, such as {_example(found[0], taxonomy)}",
        f"line {head[-1].number}",
    )


def _named_by_line(text: str, taxonomy: Taxonomy) -> str | None:
    if len(text) > _LONGEST or not any(c.isalpha() for c in text):
        return None
    return taxonomy.country_of_label(text) or (said.country if (said := read_words(text, taxonomy)).edition else None)


def _in_address(origin: Origin, taxonomy: Taxonomy) -> str | None:
    said = {address_country(a, taxonomy) for a in (origin.near or (origin.addresses if origin.alone else ()))} - {None}
    return next(iter(said)) if len(said) == 1 else None


def _in_file_name(head: Sequence[Line], origin: Origin, taxonomy: Taxonomy) -> str:
    if not origin.alone:
        place = f"line {head[0].number}" if head else ""
        hint = "put its address on a line above it, or keep each page in a file of its own named after country and edition"
        raise SourceError("one of several pages in this file does not say whose it is", hint, place)
    said = origin.file_name(taxonomy)
    if not said.countries and said.plain:
        said = read_words(PurePosixPath(origin.name).parent.name, taxonomy)
    if said.country is not None:
        return said.country
    if len(said.countries) > 1:
        names = " or ".join(taxonomy.countries[code].name for code in said.countries)
        raise SourceError(
            f"the text does not say whose page it is, and the file name may mean {names}",
            f"name the file after its country and edition, such as {_example(said.countries[0], taxonomy, said.edition)}",
        )
    raise _unnamed(None)


def _unnamed(seen: Line | None) -> SourceError:
    return SourceError(
        f"the page does not name a country that the Index scores{f' (it says {seen.text[:60]!r})' if seen else ''}",
        "check that this is the profile of a country; name a copy without a head after country and edition: peru-2021.txt",
        f"line {seen.number}" if seen else "",
    )


def _example(country: str, taxonomy: Taxonomy, edition: int | None = None) -> str:
    return f"{country_slug(taxonomy.countries[country])}-{edition or taxonomy.editions[0]}.txt"
