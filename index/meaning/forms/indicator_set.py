"""A country's own worst, best, most changed indicators, or those that meet a condition: "Peru's three worst markets"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import (
    CRIMINALITY,
    RESILIENCE,
    Reading,
    change_editions,
    direction_of,
    groups_hold,
    level_editions,
    limits_a_number,
    read,
)
from index.meaning.meaning import Direction, Meaning, Test
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.limits import Limits, limit_of
from index.meaning.slots.order import order_of, orders_in
from index.meaning.slots.tests import TestsRead, read_tests
from index.meaning.slots.topics import indicators_of
from index.scores.query import Op

_FAMILIES = (CRIMINALITY, "criminal_markets", "criminal_actors", RESILIENCE)
# "Is it worse than the I1", "when was it at its worst".
_ASKS_ELSE = LatePattern(
    r"\bthan (?:the |its |their )*(?:[a-z]+ )?I\d+|\b(?:when (?:was|were|did|has|is)|(?:which|what) (?:edition|year|report)s?)\b"
)
_EXACTLY = LatePattern(r"\b(?:exactly|equal|equals|precisely|unchanged|perfect|same)\b")
_SHORTEST = LatePattern(r"\b(?:fall(?:s|ing)? (?:the )?(?:short|shortest)|(?:drags?|pulls?|holds?) .*(?:down|back))\b")
_COUNTED = LatePattern(
    r"\b(N\d+) (?:[a-z]+ ){0,2}"
    r"(?:I\d+|points?|crimes?|markets?|actors?|indicators?|problems?|things|ones|parts?|lowest|highest)\b"
)
_ABSENT = LatePattern(
    r"\b(?:almost not exist|not exist|doesnt have|nothing|doesn't have|does not have|hardly any|least of their worries)\b"
)
_MAIN = LatePattern(
    r"\b(?:main|(?:big|bad|serious) one|principal|predominates?|dominant|dominates?|weighs most|powerful|top|biggest|exceed)\b"
)
_WEAK = LatePattern(r"\b(?:weak\w*|feeble\w*|thin|thinner|thinnest|fall shortest|poorest|lacking)\b")
_STRONG = LatePattern(r"\b(?:strong\w*|good|well|best|better)\b")
_ONE = LatePattern(
    r"\b(?:market|trade|business|racket|threat|actor|gangster|spot|score|one|mark|type|kind|category|indicator|"
    r"I\d+ first|least of|(?:which|what) S\d+ is)\b"
)
_SEVERAL = LatePattern(
    r"\b(?:markets|crimes|threats|actors|points|scores|marks|indicators|things|ones|areas|parts|all|domains|reasons)\b"
)

_EITHER = frozenset({"racket", "rackets", "gang", "gangs", "gangsters", "crooks"})
_BOTH_ENDS = LatePattern(
    r"\b(?:best|top|strongest)\b.* (?:and|&|plus) (?:the |its |their )?(?:N\d+ )?(?:worst|weakest|bottom)\b"
    r"|\b(?:worst|weakest|bottom)\b.* (?:and|&|plus) (?:the |its |their )?(?:N\d+ )?(?:best|top|strongest)\b"
)
_ENOUGH_OF_A_FAMILY = 3
_SUPERLATIVE = LatePattern(
    r"\b(?!interest|forest|honest|arrest|request|suggest|protest|invest|conquest|harvest|west\b)[a-z]{3,}est\b"
)
_LIKELY_ORDER = 0.5
_LENGTH = LatePattern(r"\bN\d+ (?:words?|lines?|minutes?|sentences?|bullets?|pages?|seconds?)(?: max(?:imum)?| at most| tops)?\b")


@dataclass(frozen=True, slots=True)
class Family:
    """The indicators to choose from: an average with its parts, or those of a section of a page. () is all of them."""

    indicators: tuple[str, ...]


# Who somebody is, no score tells.
_PERSON = LatePattern(
    r"\b(?:names? of|who is|who's|whos|who are|named) (?:the |its |their )?(?:[A-Za-z\d]+ )*"
    r"(?:boss|bosses|kingpins?|barons?|lords?|leaders?|ringleaders?|godfathers?|chiefs?|heads?|dons?)\b"
)


def fill(asked: Asked) -> Meaning | None:
    """The family, the order, how many and the conditions; None without exactly one country, or where nothing chooses.

    `indicators` is the average whose parts are meant, or the single indicators to choose from, or () for all of them. Tests have
    the indicator "": each of the family. What improved or worsened among all is tested for each scale by itself.
    """
    reading = read(asked)
    if reading is None or len(reading.countries) != 1 or not groups_hold(asked, reading) or _asks_else(asked):
        return None
    if reading.scope.without_countries or reading.scope.without_groups:
        return None
    family = family_of(asked)
    if not family.indicators and any(hit.way in ("better", "worse") for hit in found_in("directions", asked.text)):
        return _better_or_worse(asked, reading)
    found = TestsRead() if _SHORTEST.search(asked.text) else read_tests(asked, family.indicators[:1] or (CRIMINALITY,))
    if found.unread:
        return None
    tests = _of_each(found.tests)
    if not _EXACTLY.search(asked.text):
        # "The three crimes where we are worst": a number that nothing compares is how many are wanted.
        tests = tuple(either for either in tests if all(test.op is not Op.EQUAL or test.change for test in either))
    # "Two words max" says how long the answer is to be.
    limits = limit_of(asked.part(_LENGTH.sub("", asked.text)))
    if tests and set(limits.used) & set(found.used):
        limits = Limits()
    if not tests and limits_a_number(asked) and limits.limit is None and limits.place is None:
        return None
    order = _order(asked, family.indicators)
    if order is None and not tests:
        return None
    all_of_them = order not in (Direction.UP, Direction.DOWN) or _SEVERAL.search(asked.text)
    if tests and limits.limit is None and limits.place is None and all_of_them:
        # Those above a number are all wanted, whatever is said of their order.
        order = None
    moved = order in (Direction.UP, Direction.DOWN) or any(t.change for either in tests for t in either)
    return Meaning(
        Kind.INDICATOR_SET,
        countries=reading.countries,
        indicators=family.indicators,
        editions=change_editions(asked, reading.when) if moved else level_editions(asked, reading.when),
        latest=reading.when.latest,
        order=order,
        limit=_limit(asked, limits) if not tests or limits.limit else None,
        place=limits.place,
        tests=tests,
    )


def _asks_else(asked: Asked) -> bool:
    """Whether something is asked that no single order or test of a country's indicators gives: both ends, an edition."""
    text = _LENGTH.sub("", asked.text)
    both = {"high", "low"} <= {f.way for f in orders_in(text)} or _BOTH_ENDS.search(text) is not None
    return both or _ASKS_ELSE.search(text) is not None or _PERSON.search(text) is not None


