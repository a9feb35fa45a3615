"""From the tests of a meaning to the conditions of a query. Pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.taxonomy import WORLD, Taxonomy
from index.meaning.editions_meant import change_editions, editions_having
from index.meaning.meaning import Meaning, OfIndicator, OfPlace, Test
from index.questions.context import OVERALL, NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import AnyOf, Change, Condition, Level, Measure, OfCountry, OfGroup, Operand


def where_of(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores, family: Measure | None = None) -> tuple[AnyOf, ...]:
    """The conditions of a meaning. With a `family` measure they apply to each indicator, whatever indicator they name."""
    edition = _common_edition(meaning, loaded)
    return tuple(
        tuple(_condition(test, meaning, taxonomy, loaded, edition, family) for test in any_of) for any_of in meaning.tests
    )


def _common_edition(meaning: Meaning, loaded: LoadedScores) -> int:
    """The edition of all conditions on scores: the last one named, or the latest that has every indicator tested."""
    if meaning.editions:
        return max(meaning.editions)
    tested = {t.indicator for any_of in meaning.tests for t in any_of if t.indicator}
    tested |= {t.right.indicator for any_of in meaning.tests for t in any_of if isinstance(t.right, OfIndicator)}
    having = editions_having(loaded, sorted(tested or OVERALL[:1]))
    if not having:
        raise NotUnderstood("no loaded edition has all the scores that are compared")
    return having[-1]


def _condition(
    test: Test, meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores, edition: int, family: Measure | None
) -> Condition:
    if family is not None:
        return Condition(family, test.op, operand_of(test, family, taxonomy), test.plus)
    indicator = test.indicator or (meaning.indicators or OVERALL)[0]
    left: Measure = Level(indicator, edition)
    if test.change:
        left = Change(indicator, *change_editions(meaning, indicator, loaded))
    return Condition(left, test.op, operand_of(test, left, taxonomy), test.plus)


def operand_of(test: Test, left: Measure, taxonomy: Taxonomy) -> Operand:
    """The right-hand side of a test, for a left-hand side, without the points that are added to it."""
    if isinstance(test.right, Decimal):
        return test.right
    if isinstance(test.right, OfIndicator):
        return replace(left, indicator=test.right.indicator)
    return _of_place(test.right, left, taxonomy)


def _of_place(right: OfPlace, left: Measure, taxonomy: Taxonomy) -> Operand:
    if right.place in taxonomy.countries:
        return OfCountry(right.place, left)
    return OfGroup(WORLD if right.place == WORLD else right.place, right.stat, left)
