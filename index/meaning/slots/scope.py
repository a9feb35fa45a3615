"""Which places a question is limited to: countries, groups, exceptions, the world, or the region of the country itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.taxonomy import Taxonomy
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.phrase_patterns import Found, found_in
from index.meaning.slots.background import without_background
from index.questions.names import LinkKind
from index.questions.spans import TaggedSpan

TABLE = "scope"
_SOURCE = LatePattern(r"\bglobal (?:initiative s? ?)?(?:organi[sz]ed )?crime index\b|\bglobal initiative\b")
_JOINED = LatePattern(r"(?: (?:,|and|or|&|nor|the|n|plus|vs|versus|with|against|than|to|from|of|between))+ ")

_COUNTRY = LatePattern(r"\bC\d+\b")
_POINTS_BACK = LatePattern(r"\b(?:its|their|they|them|he|she|his|her|there|the country|neighbou?rs?)\b")
_LISTED_OUT = LatePattern(
    r"\b(G\d+)(?: [a-z]+| I\d+){0,5}(?: (?:,|\||like|i e|namely|meaning|so))*"
    r" C\d+(?: (?:,|and|&|n|plus))* C\d+(?! (?:vs|versus|or)\b)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The places of a question.

    - `countries`: those it is about, as ISO codes in order; not those mentioned in passing, corrected away or excluded.
    - `groups`: a country must be in one group of each tuple. `without_countries`, `without_groups`: exceptions.
    - `world`: whether the world is named. `own_region`: "region" or "continent" for that of the country itself, else "".
    - `others`: whether a group is meant without the country itself ("the other Nordic states").
    - `settled`: False if a place is named that is not scored, has no member list, or may be one of several.
    """

    countries: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    without_countries: tuple[str, ...] = ()
    without_groups: tuple[str, ...] = ()
    world: bool = False
    own_region: str = ""
    others: bool = False
    settled: bool = True

    @property
    def group_ids(self) -> tuple[str, ...]:
        """All groups in order, whether alternatives or not."""
        return tuple(group for either in self.groups for group in either)


def scope_of(asked: Asked) -> Scope:
    """The places of a question, from its marks and the phrases around them."""
    text = _SOURCE.sub("index", asked.text)
    hits = found_in(TABLE, text)
    without = _marks(hits, "without")
    passed = _marks(hits, "dropped") | _corrected(text, hits) | _told(text)
    if _subjects_remain(asked, without | passed | _marks(hits, "mentioned")):
        passed |= _marks(hits, "mentioned")
    # What the Index does not score need not be left out.
    excluded = tuple(c for c in _ids(asked, sorted(without), "C") if c in asked.taxonomy.countries)
    subjects = [m for m in asked.masked.marks if m[0] == "C" and m not in without | passed]
    about = [m for m in subjects if not _only_mentioned(asked, m)] or subjects
    # "Micronesia, the federated states": the name of a group is part of the country's.
    groups, sets, settled_groups = _groups(asked, text, without | passed | _marks(hits, "countries") | _listed_out(text, without))
    named, settled = _countries(asked, text, about)
    called = [(h.start, i) for h in hits if h.way == "countries" for i in h.ids]
    placed = sorted((*named, *called, *_possessives(asked, text)), key=lambda pair: pair[0])
    return Scope(
        countries=tuple(dict.fromkeys((*(i for _, i in placed), *sets))),
        groups=(*groups, *((g,) for g in _said(hits, "groups") if all(g not in either for either in groups))),
        without_countries=excluded,
        without_groups=_ids(asked, sorted(without), "G"),
        world=any(h.way == "world" for h in hits),
        own_region=next((h.way for h in hits if h.way in ("region", "continent")), ""),
        others=any(h.way == "others" for h in hits),
        settled=settled and settled_groups and not any(h.way == "unsettled" for h in hits),
    )


def _marks(hits: Iterable[Found], means: str) -> frozenset[str]:
    return frozenset(m for h in hits if h.way == means for m in h.marks)


def _corrected(text: str, hits: Iterable[Found]) -> frozenset[str]:
    """The country just before a correction ("C1, no wait, C2"), if another follows."""
    dropped = set()
    for hit in hits:
        before, after = re.findall(r"\bC\d+\b", text[: hit.start]), re.findall(r"\bC\d+\b", text[hit.end :])
        if hit.way == "corrected" and before and after and len(text[hit.end :].split(after[0])[0].split()) <= 3:
            dropped.add(before[-1])
    return frozenset(dropped)


def _told(text: str) -> frozenset[str]:
    """The places of what is told before the question, where the question names a country itself and points back to none."""
    asking = without_background(text, lambda part: _COUNTRY.search(part) is not None and not _POINTS_BACK.search(part))
    kept = MARK.findall(asking)
    letters = {mark[0] for mark in kept} | {"G"}
    return frozenset(m for m in MARK.findall(text) if m not in kept and m[0] in letters)