def _better_or_worse(asked: Asked, reading: Reading) -> Meaning | None:
    """All scores that improved, or that worsened: a test for each scale, since they point in opposite ways."""
    direction = direction_of(asked, (CRIMINALITY,))
    if direction is None or "most" in asked.text.split() or limits_a_number(asked):
        return None
    ops = (Op.ABOVE, Op.BELOW) if direction is Direction.UP else (Op.BELOW, Op.ABOVE)
    scales = zip((CRIMINALITY, RESILIENCE), ops, strict=True)
    return Meaning(
        Kind.INDICATOR_SET,
        countries=reading.countries,
        editions=change_editions(asked, reading.when),
        latest=reading.when.latest,
        tests=(tuple(Test(scale, op, Decimal(0), change=True) for scale, op in scales),),
    )


def family_of(asked: Asked) -> Family:
    """Which indicators are chosen from: named by an average, a section of the page, or words such as "markets"."""
    sections = asked.masked.ids("S")
    if sections:
        return Family(tuple(i for s in asked.taxonomy.sections if s.id in sections for i in s.indicators))
    means = [hit.way for text in (asked.text, *_said(asked)) for hit in found_in("own_families", text)]
    named = [i for i in asked.masked.ids("I") if i in _FAMILIES]
    actors = asked.taxonomy.parts("criminal_actors", asked.taxonomy.editions[-1])
    if len(set(actors) & set(indicators_of(asked).indicators)) >= _ENOUGH_OF_A_FAMILY:
        return Family(("criminal_actors",))
    if RESILIENCE in named or (RESILIENCE in means and not named):
        return Family((RESILIENCE,))
    for family in ("criminal_actors", "criminal_markets"):
        if family in named or family in means:
            return Family((family,))
    if CRIMINALITY in named or CRIMINALITY in means:
        return Family((CRIMINALITY,))
    return Family(())


def _said(asked: Asked) -> tuple[str, ...]:
    """The single words that stand for a family as well as for an indicator of it: "the biggest racket"."""
    words = asked.question.reading.words
    spans = [s for s in asked.masked.spans("I") if s.end - s.start == 1 and s.ids[0] not in _FAMILIES]
    return tuple(w for s in spans if (w := words[s.start].casefold()) in _EITHER)


def _of_each(tests: tuple[tuple[Test, ...], ...]) -> tuple[tuple[Test, ...], ...]:
    return tuple(tuple(replace(test, indicator="") for test in either) for either in tests)


def _order(asked: Asked, family: tuple[str, ...]) -> Direction | None:
    """Which of the family come first. "Weak" is low on either scale here, since a country's own are spoken of."""
    if _ABSENT.search(asked.text) or _SHORTEST.search(asked.text):
        return Direction.LOW
    if not orders_in(asked.text):
        if _WEAK.search(asked.text):
            return Direction.LOW
        if _MAIN.search(asked.text) or (family == (RESILIENCE,) and _STRONG.search(asked.text)):
            return Direction.HIGH
    return order_of(asked, family) or _learned_order(asked)


def _learned_order(asked: Asked) -> Direction | None:
    """The order that was learned, where a superlative stands there that no phrase has: "its ugliest scores"."""
    if not _SUPERLATIVE.search(asked.text):
        return None
    orders = {order: p for order, p in asked.learned.orders.items() if order}
    likeliest = max(orders, key=lambda order: orders[order], default=None)
    return Direction(likeliest) if likeliest and orders[likeliest] > _LIKELY_ORDER * sum(orders.values()) else None


def _limit(asked: Asked, limits: Limits) -> int | None:
    """How many are asked for: a number, or one where a single thing is spoken of."""
    if limits.limit is not None or limits.place is not None:
        return limits.limit
    counted = _COUNTED.search(asked.text)
    if counted and (number := asked.masked.marks[counted[1]].number) is not None and number == int(number):
        return int(number)
    return 1 if _ONE.search(asked.text) and not _SEVERAL.search(asked.text) else None
