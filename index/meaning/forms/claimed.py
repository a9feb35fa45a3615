"""The slots of a yes/no question, read once: its claim without the talk around it, and whether all of it could be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import Reading, groups_hold, own_groups
from index.meaning.meaning import Direction, Meaning, OfPlace
from index.meaning.phrase_patterns import found_in
from index.meaning.phrase_tables import table
from index.meaning.slots.limits import Limits, limit_of
from index.meaning.slots.order import order_of
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.tests import TestsRead, read_tests
from index.meaning.slots.topics import Topics, indicators_of
from index.meaning.slots.unread_topic import topic_is_unread
from index.meaning.slots.when import When, short_years, when_of
from index.meaning.yes_no import claim_in, is_denied
from index.questions.context import OVERALL
from index.scores.query import Op, Quantifier

# Ways of `refused.toml` that a yes/no question may not hold either; "overtaken" it may.
_REFUSED = frozenset({"both_ends", "two_stats", "spread", "counted", "smallest_move", "denied"})
_TIME = LatePattern(
    r"\b(?:used to|for the first time|never once|swapped|traded places|in every edition|in (?:all"
    r"|each) (?:of the )?(?:three |N\d+ )?editions)\b"
)
_COUNTED = LatePattern(
    r"\b(more than|over|at least|no fewer than|not fewer than|fewer than|less than|under|at most|no more than|exactly) "
    r"(?:a |the )?(?:(N\d+)(?: (percent|per cent|%))?|(half|quarter))(?: of)?"
    r"(?= (?:all |the |of )*(?:G\d+|countries|states|nations|members))"
    r"|\b(most|the majority)(?: of)?(?= (?:all |the |of )*(?:G\d+|countries|states|nations|members)\b)(?! \w+ (?:country|state))"
)
_OPS = {
    "more than": Op.ABOVE, "over": Op.ABOVE, "at least": Op.AT_LEAST, "no fewer than": Op.AT_LEAST, "not fewer than": Op.AT_LEAST,
    "fewer than": Op.BELOW, "less than": Op.BELOW, "under": Op.BELOW, "at most": Op.AT_MOST, "no more than": Op.AT_MOST,
    "exactly": Op.EQUAL,
}  # fmt: skip
_REACHES = LatePattern(
    r"\b(?:clears?|makes?|manages?|scrapes?|gets? (?:up )?to) (?=(?:an? |the |even an? )?N\d+\b(?! (?:countries|states)))"
)
# The sign is no word of the reading, so it is looked for in the question itself.
_PERCENT = LatePattern(r"\d\s*(?:%|percent|per cent|pct)", re.IGNORECASE)
# "The bottom half" is read as the number 0.5.
PART_NUMBER = LatePattern(r"\b(top|bottom|upper|lower|worse|better|worst|best|first|last|safer|cleaner) (N\d+)\b")
_SHARES = {"half": Decimal(50), "quarter": Decimal(25)}
# "The most crime ridden government" is not about crime as such: what stands after the superlative decides, and it was not read.
_OTHER_THING = LatePattern(r"\b(?:most|least) (?:\w+ridden|crime \w+|corrupt|crooked|criminal|infiltrated|dodgy|bent) ([a-z]+)\b")
_TOPIC_AT_END = LatePattern(r"\b(?:for|at|on|about|against|in terms of) ((?:[a-z']+ )*[a-z']+)$")
_PLACES = frozenset(
    "country countries place places nation nations state states one in of on and all any among anywhere across here there within "
    "for member members economy spot".split()
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A yes/no question as its forms see it. `subjects`: the countries the claim is about, without those compared with.

    `base`: a meaning with its places, topics and editions. `number`: how many countries, or what share, it claims.
    `percent`: whether another number is one of percent.
    """

    asked: Asked
    base: Meaning
    subjects: tuple[str, ...]
    scope: Scope
    when: When
    topics: Topics
    tests: TestsRead
    limits: Limits
    order: Direction | None
    number: tuple[Op, Decimal] | None = None
    share: bool = False
    percent: bool = False

    @property
    def quantifier(self) -> Quantifier | None:
        """Whether it speaks of all, any or none of a group."""
        return quantifier_of(self.asked.text)

    @property
    def has_numbers_tested(self) -> bool:
        """Whether a condition compares with a number other than "at all"."""
        rights = [t.right for row in self.tests.tests for t in row]
        return any(isinstance(right, Decimal) and right != 0 for right in rights)

    @property
    def groups_hold(self) -> bool:
        """Whether the subjects are in the groups named, which then limit nothing."""
        scope = Scope(countries=self.subjects, groups=self.base.groups)
        return groups_hold(self.asked, Reading(scope, self.when, self.topics, False))


