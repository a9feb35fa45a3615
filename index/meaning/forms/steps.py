"""What is asked of the countries of a first step: how many, their scores, ranks, changes or indicators, or some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked, Learned
from index.meaning.forms.reading import change_editions
from index.meaning.meaning import By, Direction, Meaning, OfPlace
from index.meaning.phrase_patterns import found_in, phrases_in
from index.meaning.slots.limits import Limits, limit_of, plural
from index.meaning.slots.order import order_of
from index.meaning.slots.scope import scope_of
from index.meaning.slots.stat import stat_of
from index.meaning.slots.tests import TestsRead, read_tests
from index.meaning.slots.topics import indicators_of
from index.meaning.slots.unread_topic import topic_is_unread
from index.meaning.slots.when import When, short_years, when_of
from index.questions.context import OVERALL
from index.scores.statistics import Stat

_HOW_MANY = LatePattern(r"\b(?:how many|how much of|count|number of|what (?:share|proportion|percentage|fraction|part))\b")
_SHARE = LatePattern(r"\b(?:share|proportion|percentage|percent|fraction|part)\b")
_SPLIT = LatePattern(
    r"\b(?:split|divided?|grouped|broken down|by|per|each|in each|what|which) (?:it |them |up )?(?:by |for |into "
    r"|on |per |in )?(?:the )?(continent|region)s?\b"
)
_EACH = LatePattern(r"\b(?:each|split|divided)\b")
_SORTED = LatePattern(r"\b(?:rank|ranked|sort|sorted|order|ordered|list them by)\b")
_FROM_LOW = LatePattern(r"\b(?:from (?:the )?(?:low|lowest|bottom|least|weakest)|(?:low|lowest|least|weakest) first|ascending)\b")
_OWN = r"(crime|market|actor|racket|criminal market|criminal actor|actor type|illicit market|illegal market|problem|threat)s?"
_END = r"(?:worst|main|top|biggest|gravest|largest|highest|strongest|weakest|lowest|leading|primary|smallest)"
_FAMILY = LatePattern(rf"\b{_END}(?: N\d+| single)? (?:of )?(?:its |their |the )?{_OWN}\b|\bN\d+ {_END} {_OWN}\b")
_FAMILY_MARK = LatePattern(rf"\b{_END}(?: N\d+)? (I\d+)\b")
# "Resilience indicators" are a family in the table of words, not a name of the score.
_RESILIENCE_PARTS = LatePattern(r"\bresilience (?:indicators?|dimensions?|factors?|measures?|areas?|components?|scores)\b")
_WEAK = LatePattern(r"\b(?:weakest|lowest|smallest)\b")
_STORY = LatePattern(
    r"\b(?:story|trend|over the (?:years|editions|three editions|N\d+ editions)|over time|develop\w*|evol\w+"
    r"|through the (?:years|editions))\b"
)
_MOVED = LatePattern(r"\b(?:moved|changed?|happened|gone|went|move)\b")
_PLACED = LatePattern(
    r"\b(?:rank|ranks|place|position|spot)\b|\bwhere (?:do|does|is|are|did) (?:they|it|he|that|she|we|those|these"
    r"|each)\b|\bwhere (?:they|it|he|she|those|these|all|each) (?:sits?|stands?|ranks?|are|is|places?)\b"
)
_GAP = LatePattern(r"\b(?:how far|how much|by how much|difference|gap)\b")
_AVERAGE = LatePattern(r"\b(?:average|averages|avg|mean)\b")
_ISLANDS = LatePattern(r"\b(?:islands?|island (?:states?|nations?|countries))\b")
# "In the gutter the most", "its other three", "and his score as well": an order or a third step that was not read.
_UNREAD = LatePattern(
    r"\b(?:in the|down the|out the) [a-z]+ (?:the )?(?:most|more)\b|\b(?:its|their|the) other\b|\band (?:his|her"
    r"|its|their) [IS]\d"
)
_ONE_OF = LatePattern(r"\b(?:who|the (?:one|country|state|nation|member|place))\b(?!s)")
_CRIME = LatePattern(
    r"\b(?:on|for|in|of|their|its|overall|average|avg|mean|median|least|most|highest|lowest) (?:the |overall )?"
    r"(?:crime|criminality)\b"
)
_PART = LatePattern(r"\b(?:quarter|quartile|third of|tercile|fifth of|quintile|decile|percentile|half)\b")


@dataclass(frozen=True, slots=True)
class _Second:
    """A second step as its readers see it. `own`: the indicators that it names itself."""

    asked: Asked
    first: Meaning
    base: Meaning
    when: When
    own: tuple[str, ...]
    limits: Limits
    tests: TestsRead

    @property
    def one(self) -> bool:
        """Whether the first step gives a single country."""
        groups = self.first.kind is Kind.GROUP_RANKING
        return not groups and (self.first.limit == 1 or self.first.place is not None)


def second_step(asked: Asked, first: Meaning) -> Meaning | None:
    """What is asked of the countries that `first` gives, without `among`; None if a part of it could not be read."""
    scope, when = scope_of(asked), when_of(asked)
    if scope.countries or not scope.settled or when.years_without_edition or _UNREAD.search(asked.text):
        return None
    if _PART.search(asked.text):
        return None
    if {f.way for f in found_in("refused", asked.text)} & {"both_ends", "two_stats", "counted", "smallest_move"}:
        return None
    said = indicators_of(replace(asked, learned=Learned()))
    named = bool(said.indicators) and not said.implied
    if not named and topic_is_unread(asked) and not _ISLANDS.search(asked.text):
        return None
    own = said.indicators if named else ("criminality",) if _CRIME.search(asked.text) else ()
    indicators = own or first.indicators or indicators_of(asked).indicators
    tests = read_tests(asked, indicators)
    if tests.unread:
        return None
    rest = asked.part(tests.rest)
    limits = limit_of(rest)
    compared = {t.right.place for row in tests.tests for t in row if isinstance(t.right, OfPlace)}
    base = Meaning(
        Kind.SET,
        groups=_either(asked, tuple(g for g in scope.groups if not set(g) <= compared)),
        without_groups=scope.without_groups,
        without_countries=scope.without_countries,
        indicators=indicators,
        editions=when.editions or (first.editions if len(first.editions) == 1 else ()),
    )
    if _ISLANDS.search(asked.text) and not base.groups and not base.without_groups:
        base = replace(base, groups=(("island states",),))
    second = _Second(asked, first, base, when, own, limits, tests)
    if not _numbers_read(second):
        return None
    for read in (_split, _counted, _of_indicators, _placed, _told, _gap, _mean, _some, _scores):
        meaning = read(second)
        if meaning is not None:
            return meaning
    return None


def _either(asked: Asked, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """ "Which lie in G1 and which in G2": groups that share no country are alternatives."""
    if len(groups) < 2:
        return groups
    edition = asked.taxonomy.editions[-1]
    members = [{c for g in either for c in asked.taxonomy.members(g, edition)} for either in groups]
    return groups if set.intersection(*members) else (tuple(g for either in groups for g in either),)


def _numbers_read(second: _Second) -> bool:
    read = {*second.tests.used, *second.limits.used, *second.limits.idle, *short_years(second.asked)}
    size = second.first.limit
    read |= set(re.findall(r"\b(N\d+) (?:part|step)s?\b", second.asked.text))
    return all(m[0] not in "NP" or m in read or s.number == size for m, s in second.asked.masked.marks.items())


def _split(second: _Second) -> Meaning | None:
    """How many of the countries are in each continent or region."""
    match = _SPLIT.search(second.asked.text)
    if match is None or second.base.groups or second.tests.tests or second.own:
        return None
    by = By.CONTINENT if match[1] == "continent" else By.REGION
    return replace(second.base, kind=Kind.GROUP_RANKING, by=by, stat=Stat.COUNT, order=Direction.HIGH)


def _counted(second: _Second) -> Meaning | None:
    text, base = second.asked.text, second.base
    if not _HOW_MANY.search(text) or _EACH.search(text):
        return None
    if not (base.groups or base.without_groups or second.tests.tests):
        return None
    editions = _editions(second) if _changes(second) else base.editions
    return replace(base, kind=Kind.COUNT, tests=second.tests.tests, share=bool(_SHARE.search(text)), editions=editions)


def _of_indicators(second: _Second) -> Meaning | None:
    """ "Its worst market": the indicators of the country of the first step, or of its countries, side by side."""
    text, base = second.asked.text, second.base
    family, mark = _FAMILY.search(text), _FAMILY_MARK.search(text)
    if base.groups or second.tests.tests:
        return None
    if _RESILIENCE_PARTS.search(text) and order_of(second.asked, ("resilience",)) in (Direction.HIGH, Direction.LOW):
        kind = Kind.INDICATOR_SET if second.one else Kind.INDICATOR_RANKING
        order = order_of(second.asked, ("resilience",))
        return replace(base, kind=kind, indicators=("resilience",), order=order, limit=second.limits.limit or 1)
    if family is None and mark is None:
        return None
    word = (family[1] or family[2]) if family else ""
    if mark is not None:
        ids = second.asked.masked.marks[mark[1]].ids
        # "The lowest resilience" is a country's; "the weakest resilience indicators" are what it is made of.
        parts = re.search(rf"\b{mark[1]} (?:indicators?|measures?|areas?|components?)\b", text)
        if ids[0] not in ("criminal_markets", "criminal_actors") and not (parts and ids[0] in OVERALL):
            return None
        averages = ids[:1]
    else:
        averages = ("criminal_actors",) if "actor" in word else ("criminal_markets",)
    if word in ("problem", "threat"):
        averages = ("criminality",)
    order = Direction.LOW if _WEAK.search(text) else Direction.HIGH
    limit = second.limits.limit or 1
    kind = Kind.INDICATOR_SET if second.one else Kind.INDICATOR_RANKING
    return replace(base, kind=kind, indicators=averages, order=order, limit=limit)


def _placed(second: _Second) -> Meaning | None:
    """Where the countries stand in the world or in a group."""
    if not _PLACED.search(second.asked.text) or second.tests.tests or _SORTED.search(_without_nouns(second.asked.text)):
        return None
    if second.limits.limit or second.limits.place or len(second.base.indicators) != 1 or len(second.base.editions) > 1:
        return None
    return replace(second.base, kind=Kind.RANK, order=None)


def _without_nouns(text: str) -> str:
    """The text without "rank" where it is a noun or asks for a place."""
    return re.sub(
        r"\b(?:world|global|its|their|the|what|which|his|does it|do they|it|they|we) (?:world |global )?(?:rank|ranks|ranked)\b",
        "",
        text,
    )


def _told(second: _Second) -> Meaning | None:
    """How a score developed, or what happened to it."""
    text, base = second.asked.text, second.base
    if second.tests.tests or base.groups or phrases_in("order", "ordered", text):
        return None
    if _STORY.search(text) and second.one:
        return replace(base, kind=Kind.TREND, editions=second.when.editions if len(second.when.editions) > 1 else ())
    if _MOVED.search(text) and order_of(second.asked, base.indicators) is None:
        kind = Kind.CHANGE if second.one else Kind.SET
        return replace(base, kind=kind, change=True, editions=_editions(second))
    return None


def _editions(second: _Second) -> tuple[int, ...]:
    """The editions of a change: those named, or those of the change that the first step is about."""
    named = change_editions(second.asked, second.when)
    return named or (second.first.editions if len(second.first.editions) == 2 else ())


def _changes(second: _Second) -> bool:
    return any(t.change for row in second.tests.tests for t in row)


def _gap(second: _Second) -> Meaning | None:
    """How far the country of the first step is from the mean of a group."""
    text, base = second.asked.text, second.base
    if not (_GAP.search(text) and _AVERAGE.search(text)) or not second.one:
        return None
    named = [t.right.place for row in second.tests.tests for t in row if isinstance(t.right, OfPlace)] or [
        g for either in base.groups for g in either
    ]
    if len(named) != 1 or len(base.indicators) != 1:
        return None
    return replace(base, kind=Kind.DIFFERENCE, groups=((named[0],),), stat=Stat.MEAN)


def _mean(second: _Second) -> Meaning | None:
    stat = stat_of(second.asked)
    if stat is None and named_with_mean(second.asked):
        stat = Stat.MEAN
    if stat not in (Stat.MEAN, Stat.MEDIAN) or len(second.base.indicators) != 1 or second.tests.tests:
        return None
    return replace(second.base, kind=Kind.AGGREGATE, stat=stat)


def named_with_mean(asked: Asked) -> bool:
    """Whether "average" is a part of an indicator's name in the question ("average resilience")."""
    spans = [s for m, s in asked.masked.marks.items() if m[0] == "I"]
    return any(_AVERAGE.search(" ".join(asked.question.reading.words[s.start : s.end]).casefold()) for s in spans)


