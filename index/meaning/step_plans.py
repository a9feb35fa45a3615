"""Queries that ask something of the very countries a first step gives: their scores, ranks, changes, indicators. Pure."""

from __future__ import annotations

from collections.abc import Callable

from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.editions_meant import editions_having, measures_of, one_edition
from index.meaning.meaning import Direction, Meaning
from index.questions.context import OVERALL, NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Level, OfGroup, Order, Query
from index.scores.statistics import Stat

_Plan = Callable[[Meaning, Taxonomy, LoadedScores], list[Query]]


def of_first_step(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query] | None:
    """The queries of a second step that names no country of its own; None if its kind needs none. `among` is still to be added.

    Raises NotUnderstood where the step does not make a whole question.
    """
    if meaning.among is None or meaning.countries or meaning.kind not in _PLANS:
        return None
    return _PLANS[meaning.kind](meaning, taxonomy, loaded)


def _measured(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query]:
    measures = measures_of(meaning, meaning.indicators or OVERALL[:1], loaded)
    return [Query(meaning.kind, (m,), 0) for m in measures]


def _ranks(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query]:
    within = tuple(dict.fromkeys(g for either in meaning.groups for g in either)) or (WORLD,)
    levels = [m for m in measures_of(meaning, meaning.indicators or OVERALL[:1], loaded) if isinstance(m, Level)]
    return [Query(Kind.RANK, (m,), 0, within=within) for m in levels]


def _indicators(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query]:
    edition = one_edition(meaning, OVERALL[:1], loaded)
    family = tuple(dict.fromkeys(leaf for top in meaning.indicators or OVERALL for leaf in taxonomy.leaves(top, edition)))
    order = Order.LOWEST if meaning.order is Direction.LOW else Order.HIGHEST
    return [Query(Kind.INDICATOR_SET, (Level("", edition),), 0, family=family, order=order, limit=meaning.limit)]


def _difference(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query]:
    level = Level((meaning.indicators or OVERALL)[0], one_edition(meaning, meaning.indicators or OVERALL[:1], loaded))
    group = next((g for either in meaning.groups for g in either), WORLD)
    return [Query(Kind.DIFFERENCE, (level,), 0, against=OfGroup(group, meaning.stat or Stat.MEAN, level))]


def _trend(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> list[Query]:
    indicator = (meaning.indicators or OVERALL)[0]
    having = editions_having(loaded, [indicator])
    first, last = (min(meaning.editions), max(meaning.editions)) if len(meaning.editions) > 1 else (0, 9999)
    levels = tuple(Level(indicator, e) for e in having if first <= e <= last)
    if len(levels) < 2:
        raise NotUnderstood("a trend needs two loaded editions with the same score")
    return [Query(Kind.TREND, levels, 0)]


_PLANS: dict[Kind, _Plan] = {
    Kind.VALUE: _measured,
    Kind.CHANGE: _measured,
    Kind.RANK: _ranks,
    Kind.INDICATOR_SET: _indicators,
    Kind.DIFFERENCE: _difference,
    Kind.TREND: _trend,
}
