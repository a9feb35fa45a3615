"""Yes/no questions about groups: all, any or none of one, so many of it, its mean, or one group against others."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.taxonomy import GroupKind
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.forms.claimed import Claimed
from index.meaning.forms.reading import change_editions
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.slots.order import orders_in
from index.meaning.slots.stat import stat_of
from index.scores.query import Op, Quantifier
from index.scores.statistics import Stat

_MARKET = LatePattern(r"\b(?:market|markets|actor|actors|crime type|crimes|racket|rackets|indicator|indicators|threat|problem)\b")
_OTHERS = LatePattern(
    r"\b(?:any other|all other|other|the other|every other|of all|all) (?:the )?(continent|region)s?\b|\b(?:\w+est"
    r"|worst|most \w+|least \w+) (?:\w+ )?(continent|region|part of the world)\b|\bthe (continent|region) (?:with"
    r"|that|where|whose)\b|\b(?:by|among|of) (?:the )?(continent|region)s?\b"
)
_FASTER = LatePattern(r"\b(?:faster|more|further|quicker|harder|most|fastest)\b")
# "Are African states above 5" does not say of how many of them.
_SEVERAL = LatePattern(
    r"\bG\d+ (?:countries|states|nations|members)\b|\b(?:countries|states|nations|members) (?:of|in) (?:the )?G\d+\b"
)
_EACH_GROUP = LatePattern(r"\b(every|each|all|no|not one) (?:of )?(?:the )?(?:single |N\d+ )?(continents?|regions?)\b")
_END = frozenset({"high", "low", "worst", "best"})


def of_groups(claim: Claimed) -> Meaning | None:
    """What is claimed of groups, or of the world where none is named; None if it could not be decided."""
    base = replace(claim.base, countries=())
    tests = claim.tests.tests
    changes = any(t.change for row in tests for t in row)
    if changes:
        base = replace(base, editions=change_editions(claim.asked, claim.when))
    elif len(base.editions) > 1 and tests:
        return None
    each = _EACH_GROUP.search(claim.asked.text)
    if claim.number is not None or claim.percent or each is not None:
        return _so_many(claim, base, each)
    named = [g for either in base.groups for g in either]
    if not claim.limits.limit and not claim.limits.place and _of_indicators(claim):
        return replace(base, kind=Kind.INDICATOR_RANKING, order=claim.order, limit=1)
    side_by_side = _side_by_side(claim, base, named)
    if side_by_side is not None:
        return side_by_side
    if claim.scope.others and claim.quantifier is None:
        return None
    if tests and claim.quantifier is not None:
        return replace(base, kind=Kind.SET, tests=tests, quantifier=claim.quantifier)
    return _of_the_mean(claim, base, named)


def _so_many(claim: Claimed, base: Meaning, each: re.Match[str] | None) -> Meaning | None:
    """So many countries of a group, or every continent or region."""
    tests = claim.tests.tests
    if not tests:
        return None
    if claim.number is not None:
        if claim.quantifier is not None and not claim.asked.text.startswith(("is there", "are there")):
            return None
        return replace(base, kind=Kind.COUNT, tests=tests, number=claim.number, share=claim.share)
    if each is None or claim.percent:
        return None
    quantifier = Quantifier.ALL if each[1] in ("every", "each", "all") else Quantifier.NONE
    by = By.CONTINENT if each[2].startswith("continent") else By.REGION
    return replace(base, kind=Kind.SET, by=by, tests=tests, quantifier=quantifier)


def _of_indicators(claim: Claimed) -> bool:
    """Whether an indicator is claimed to be the first over a group or the world."""
    text, single = claim.asked.text, [i for i in claim.topics.indicators if claim.asked.taxonomy.indicators[i].parent is not None]
    ends = [f for f in orders_in(text) if f.way in _END]
    measured = [i for i in single if not claim.asked.taxonomy.parts(i, claim.asked.taxonomy.editions[-1])]
    return bool(ends and _MARKET.search(text) and len(measured) == 1 and claim.order and not claim.tests.tests)


def _side_by_side(claim: Claimed, base: Meaning, named: list[str]) -> Meaning | None:
    """A group against another, or against all others of its kind."""
    order, text = claim.order, claim.asked.text
    if claim.limits.limit or claim.limits.place or claim.has_numbers_tested:
        return None
    others = _OTHERS.search(text)
    if len(named) == 1 and others is not None and order is not None:
        kind = claim.asked.taxonomy.groups[named[0]].kind
        if kind not in (GroupKind.CONTINENT, GroupKind.REGION):
            return None
        every = [g.name for g in claim.asked.taxonomy.groups.values() if g.kind is kind and g.name != named[0]]
        moved = order in (Direction.UP, Direction.DOWN)
        if moved and not _FASTER.search(text):
            return None
        editions = change_editions(claim.asked, claim.when) if moved else base.editions
        if not moved and len(editions) > 1:
            return None
        return replace(base, kind=Kind.GROUP_RANKING, groups=((named[0], *every),), order=order, limit=1, editions=editions)
    if len(named) != 2:
        return None
    if order is None or (claim.when.change != (order in (Direction.UP, Direction.DOWN)) and claim.when.change):
        return None
    in_order = tuple(sorted(named, key=lambda g: _position(claim, g)))
    stat = stat_of(claim.asked) or Stat.MEAN
    return replace(base, kind=Kind.GROUP_RANKING, groups=(in_order,), order=order, limit=1, stat=stat)


def _position(claim: Claimed, group: str) -> int:
    marks = claim.asked.masked.marks
    return next((claim.asked.text.index(m) for m, s in marks.items() if m[0] == "G" and group in s.ids), len(claim.asked.text))


def _of_the_mean(claim: Claimed, base: Meaning, named: list[str]) -> Meaning | None:
    """The mean of one group, or of all: against a figure, or whether it rose."""
    tests, order, text = claim.tests.tests, claim.order, claim.asked.text
    stat = stat_of(claim.asked)
    if len(named) > 1 or claim.limits.limit or claim.limits.place:
        return None
    moves = len(tests) == 1 and len(tests[0]) == 1 and tests[0][0].change and not claim.has_numbers_tested
    if moves or (not tests and claim.when.change and order is not None):
        if not moves:
            order = Direction.UP if order in (Direction.HIGH, Direction.UP) else Direction.DOWN
            base = replace(base, editions=change_editions(claim.asked, claim.when))
        else:
            order = Direction.UP if tests[0][0].op in (Op.ABOVE, Op.AT_LEAST) else Direction.DOWN
        return replace(base, kind=Kind.AGGREGATE, order=order, stat=stat or Stat.MEAN)
    if len(tests) != 1 or len(tests[0]) != 1 or (stat is None and (not named or _SEVERAL.search(text))):
        return None
    return replace(base, kind=Kind.AGGREGATE, tests=tests, stat=stat or Stat.MEAN, indicators=(tests[0][0].indicator,))
