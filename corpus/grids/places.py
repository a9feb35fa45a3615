"""Which country a cell of a table names: as people write names in tables, which is not how they ask. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pycountry
from rapidfuzz import process

from corpus.naming import fold
from corpus.taxonomy import WORLD, Taxonomy

# A footnote's mark, and as many signs as the longest has with the space before it.
_MARK = re.compile(r"\s?(?:\[\w{1,3}\]|\(\d{1,2}\)|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰])$")
_MARKED = 6
_INSIDE = re.compile(r"(?<!\s)\s*+\([^()]*+\)")
# What official lists put behind the comma, beside names that are not enough by themselves ("Congo, Dem. Rep.").
_BEHIND = frozenset(
    "the of and rep republic islamic arab rb rb. united plurinational bolivarian state states fed federal federated sts kingdom "
    "principality grand duchy former union people peoples s democratic dem commonwealth".split()
)
_WORLDS = frozenset(("world", "global", "all countries", "average", "mean", "total", "median", "global average", "world average"))
_SIMILAR = 75


@dataclass(frozen=True, slots=True)
class NoCountry:
    """Why a cell names no country of the Index. `group`: it names a group of countries."""

    why: str
    hint: str
    group: bool = False


def code_in(label: str, taxonomy: Taxonomy) -> str | None:
    """The code of the country that a cell names by name, alias or ISO code; None if it names none."""
    plain = _unmarked(label)
    found = (_named(text, taxonomy) for text in dict.fromkeys((plain, *_simpler(plain))))
    return next((code for code in found if code is not None), None)


def country_in(label: str, taxonomy: Taxonomy) -> str | NoCountry:
    """The code of the country that a cell names, or why it names none."""
    code = code_in(label, taxonomy)
    if code is not None:
        return code
    folded = fold(_unmarked(label))
    for name, codes in taxonomy.traps.ambiguous:
        if fold(name) == folded:
            names = " or ".join(taxonomy.countries[code].name for code in codes)
            return NoCountry(f"{label!r} may be {names}", "use the full name or the ISO code of one of them")
    for name, place in taxonomy.traps.not_scored:
        if fold(name) == folded:
            return NoCountry(f"the Index does not score {place}", "leave the row out")
    if folded in _WORLDS or folded.removesuffix(" average").removesuffix(" mean") in map(fold, (WORLD, *taxonomy.groups)):
        return NoCountry(f"{label!r} is a group of countries; its figures are computed from those of its members", "", group=True)
    near = process.extractOne(folded, taxonomy.country_labels(), score_cutoff=_SIMILAR)
    hint = f"the nearest known name is {near[0]}" if near else "use an ISO 3166 code such as PER, or the Index's own spelling"
    return NoCountry(f"{label[:60]!r} is not a country that the Index scores", hint)


def _unmarked(label: str) -> str:
    """A label with single spaces without the marks of footnotes at its end."""
    end = len(label)
    while mark := _MARK.search(label, max(end - _MARKED, 0), end):
        end = mark.start()
    return label[:end].strip()


def _named(text: str, taxonomy: Taxonomy) -> str | None:
    capitals = text.upper()
    if text in taxonomy.countries:
        return text
    found = taxonomy.country_of_label(text) or taxonomy.traps.capitals_only.get(text)
    if found is not None or not text.isascii():
        return found
    if len(text) == 3 and capitals in taxonomy.countries:
        return capitals
    known = pycountry.countries.get(alpha_2=capitals) if len(text) == 2 else None
    if known is not None and known.alpha_3 in taxonomy.countries:
        return str(known.alpha_3)
    return next((s.iso3 for s in taxonomy.traps.shared if fold(s.name) == fold(text)), None)


def _simpler(text: str) -> tuple[str, ...]:
    """A name without its brackets, its article, and what official lists put behind a comma."""
    bare = _INSIDE.sub("", text).strip()
    head, comma, tail = bare.partition(",")
    turned = f"{tail.strip()} {head}" if comma else bare
    found = [bare, turned, re.sub(r"^the\s+", "", turned, flags=re.IGNORECASE), re.sub(r"^the\s+", "", bare, flags=re.IGNORECASE)]
    if comma and set(fold(tail).split()) <= _BEHIND:
        found.append(head)
    return tuple(found)
