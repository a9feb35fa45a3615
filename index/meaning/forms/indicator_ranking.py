"""Which market, type of actor or building block of resilience stands highest, lowest or moved most over many countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.taxonomy import Pillar
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import average_meant, parts_of, topics_of
from index.meaning.forms.set_of_countries import meaning_of
from index.meaning.masked import MARK
from index.meaning.meaning import Direction, Meaning
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.asides import without_asides
from index.meaning.slots.by import by_of
from index.meaning.slots.limits import in_a_row, plural
from index.meaning.slots.order import change_order, order_of
from index.meaning.slots.stat import stat_of
from index.scores.statistics import Stat

_EXAMPLES = LatePattern(r"\b(?:etc|such as|like|e g|for example|and so on|or (?:(?:an)?other|something else|what|else))\b")
_FAMILIES = ("criminal_markets", "criminal_actors", "resilience")


def fill(asked: Asked) -> Meaning | None:
    """Indicators of a family, or those named, in order; None if a country is named or no family is meant."""
    asked = without_asides(asked)
    parts = parts_of(asked, ordered=True)
    if parts is None or parts.scope.countries or parts.tests.tests or by_of(asked) is not None or average_meant(asked):
        return None
    family = _family(asked)
    if not family:
        return None
    order = change_order(asked, order_of(asked, family), parts.over_time)
    if order is None and (parts.over_time or (parts.limits.limit is None and len(family) == 1 and not in_a_row(asked))):
        return None
    limit = parts.limits.limit
    if limit in _sizes(asked, family):
        # "Which of the four drug trades": the number is that of the family.
        limit = None
    if limit is None and order is not None and parts.limits.place is None and not plural(asked) and not in_a_row(asked):
        limit = 1
    stat = stat_of(asked)
    return replace(
        meaning_of(Kind.INDICATOR_RANKING, parts, family, order or Direction.HIGH, limit),
        stat=Stat.MEDIAN if stat is Stat.MEDIAN else None,
    )


def _section(asked: Asked, said: Sequence[str]) -> tuple[str, ...]:
    """All indicators of the section of a page that is named ("which drug"), () if none or one of its indicators is named too."""
    ids = {*asked.masked.ids("S"), *(way for way in said if way not in _FAMILIES)}
    return tuple(i for s in asked.taxonomy.sections if s.id in ids for i in s.indicators) if not asked.masked.ids("I") else ()


def _general(asked: Asked) -> frozenset[str]:
    """The indicators named by a word for any market: "rackets" are not only protection rackets."""
    spans = asked.masked.spans("I")
    words = asked.question.reading.words
    general = [s for s in spans if [w.casefold() for w in words[s.start : s.end]] in (["racket"], ["rackets"])]
    return frozenset(i for span in general for i in span.ids)


def _sizes(asked: Asked, family: tuple[str, ...]) -> set[int]:
    """How many indicators the family has."""
    return {len(asked.taxonomy.leaves(family[0], e)) for e in asked.taxonomy.editions} if len(family) == 1 else {len(family)}


def _of_resilience(asked: Asked, words: str) -> bool:
    """Whether a phrase for the building blocks of resilience names no other indicator."""
    ids = {i for m in MARK.findall(words) if m in asked.masked.marks for i in asked.masked.marks[m].ids}
    return ids <= {"resilience"}


def _family(asked: Asked) -> tuple[str, ...]:
    """A family of indicators, or the indicators named if they are two or more."""
    topics = tuple(i for i in topics_of(asked) if i not in _general(asked))
    averages = {i.parent for i in asked.taxonomy.indicators.values() if i.parent} | set(_FAMILIES)
    named = tuple(i for i in topics if i not in averages)
    said = [f.way for f in found_in("families", asked.text) if f.way != "resilience" or _of_resilience(asked, f.words)]
    listed = len(re.findall(r" , | or ", asked.text)) + 1
    actors = {i.id for i in asked.taxonomy.indicators.values() if i.parent == "criminal_actors"}
    section = _section(asked, said)
    if section and set(named) <= set(section):
        return section
    if named and set(named) <= actors and (listed > len(named) or "criminal_actors" in said):
        return ("criminal_actors",)
    if len(named) > 1 and not _EXAMPLES.search(asked.text):
        return named
    if set(named) & set(asked.masked.ids("I")) and not _EXAMPLES.search(asked.text):
        # One market named is not all of them.
        return ()
    return _whole_family(asked, topics, said)


def _whole_family(asked: Asked, topics: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """The family meant where its indicators are not named, () if none is."""
    for family in ("criminal_actors", "criminal_markets"):
        if family in topics:
            return (family,)
    if "criminal_actors" in said:
        return ("criminal_actors",)
    if "resilience" in topics or ("resilience" in said and "criminal_markets" not in said):
        return ("resilience",)
    if said:
        return (said[0],)
    if _general(asked):
        return ("criminal_markets",)
    pillars = {asked.taxonomy.indicators[i].pillar for i in topics}
    return ("criminal_markets",) if pillars == {Pillar.CRIMINALITY} else ()