def _listed_out(text: str, without: frozenset[str]) -> frozenset[str]:
    """The groups whose members follow in a list that says which are meant: "the N1 G1 juntas C1 , C2 and C3"."""
    return frozenset(match[1] for match in _LISTED_OUT.finditer(text) if without.isdisjoint(MARK.findall(match[0])))


def _subjects_remain(asked: Asked, left_out: frozenset[str]) -> bool:
    return any(m[0] == "C" and m not in left_out for m in asked.masked.marks)


def _only_mentioned(asked: Asked, mark: str) -> bool:
    """Whether a country is only named by its adjective beside one named in full ("Colombian groups in Peru")."""
    span = asked.masked.marks[mark]
    if not set(span.ids) <= set(asked.question.mentions):
        return False
    said = " ".join(asked.question.reading.words[span.start : span.end]).casefold()
    return any(said == demonym.casefold() for code in span.ids for demonym in asked.taxonomy.countries[code].demonyms)


def _ids(asked: Asked, marks: Iterable[str], letter: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for m in marks if m[0] == letter for i in asked.masked.marks[m].ids))


def _said(hits: Iterable[Found], means: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for h in hits if h.way == means for i in h.ids))


def _countries(asked: Asked, text: str, marks: Iterable[str]) -> tuple[list[tuple[int, str]], bool]:
    """The codes of the marks with their place in the text, and whether all are settled.

    A name of two countries means both in the plural, beside "both", or where "the other" of them is named too.
    """
    codes: list[tuple[int, str]] = []
    settled = True
    for mark in marks:
        span = asked.masked.marks[mark]
        words = asked.question.reading.words[span.start : span.end]
        pair = _said(found_in(TABLE, " ".join(words).casefold()), "countries")
        if pair:
            codes.extend((text.index(mark), i) for i in pair)
            continue
        if span.value == LinkKind.AMBIGUOUS:
            plural = words[-1].casefold().endswith("s") or _both_before(asked, text, mark)
            if not (len(span.ids) == 2 and (plural or _the_other(asked, text, span))):
                settled = False
                continue
        elif span.value == LinkKind.NOT_SCORED:
            settled = False
            continue
        codes.extend((text.index(mark), i) for i in span.ids)
    return codes, settled


@cache
def _written_without_apostrophe(taxonomy: Taxonomy) -> Mapping[str, str]:
    """ "brazils", "kiribatis": names of one word with an "s", which are nothing else in English."""
    names = {name.casefold(): code for code, c in taxonomy.countries.items() for name in (c.name, *c.aliases) if " " not in name}
    return {f"{name}s": code for name, code in names.items() if len(name) > 3 and not name.endswith("s")}


def _possessives(asked: Asked, text: str) -> list[tuple[int, str]]:
    """Countries named in a possessive without its apostrophe, with their place in the text."""
    codes = _written_without_apostrophe(asked.taxonomy)
    return [(m.start(), codes[m[0]]) for m in re.finditer(r"\w+", text) if m[0] in codes]


def _both_before(asked: Asked, text: str, mark: str) -> bool:
    before = text[: text.index(mark)].split()[-1:]
    return bool(before) and (
        before[0] in ("both", "two") or (before[0] in asked.masked.marks and asked.masked.marks[before[0]].number == 2)
    )


def _the_other(asked: Asked, text: str, span: TaggedSpan) -> bool:
    """Whether "the other" is said of one of the two countries that a name stands for: "the DRC or the other Congo"."""
    others = re.findall(r"\b(?:the )?other (C\d+)\b", text)
    return any(asked.masked.marks[mark].ids == span.ids for mark in others)


def _groups(asked: Asked, text: str, without: frozenset[str]) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...], bool]:
    """The groups of the marks, the countries of small sets such as "the Baltics", and whether all are settled.

    Groups joined by "or", "and" or a comma are alternatives; others must all hold, and so must one by place beside one by
    situation ("the Pacific, which islands").
    """
    tuples: list[list[str]] = []
    sets: list[str] = []
    settled = True
    end = -1
    for mark, span in asked.masked.marks.items():
        if mark[0] != "G" or mark in without:
            continue
        start = text.index(mark)
        if span.value == LinkKind.UNDEFINED_GROUP:
            said = " ".join(asked.question.reading.words[span.start : span.end]).casefold()
            members = _said(found_in(TABLE, said), "countries")
            sets.extend(members)
            settled = settled and bool(members)
        elif any(set(span.ids) <= set(either) for either in tuples):
            pass
        elif tuples and _JOINED.fullmatch(text[end:start]) and _alike(asked.taxonomy, tuples[-1][-1], span.ids[0]):
            tuples[-1].extend(span.ids)
        else:
            tuples.append(list(span.ids))
        end = start + len(mark)
    return tuple(map(tuple, tuples)), tuple(sets), settled


def _alike(taxonomy: Taxonomy, one: str, other: str) -> bool:
    """Whether two groups are both by situation (islands, landlocked states), or neither is."""
    return taxonomy.groups[one].narrows == taxonomy.groups[other].narrows
