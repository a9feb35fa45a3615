"""What the forms of questions over many countries share: all slots read once, and nothing left unread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.taxonomy import WORLD
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import implied_topic
from index.meaning.forms.unread_places import halved, in_unread_place, narrowed, said
from index.meaning.masked import MARK
from index.meaning.meaning import OfIndicator
from index.meaning.phrase_patterns import found_in, phrases_in
from index.meaning.slots.by import by_of, for_each, memberships_meant
from index.meaning.slots.limits import Limits, limit_of
from index.meaning.slots.order import moves_in
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.stat import stat_of
from index.meaning.slots.tests import TestsRead, read_tests
from index.meaning.slots.topics import LIKELY, indicators_of
from index.meaning.slots.unread_topic import topic_is_unread
from index.meaning.slots.when import When, short_years, when_of
from index.scores.statistics import Stat

_WITH_MEMBERS = LatePattern(r"\b(?:the )?([GC]\d+)\b(?=[^G|]*\| C\d+(?: (?:(?:,|and|&|or|n|plus) )*C\d+){2,})")
_OF_COUNTRIES = LatePattern(r"\b(?:countr\w+|nations?|states?|members?|places?|who|where|whose|islands?|governments?)\b")
# "What do they score worst on".
_AT_WHAT = LatePattern(r"\bwhat\b.*\b(?:worst|best|weakest|strongest|highest|lowest|badly|poorly) (?:on|at|in|for)(?= [,|]|$)")
_MEASURES = LatePattern(
    r"\b(?:which|what|top|N\d+)(?: of the| the)? (?:\w+est )?I\d+ "
    r"(?:measures?|indicators?|(?:building )?blocks?|pillars?|components?)\b"
    r"|\b(?:\w+est|worst|best|which|what|top|main) (?:pillars?|(?:building )?blocks?|components?|indicators?"
    r"|measures?|elements?) of (?:the )?I\d+\b"
)
_FAMILY_FIRST = LatePattern(
    r"\b(?:N\d+|top|which|what)(?: of| the| most| \w+est| worst| top| main| leading)* (I\d+)\b"
    r"(?! (?:scores?|averages?|means?|marks?|figures?)\b)"
)
# "The criminal markets score": the average itself, by which countries are put in order.
_AVERAGE_ITSELF = LatePattern(r"\b(I\d+) (?:scores?|averages?|marks?|figures?)\b")
_CRIMES = LatePattern(
    r"\b(?:top|worst|main|biggest|N\d+)(?: (?:\w+est|worst|main|top|N\d+))* (?:crimes|rackets|crime types|types of crime)\b"
)
# "Put the illegal trades in order", not "by illegal trades".
_FAMILY_IN_ORDER = LatePattern(
    r"(?<!by )(?<!for )(?<!in )(?<!on )(?<!of )(?<!with )(?<!at )(?:^|\b(?:the|all|all the|every|world s|world's) )(I\d+)\b"
)
_ONE_OF_FAMILY = LatePattern(
    r"\b(?:\w+est|worst|main|top|leading|dominant|prevailing|principal|which"
    r"|what)(?: \w+est)? (I\d+)\b(?! (?:scores?|average|mean|mark|figure|level))"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The slots of a question. `rest` is the question without its conditions; `indicators` are those it is about, in order.

    `idle` are the number marks that restrict nothing if they count all there is ("the five African regions").
    """

    scope: Scope
    when: When
    tests: TestsRead
    limits: Limits
    indicators: tuple[str, ...]
    rest: Asked

    @property
    def left_over(self) -> tuple[str, ...]:
        """The indicators with a mark that no condition is about or compares with."""
        rights = [t.right.indicator for row in self.tests.tests for t in row if isinstance(t.right, OfIndicator)]
        return tuple(i for i in self.rest.masked.ids("I") if i not in (*self.tests.indicators, *rights))

    @property
    def over_time(self) -> bool:
        """Whether a span of time is named, over which only changes can be put in order."""
        return len(self.editions) > 1 or (self.when.change and not self.when.latest)

    @property
    def editions(self) -> tuple[int, ...]:
        """The editions named; the first and the last for "over the years", the last two for a change "last time"."""
        all_editions = self.rest.taxonomy.editions
        changed = any(t.change for row in self.tests.tests for t in row)
        if changed and len(self.when.editions) == 1 and "Y" not in "".join(self.rest.masked.marks):
            return tuple(all_editions[-2:])
        if self.when.whole:
            return (all_editions[0], all_editions[-1])
        named = [y for m, s in self.rest.masked.marks.items() if m[0] == "Y" and s.value == "from" for y in s.years]
        if len(named) == 1 and not changed and not moves_in(self.rest.text):
            # "The worst from the 2021 edition" is of that edition.
            return tuple(named)
        return self.when.editions