@cache
def _quantifiers() -> tuple[tuple[Quantifier, LatePattern], ...]:
    return tuple((Quantifier(e["value"]), LatePattern(p)) for e in table("verdict")["quantifier"] for p in e["patterns"])


def quantifier_of(text: str) -> Quantifier | None:
    """Whether a masked text speaks of all, any or none of a group; None if it does not say."""
    return next((value for value, pattern in _quantifiers() if pattern.search(text)), None)


def claimed_of(whole: Asked) -> Claimed | None:
    """The slots of the claim; None if a condition, a number, a year, a place or a topic in it was not read, or it is denied."""
    claim = _REACHES.sub("at least ", claim_in(whole.text))
    if is_denied(whole.text) or _TIME.search(claim) or {f.way for f in found_in("refused", claim)} & _REFUSED:
        return None
    counted = _COUNTED.search(claim)
    asked = whole.part(f"{claim[: counted.start()]}{claim[counted.end() :]}".strip() if counted else claim)
    question = asked.question
    scope, when, topics = scope_of(asked), when_of(asked), indicators_of(asked)
    if question.unread_numbers or question.unread_years or when.years_without_edition or not scope.settled:
        return None
    if not asked.masked.ids("I") and not asked.masked.ids("S") and _of_other_things(asked.text):
        return None
    if (topics.implied or not topics.indicators) and (topic_is_unread(asked) or _ends_in_a_topic(asked.text)):
        return None
    indicators = topics.indicators or OVERALL[:1]
    tests = read_tests(asked, indicators)
    if tests.unread:
        return None
    rest = asked.part(tests.rest)
    limits = limit_of(rest)
    if not _numbers_read(asked, tests, limits, scope):
        return None
    compared = {t.right.place for row in tests.tests for t in row if isinstance(t.right, OfPlace)}
    groups = own_groups(asked, Reading(scope, when, topics, False))
    base = Meaning(
        Kind.VALUE,
        countries=scope.countries,
        groups=tuple(either for either in groups if not set(either) <= compared),
        without_countries=scope.without_countries,
        without_groups=scope.without_groups,
        indicators=indicators,
        editions=when.editions,
        latest=when.latest,
        yes_no=True,
    )
    subjects = tuple(c for c in scope.countries if c not in compared)
    # Before "than" a comparative says which way, as a superlative does elsewhere.
    order = order_of(asked, indicators) or order_of(asked.part(asked.text.replace(" than ", " | ")), indicators)
    made = Claimed(asked, base, subjects, scope, when, topics, tests, limits, order)
    if counted is not None:
        return _with_number(made, whole, counted)
    return replace(made, percent=True) if _PERCENT.search(question.text) else made


def _with_number(claim: Claimed, whole: Asked, counted: re.Match[str]) -> Claimed | None:
    how, mark, percent, part, most = counted.groups()
    if most:
        number, op, share = Decimal(50), Op.ABOVE, True
    elif part:
        number, op, share = _SHARES[part], _OPS[how], True
    else:
        read = whole.masked.marks[mark].number
        if read is None:
            return None
        # "More than half" is read as the number 0.5.
        fraction = Decimal(0) < read < 1
        share = bool(percent or _PERCENT.search(whole.question.text)) or fraction
        number, op = (read * 100 if fraction else read), _OPS[how]
    return replace(claim, number=(op, number), share=share)


def _numbers_read(asked: Asked, tests: TestsRead, limits: Limits, scope: Scope) -> bool:
    """Whether every number restricts, is a year, or counts all that there are."""
    taxonomy = asked.taxonomy
    sizes = {len(taxonomy.members(g, taxonomy.editions[-1])) for g in (*scope.group_ids, WORLD)}
    read = {*tests.used, *limits.used, *limits.idle, *short_years(asked), *_named_first(asked)}
    if PART_NUMBER.search(asked.text):
        read |= {m for m, s in asked.masked.marks.items() if m[0] == "N" and s.number is not None and 0 < s.number < 1}
    return all(
        mark in read or span.number in sizes or (mark[0] == "N" and span.number == len(scope.countries))
        for mark, span in asked.masked.marks.items()
        if mark[0] in "NP"
    )


def _named_first(asked: Asked) -> set[str]:
    """The mark of the number in "no. 1"."""
    found = re.findall(r"\b(?:no|n|nr|number|num) \|? ?(N\d+)\b", asked.text)
    return {mark for mark in found if asked.masked.marks[mark].number == 1}


def _of_other_things(text: str) -> bool:
    return any(match[1] not in _PLACES for match in _OTHER_THING.finditer(text))


def _ends_in_a_topic(text: str) -> bool:
    """Whether words stand at the end where a topic stands ("for big shots on the take") and none of them was read."""
    match = _TOPIC_AT_END.search(text)
    return match is not None and not any(found_in(table, match[1]) for table in ("topics", "scope", "when"))
