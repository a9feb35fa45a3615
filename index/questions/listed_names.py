"""Names that the names beside them complete or settle: "east and west Africa", "Palau and Micronesia". Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.name_traps import SharedName
from index.questions.names import Gazetteer, Link, LinkKind, Target
from index.questions.tokens import Token

_JOINING = frozenset("and or v vs versus than nor".split())
_DIRECTIONS = frozenset("north south east west northern southern eastern western central middle southeast southeastern".split())
# What says that a name is a region's: "in Micronesia", "the Micronesia average".
_BEFORE_REGION = frozenset("in of within across throughout inside".split())
# What only a country has.
_OF_A_COUNTRY = frozenset("capital population inhabitants gdp currency".split())
_AFTER_REGION = frozenset("region average mean median countries states nations economies".split())


def completed(tokens: Sequence[Token], links: Sequence[Link], gazetteer: Gazetteer) -> tuple[Link, ...]:
    """The links with those added that share a noun with one of them, and shared names settled."""
    found = list(links)
    taken = {i for link in links for i in range(link.start, link.end)}
    for link in links:
        if link.target.kind in (LinkKind.COUNTRY, LinkKind.GROUP):
            noun = tokens[link.end - 1].word
            for at in (*_listed_before(tokens, link.start), *_listed_after(tokens, link.end)):
                target = gazetteer.by_word.get((tokens[at].word, noun))
                if at in taken or target is None or target.kind not in (LinkKind.COUNTRY, LinkKind.GROUP):
                    break
                taken.add(at)
                found.append(Link(target, at, at + 1))
    return _settled(tokens, sorted(found, key=lambda link: link.start), gazetteer.shared)


def named_in_two_ways(tokens: Sequence[Token], links: Iterable[Link], shared: Sequence[SharedName]) -> tuple[SharedName, ...]:
    """The names in a question that stand for a country and for a region, whichever they were read as."""
    names = [shared_name for link in links if (shared_name := _shared(tokens, link, shared)) is not None]
    return tuple(dict.fromkeys(names))


def _shared(tokens: Sequence[Token], link: Link, shared: Sequence[SharedName]) -> SharedName | None:
    words = " ".join(token.word for token in tokens[link.start : link.end])
    return next((s for s in shared if words == s.name.casefold()), None)


def _settled(tokens: Sequence[Token], links: Sequence[Link], shared: Sequence[SharedName]) -> tuple[Link, ...]:
    """A name of a country and of a region is the country's beside other countries, or where something is asked that only
    countries have, unless a word by it says otherwise."""
    of_a_country = any(token.word in _OF_A_COUNTRY for token in tokens)
    beside = any(link.target.kind is LinkKind.COUNTRY for link in links)
    settled: list[Link] = []
    for link in links:
        name = _shared(tokens, link, shared)
        before = tokens[link.start - 1].word if link.start else ""
        after = tokens[link.end].word if link.end < len(tokens) else ""
        among_countries = beside and before not in _BEFORE_REGION and after not in _AFTER_REGION
        if name is not None and (of_a_country or among_countries):
            link = replace(link, target=Target(LinkKind.COUNTRY, (name.iso3,)))
        settled.append(link)
    return tuple(settled)


def _listed_before(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """The directions listed before a name, the nearest first: "north" in "north and south" and in "north, south"."""
    while at > 0:
        before, listed = at - 1, "," in tokens[at].gap
        if tokens[before].word in _JOINING:
            before, listed = before - 1, True
        if before < 0 or not listed or tokens[before].word not in _DIRECTIONS:
            return
        yield before
        at = before


def _listed_after(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """A direction that ends a list or the question: "south" in "northern Europe or south?", not in "and south Italy"."""
    if at + 1 >= len(tokens) or tokens[at].word not in _JOINING or tokens[at + 1].word not in _DIRECTIONS:
        return
    if at + 2 == len(tokens) or tokens[at + 2].gap.strip() or tokens[at + 2].word in _JOINING:
        yield at + 1
