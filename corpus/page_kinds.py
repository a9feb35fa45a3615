"""Pages of the site that are no country's profile: named as what they are, so that the right one gets saved instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus.addresses import address_country, address_kind
from corpus.errors import SourceError
from corpus.figures import parse_figure
from corpus.naming import fold
from corpus.sections import Line
from corpus.taxonomy import GroupKind, Taxonomy

_INSTEAD = "save the profile page of a country instead: https://ocindex.net/<year>/country/<name>"
_ROW = re.compile(
    r"(?:#?\d{1,3}(?:st|nd|rd|th)?(?:\s*+[.):-])?\s++)?(?P<name>[^\d\n]{2,59}?[^\d\s:|,;-])[\s:|,;-]++(?P<figure>\d{1,2}\.\d\d?)\b.*"
)
_RANKED = re.compile(r"#?\d{1,3}(?:st|nd|rd|th)?[.):]?")
_NUMBERED = re.compile(r"#?\d{1,3}(?:st|nd|rd|th)?\s*[.):-]?\s+")
# With this many countries beside figures a page is a list of countries; with "ranking" in a heading, a few are enough.
_MANY, _SOME = 10, 4
_HEADING = 80
_WINDOW = 12


@lru_cache(maxsize=4)
def group_names(taxonomy: Taxonomy) -> Mapping[str, str]:
    """The folded labels of continents and regions, and their names."""
    places = (g for g in taxonomy.groups.values() if g.kind is not GroupKind.MEMBERSHIP)
    return {fold(label): group.name for group in places for label in (group.name, *group.labels)}


def refuse_ranking(lines: Sequence[Line], addresses: Sequence[str], taxonomy: Taxonomy) -> None:
    """Raise a SourceError if the lines are a list of countries with their figures."""
    titled = any(len(line.text) <= _HEADING and re.search(r"\branking", line.text, re.IGNORECASE) for line in lines[:400])
    listed = len(_listed(lines, taxonomy))
    by_address = any(address_kind(a) == "ranking" for a in addresses) and not any(address_country(a, taxonomy) for a in addresses)
    if listed >= _MANY or (titled and listed >= _SOME) or by_address:
        raise SourceError("this is a ranking page, not a country's profile", _INSTEAD)


def refuse_region(head: Sequence[Line], addresses: Sequence[str], taxonomy: Taxonomy) -> None:
    """Raise a SourceError if the lines above the first score name a continent or region and no country."""
    if any(address_country(address, taxonomy) for address in addresses):
        return
    anchors = [i for i, line in enumerate(head) if fold(line.text) in ("profile", "region", "continent", "regional profile")]
    near = head[anchors[-1] + 1 : anchors[-1] + 3] if anchors else head[-_WINDOW:]
    if any(taxonomy.country_of_label(line.text) for line in near):
        return
    named = next((line.text for line in near if fold(line.text) in group_names(taxonomy)), "")
    if named or any(address_kind(address) == "region" for address in addresses):
        raise SourceError(f"this is the page of a region{f' ({named})' if named else ''}, not a country's profile", _INSTEAD)


def _listed(lines: Sequence[Line], taxonomy: Taxonomy) -> set[str]:
    """The countries that stand beside a figure, on one line or on lines next to each other."""
    found: set[str] = set()
    for i, line in enumerate(lines):
        row = _ROW.fullmatch(line.text)
        country = taxonomy.country_of_label(row["name"]) if row else None
        if country is None and len(line.text) <= _HEADING and (own := taxonomy.country_of_label(_NUMBERED.sub("", line.text))):
            beside = [*lines[i + 1 : i + 3], *lines[max(i - 2, 0) : i]]
            texts = [other.text for other in beside if not _RANKED.fullmatch(other.text)]
            country = own if any(parse_figure(text) for text in texts[:1] + texts[-1:]) else None
        if country is not None:
            found.add(country)
    return found