def parts_of(asked: Asked, *, ordered: bool | None = None, tested: bool = True) -> Parts | None:
    """All slots of a question; None if a condition, a number, a year or a place in it could not be read.

    `ordered` says whether words of change are an order (see `read_tests`); without `tested` a comparison is not a condition, as
    between groups, and a number beside one is unread.
    """
    asked = _members_named(asked)
    when = when_of(asked)
    indicators = topics_of(asked)
    tests = read_tests(asked, indicators, ordered=ordered) if tested else TestsRead(rest=asked.text)
    if asked.question.unread_numbers or when.years_without_edition or asked.question.unread_years or tests.unread:
        return None
    rest = asked.part(tests.rest)
    if _of_several_editions(rest, tests, when):
        return None
    limits = limit_of(rest)
    scope = scope_of(_without_compared(asked, tests))
    scope = replace(scope, countries=tuple(c for c in scope.countries if c not in scope.without_countries))
    # A country beside a group it is looked for in is only mentioned, but as what cannot be told.
    if (scope.countries and scope.groups) or not scope.settled or scope.others or (scope.own_region and not scope.groups):
        return None
    if tested:
        scope = replace(scope, groups=_narrowest(asked, scope.groups))
    if refused(asked, scope, together=tested) or halved(asked):
        return None
    if not (scope.groups or scope.countries) and (narrowed(rest) or limits.known):
        return None
    if not scope.countries and in_unread_place(rest):
        return None
    read = {*tests.used, *limits.used, *limits.idle, *short_years(asked)}
    sizes = {len(scope.countries)} | {
        len(asked.taxonomy.members(g, asked.taxonomy.editions[-1])) for g in (*scope.group_ids, WORLD)
    }
    # "Name three of G1, just three": a number may be said twice.
    numbers = {*sizes, limits.limit}
    if any(m[0] in "NP" and m not in read and asked.masked.marks[m].number not in numbers for m in asked.masked.marks):
        return None
    if limits.limit is not None and limits.limit in sizes and tests.tests:
        # "Out of the 27 of the EU".
        limits = replace(limits, limit=None)
    return Parts(scope, when, tests, limits, indicators, rest)


def _of_several_editions(rest: Asked, tests: TestsRead, when: When) -> bool:
    """Whether scores must meet conditions in several editions ("above 6 in 2021 and below 6 in 2025"): a condition has no edition
    of its own."""
    levels = bool(tests.tests) and not any(t.change for row in tests.tests for t in row)
    return levels and len(when.editions) > 1 and not moves_in(rest.text)


def asks_for_countries(asked: Asked, parts: Parts) -> bool:
    """Whether countries may be the answer: not a number of them, nor their mean, nor regions or one country named."""
    figures = stat_of(parts.rest) in (Stat.MEAN, Stat.MEDIAN) or phrases_in("refused", "how_many", asked.text)
    others = by_of(parts.rest) is not None or for_each(asked) or memberships_meant(asked) or asks_for_indicators(asked)
    return not figures and not others and len(parts.scope.countries) != 1


