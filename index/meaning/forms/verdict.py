"""Yes/no questions: the claim, and the kind of result that decides it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.meaning import Direction, Meaning, OfPlace, Test
from index.meaning.phrase_tables import table
from index.meaning.slots.limits import limit_of
from index.meaning.slots.order import order_of
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.tests import tests_of
from index.meaning.slots.topics import indicators_of
from index.meaning.slots.when import when_of
from index.questions.context import OVERALL
from index.scores.query import Op, Quantifier

_FIRST = re.compile(r"\b(?:number|no|nr|n|rank(?:ed)?|place|position) (?:one|first|N\d+)\b|\bfirst place\b|\bin head\b")
# Words that set a country against a figure; without them "the worst" and "the most" speak of the first place.
_COMPARED = re.compile(r"\b(?:than|above|below|over|under|average|mean|median|beats?|exceeds?|norm|compared|against)\b")
_SAME = re.compile(r"\b(?:same|identical|equal|tied|level with|on a par)\b")
_OWN = re.compile(r"\b(?:market|markets|actor|actors|crime type|problem|threat|biggest crime|indicator|indicators)\b")
_MARK = re.compile(r"\bN\d+\b")


@cache
def _quantifiers() -> tuple[tuple[Quantifier, re.Pattern[str]], ...]:
    return tuple((Quantifier(e["value"]), re.compile(p)) for e in table("verdict")["quantifier"] for p in e["patterns"])


def quantifier_of(text: str) -> Quantifier | None:
    """Whether a masked text speaks of all, any or none of a group; None if it does not say."""
    return next((value for value, pattern in _quantifiers() if pattern.search(text)), None)


def fill(asked: Asked) -> Meaning | None:
    """What a yes/no question claims; None if the slots make no claim that scores could decide."""
    scope, when, topics = scope_of(asked), when_of(asked), indicators_of(asked)
    if when.years_without_edition:
        return None
    base = Meaning(
        Kind.VALUE,
        countries=scope.countries,
        groups=scope.groups,
        without_countries=scope.without_countries,
        without_groups=scope.without_groups,
        indicators=topics.indicators or OVERALL[:1],
        editions=when.editions,
        latest=when.latest,
        yes_no=True,
    )
    order = order_of(asked, base.indicators)
    limits = limit_of(asked)
    tests = tests_of(asked)
    if not scope.countries:
        return _of_groups(asked, base, scope, tests, order)
    if order in (Direction.UP, Direction.DOWN) and len(scope.countries) == 1 and not tests:
        return replace(base, kind=Kind.CHANGE, order=order, groups=())
    number = [] if limits.limit or limits.place else [t for any_of in tests for t in any_of if not isinstance(t.right, OfPlace)]
    if number:
        return (
            replace(base, kind=Kind.CHANGE if number[0].change else Kind.VALUE, tests=tests, groups=())
            if len(tests) == 1
            else None
        )
    if len(scope.countries) == 1 and order is not None and topics.indicators and _OWN.search(asked.text) and not scope.groups:
        return replace(base, kind=Kind.INDICATOR_SET, order=order, limit=limits.limit or 1)
    first = limits.limit or limits.place or _FIRST.search(asked.text)
    superlative = order is not None and len(scope.countries) == 1 and not _COMPARED.search(asked.text)
    if (first or superlative) and not _compares(tests):
        return replace(base, kind=Kind.RANK, order=order or Direction.HIGH, limit=limits.limit or limits.place or 1)
    return _compared(asked, base, tests, order)


def _compares(tests: tuple[tuple[Test, ...], ...]) -> bool:
    return any(isinstance(t.right, OfPlace) for any_of in tests for t in any_of)


def _compared(asked: Asked, base: Meaning, tests: tuple[tuple[Test, ...], ...], order: Direction | None) -> Meaning | None:
    """A country against another or against the mean of a group."""
    groups = [g for any_of in base.groups for g in any_of]
    op = next((t.op for any_of in tests for t in any_of), None)
    if op is None and order is not None:
        op = Op.ABOVE if order in (Direction.HIGH, Direction.UP) else Op.BELOW
    if _SAME.search(asked.text) and len(base.countries) == 2:
        test = Test(base.indicators[0], Op.EQUAL, OfPlace(base.countries[1]))
        return replace(base, countries=base.countries[:1], groups=(), tests=((test,),))
    if op is None:
        return None
    if len(base.countries) == 2:
        high = op in (Op.ABOVE, Op.AT_LEAST)
        return replace(base, kind=Kind.COMPARISON, groups=(), order=Direction.HIGH if high else Direction.LOW)
    if len(base.countries) == 1 and len(groups) <= 1:
        test = Test(base.indicators[0], op, OfPlace(groups[0] if groups else "world"))
        return replace(base, groups=(), tests=((test,),))
    return None


def _of_groups(
    asked: Asked, base: Meaning, scope: Scope, tests: tuple[tuple[Test, ...], ...], order: Direction | None
) -> Meaning | None:
    """All, any or none of a group; or a group's mean; or one group against another."""
    quantifier = quantifier_of(asked.text)
    if tests and quantifier is not None:
        return replace(base, kind=Kind.SET, tests=tests, quantifier=quantifier)
    named = [g for any_of in scope.groups for g in any_of]
    if len(named) == 2 and not _MARK.search(asked.text):
        first = tests[0][0].op if tests else None
        if first is not None:
            order = Direction.HIGH if first in (Op.ABOVE, Op.AT_LEAST) else Direction.LOW
        return replace(base, kind=Kind.GROUP_RANKING, order=order or Direction.HIGH)
    if order in (Direction.UP, Direction.DOWN) and len(named) <= 1:
        change = Test(base.indicators[0], Op.ABOVE if order is Direction.UP else Op.BELOW, Decimal(0), change=True)
        return replace(base, kind=Kind.AGGREGATE, order=order, tests=((change,),))
    if tests and len(named) <= 1:
        return replace(base, kind=Kind.AGGREGATE, tests=tests)
    return None