def _some(second: _Second) -> Meaning | None:
    """Those of the countries that meet a condition, or the first of them in an order."""
    text, base, limits = second.asked.text, second.base, second.limits
    order = order_of(second.asked, base.indicators)
    if re.search(r"\bresilien", text) and "resilience" not in base.indicators:
        return None
    if _HOW_MANY.search(text) or (_EACH.search(text) and re.search(r"\bhow many\b", text)):
        return None
    if order in (Direction.UP, Direction.DOWN) and phrases_in("order", "ordered", text):
        limit = limits.limit or (None if limits.place or plural(second.asked) else 1)
        return replace(base, order=order, limit=limit, place=limits.place, editions=_editions(second))
    if second.tests.tests:
        return replace(base, tests=second.tests.tests, editions=_editions(second) if _changes(second) else base.editions)
    if order in (Direction.UP, Direction.DOWN):
        return replace(base, order=order, limit=limits.limit, editions=_editions(second))
    if _SORTED.search(text) and second.own:
        low = Direction.LOW if _FROM_LOW.search(text) else None
        return replace(base, kind=Kind.RANKING, order=low or order or Direction.HIGH)
    if order is None and _ONE_OF.search(text):
        order = _order_in_name(second.asked)
    if order is None:
        return None
    return replace(base, order=order, limit=limits.limit or (None if limits.place else 1), place=limits.place)


def _order_in_name(asked: Asked) -> Direction | None:
    """The order that is a part of an indicator's name in the question ("the most corrupt state actors")."""
    words = " ".join(w for s in asked.masked.spans("I") for w in asked.question.reading.words[s.start : s.end]).casefold()
    if re.search(r"\b(?:least|fewest|lowest|weakest)\b", words):
        return Direction.LOW
    return Direction.HIGH if re.search(r"\b(?:most|worst|highest|biggest|strongest)\b", words) else None


def _scores(second: _Second) -> Meaning | None:
    """The scores of the countries, where another one is asked for; or those of them that are in a group."""
    base = second.base
    if base.groups and not second.own:
        return base
    if second.own and base.indicators != second.first.indicators:
        return base if base.groups else replace(base, kind=Kind.VALUE)
    return base if base.groups else None