def asks_for_indicators(asked: Asked) -> bool:
    """Whether markets or actors are what is put in order: "the N1 largest I1 of G1", where I1 is all illegal trades.

    A country word beside them says that countries are asked for by these scores.
    """
    if _MEASURES.search(asked.text) or _AT_WHAT.search(asked.text):
        return True
    if _OF_COUNTRIES.search(asked.text):
        return False
    return _CRIMES.search(asked.text) is not None or any(
        set(asked.masked.marks[mark].ids) <= {"criminal_markets", "criminal_actors"} and _said_in_plural(asked, mark) == plural
        for pattern, plural in ((_FAMILY_FIRST, True), (_FAMILY_IN_ORDER, True), (_ONE_OF_FAMILY, False))
        for mark in pattern.findall(asked.text)
        if mark in asked.masked.marks
    )


def average_meant(asked: Asked) -> bool:
    """Whether the score of a whole family is meant, by which countries are put in order, rather than its parts."""
    return any(
        set(asked.masked.marks[mark].ids) <= {"criminal_markets", "criminal_actors"}
        for mark in _AVERAGE_ITSELF.findall(asked.text)
        if mark in asked.masked.marks
    )


def _said_in_plural(asked: Asked, mark: str) -> bool:
    span = asked.masked.marks[mark]
    return asked.question.reading.words[span.end - 1].casefold().endswith("s")


def refused(asked: Asked, scope: Scope, *, together: bool) -> bool:
    """Whether a question says something that no meaning holds.

    `together`: a country must be in all groups that are named apart, so they must share one.
    """
    ways = {f.way for f in found_in("refused", asked.text)}
    excluded = scope.without_groups or scope.without_countries
    if ways - ({"denied"} if excluded else set()):
        return True
    return together and len(scope.groups) > 1 and not set.intersection(*(_members(asked, either) for either in scope.groups))


def _members_named(asked: Asked) -> Asked:
    """ "The Nordics: C1, C2, C3" names the members, whatever the group is elsewhere."""

    def unless_one(match: re.Match[str]) -> str:
        return match[0] if match[1][0] == "C" and len(asked.masked.marks[match[1]].ids) == 1 else "them"

    text = _WITH_MEMBERS.sub(unless_one, asked.text)
    return asked if text == asked.text else asked.part(text)


def _narrowest(asked: Asked, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The groups without those that hold all of another: "the islands of Melanesia" are Melanesia."""
    sets = [_members(asked, either) for either in groups]
    return tuple(g for g, own in zip(groups, sets, strict=True) if not any(other < own for other in sets))


def _members(asked: Asked, groups: Iterable[str]) -> set[str]:
    edition = asked.taxonomy.editions[-1]
    return {country for group in groups for country in asked.taxonomy.members(group, edition)}


def topics_of(asked: Asked) -> tuple[str, ...]:
    """The indicators of a question, then those without a name that the learned reader is sure of.

    If there is none, "worst" and "safest" are about criminality, provided that every word of the question is read.
    """
    named = indicators_of(asked).indicators
    # "Criminals in the government" names crime only to say who: the learned reader knows what is meant.
    learned = sorted((i for i, p in asked.learned.indicators.items() if p > LIKELY), key=lambda i: -asked.learned.indicators[i])
    if learned and "criminality" not in learned:
        named = tuple(i for i in named if i != "criminality")
    wider = {asked.taxonomy.indicators[i].parent for i in named}
    found = tuple(dict.fromkeys((*named, *(i for i in learned if i not in wider))))
    return found or (implied_topic(asked) if _judged_as_a_whole(asked) else ())


def _judged_as_a_whole(asked: Asked) -> bool:
    """Whether countries are called bad or good and no word stands there that may say at what."""
    orders = found_in("order", asked.text)
    if topic_is_unread(asked) or not any(f.way.split("_")[-1] in ("worst", "best", "worse", "better") for f in orders):
        return False
    unknown = {asked.question.reading.words[p].casefold() for p in asked.question.reading.unknown}
    return not (unknown & set(asked.text.split())) - said(asked)


def _without_compared(asked: Asked, tests: TestsRead) -> Asked:
    """The question without the places that others are compared with, which do not limit it."""
    compared = {m for m in tests.used if m[0] in "CG"}
    return asked.part(MARK.sub(lambda m: "it" if m[0] in compared else m[0], asked.text)) if compared else asked
