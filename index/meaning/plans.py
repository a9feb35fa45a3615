"""From a meaning to the queries that answer it, the main one first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import in_sentence, joined
from index.meaning.beside_plan import beside_queries
from index.meaning.claims import claimed
from index.meaning.conditions_meant import where_of
from index.meaning.editions_meant import editions_having, is_change, measures_of, one_edition
from index.meaning.meaning import By, Direction, Meaning, Test
from index.meaning.sides import family_meant, groups_meant
from index.meaning.step_plans import of_first_step
from index.questions.context import OVERALL, NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Level, Measure, OfGroup, Op, Order, Query, without_needless
from index.scores.statistics import Stat

_ORDERS = {
    Direction.HIGH: Order.HIGHEST,
    Direction.UP: Order.HIGHEST,
    Direction.LOW: Order.LOWEST,
    Direction.DOWN: Order.LOWEST,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a meaning is planned against."""

    taxonomy: Taxonomy
    loaded: LoadedScores


def queries_of(meaning: Meaning, taxonomy: Taxonomy, loaded: LoadedScores) -> tuple[Query, ...]:
    """The queries of a meaning about scores. Raises NotUnderstood where it does not make a whole question."""
    frame = Frame(taxonomy, loaded)
    planners: dict[Kind, Callable[[Meaning, Frame], list[Query]]] = {
        Kind.VALUE: _of_each_country,
        Kind.CHANGE: _of_each_country,
        Kind.COMPARISON: _side_by_side,
        Kind.RANK: _ranks,
        Kind.SET: _tables,
        Kind.RANKING: _tables,
        Kind.COUNT: _tables,
        Kind.AGGREGATE: _aggregates,
        Kind.GROUP_RANKING: _group_rankings,
        Kind.INDICATOR_SET: _own_indicators,
        Kind.INDICATOR_RANKING: _own_indicators,
        Kind.DIFFERENCE: _differences,
        Kind.TREND: _trends,
        Kind.CORRELATION: _correlations,
    }
    if meaning.kind not in planners:
        raise NotUnderstood("this is not a question about scores")
    planned = of_first_step(meaning, taxonomy, loaded) if meaning.beside is None else beside_queries(meaning, loaded)
    queries = [_with_rest(q, meaning, frame) for q in (planners[meaning.kind](meaning, frame) if planned is None else planned)]
    return tuple(dict.fromkeys(queries))


def _with_rest(query: Query, meaning: Meaning, frame: Frame) -> Query:
    """The query with the edition of its groups, the step before it and the claim made of it."""
    query = replace(query, members_of=max(query.editions, default=frame.taxonomy.editions[-1]))
    if meaning.among is not None:
        query = replace(query, among=queries_of(meaning.among, frame.taxonomy, frame.loaded)[0])
    if meaning.yes_no:
        query = claimed(query, meaning, frame.taxonomy)
    return query


def _base(meaning: Meaning, measures: Sequence[Measure], kind: Kind | None = None) -> Query:
    return Query(
        kind=kind or meaning.kind,
        measures=tuple(measures),
        members_of=0,
        groups=meaning.groups,
        without_countries=meaning.without_countries,
        without_groups=meaning.without_groups,
    )


def _topics(meaning: Meaning) -> tuple[str, ...]:
    return meaning.indicators or OVERALL[:1]


def _of_each_country(meaning: Meaning, frame: Frame) -> list[Query]:
    if not meaning.countries:
        raise NotUnderstood("the question names no country")
    if meaning.without_countries or meaning.without_groups:
        raise NotUnderstood("the question leaves out places and asks for the figure of a single one")
    measures = measures_of(meaning, meaning.indicators or OVERALL, frame.loaded)
    return [replace(_base(meaning, [m]), countries=(c,), groups=()) for c in meaning.countries for m in measures]


def _side_by_side(meaning: Meaning, frame: Frame) -> list[Query]:
    if len(meaning.countries) == 1 and meaning.groups:
        return _differences(replace(meaning, kind=Kind.DIFFERENCE), frame)
    if not meaning.countries and sum(map(len, meaning.groups)) > 1:
        return _group_rankings(replace(meaning, kind=Kind.GROUP_RANKING), frame)
    if len(meaning.countries) == 1 and len(meaning.editions) == 2:
        return _of_each_country(replace(meaning, kind=Kind.CHANGE), frame)
    if len(meaning.countries) == 1 and len(meaning.indicators) > 1:
        return _own_indicators(replace(meaning, kind=Kind.INDICATOR_SET), frame)
    if len(meaning.countries) < 2:
        raise NotUnderstood("a comparison needs two countries")
    measures = measures_of(meaning, meaning.indicators or OVERALL, frame.loaded)
    return [replace(_base(meaning, [m]), countries=meaning.countries, groups=()) for m in measures]


def _ranks(meaning: Meaning, frame: Frame) -> list[Query]:
    if not meaning.countries:
        raise NotUnderstood("a rank needs a country")
    within = tuple(dict.fromkeys(g for any_of in meaning.groups for g in any_of)) or (WORLD,)
    measures = [m for m in measures_of(meaning, _topics(meaning), frame.loaded) if isinstance(m, Level)]
    return [replace(_base(meaning, [m]), countries=(c,), groups=(), within=within) for c in meaning.countries for m in measures]


def _tables(meaning: Meaning, frame: Frame) -> list[Query]:
    """Sets, rankings and counts of countries; a count of regions where those are asked for."""
    if meaning.by_places:
        raise NotUnderstood("places gained in a ranking cannot be put in order; ask by how much the scores changed")
    where = where_of(meaning, frame.taxonomy, frame.loaded)
    if meaning.order is None and meaning.kind is not Kind.RANKING:
        if not where and meaning.among is None:
            raise NotUnderstood("the question gives no condition or order that could be read")
        measures = tuple(dict.fromkeys(c.left for any_of in where for c in any_of)) or measures_of(
            meaning, _topics(meaning), frame.loaded
        )
        by = groups_meant(meaning, frame.taxonomy) if meaning.by in (By.REGION, By.CONTINENT) else ()
        query = replace(_base(meaning, measures), where=where, countries=meaning.countries, by=by, share=meaning.share)
        return [query]
    topics = _topics(meaning)
    if len(topics) > 1:
        names = joined([in_sentence(frame.taxonomy.indicators[t]) for t in topics])
        raise NotUnderstood(f"the question asks for one order by several scores ({names}); ask for one of them")
    (measure, *_) = measures_of(meaning, topics, frame.loaded)
    moved = meaning.order in (Direction.UP, Direction.DOWN)
    if moved and meaning.limit is None and meaning.place is None and meaning.kind is not Kind.RANKING:
        where = (*where, *where_of(_moved_only(meaning, topics[0]), frame.taxonomy, frame.loaded))
        return [replace(_base(meaning, [measure]), where=where, countries=meaning.countries, share=meaning.share)]
    limit = meaning.limit if meaning.limit is not None or meaning.kind is Kind.RANKING or meaning.place else 1
    if moved and limit is not None and limit > 1 and not where:
        # The five that rose most all rose.
        where = where_of(_moved_only(meaning, topics[0]), frame.taxonomy, frame.loaded)
    # The first few are in order; the first alone is a set, since it may be shared.
    kind = Kind.RANKING if meaning.kind is Kind.SET and limit is not None and limit > 1 and not meaning.place else meaning.kind
    query = replace(
        _base(meaning, [measure], kind),
        where=where,
        countries=meaning.countries,
        order=_ORDERS[meaning.order or Direction.HIGH],
        limit=None if meaning.place else limit,
        place=meaning.place,
    )
    return [without_needless(query)]


def _moved_only(meaning: Meaning, indicator: str) -> Meaning:
    """The condition that the score rose or fell at all."""
    op = Op.ABOVE if meaning.order is Direction.UP else Op.BELOW
    return replace(meaning, tests=((Test(indicator, op, Decimal(0), change=True),),))


def _aggregates(meaning: Meaning, frame: Frame) -> list[Query]:
    measures = measures_of(meaning, _topics(meaning), frame.loaded)
    where = where_of(meaning, frame.taxonomy, frame.loaded) if not meaning.yes_no else ()
    return [
        replace(_base(meaning, [m]), stat=meaning.stat or Stat.MEAN, countries=meaning.countries, where=where) for m in measures
    ]


def _group_rankings(meaning: Meaning, frame: Frame) -> list[Query]:
    by = groups_meant(meaning, frame.taxonomy)
    if len(by) < 2:
        raise NotUnderstood("the question names no groups to set side by side")
    order = _ORDERS[meaning.order or Direction.HIGH]
    return [
        replace(
            _base(meaning, [m]),
            groups=(),
            by=by,
            stat=meaning.stat or Stat.MEAN,
            order=order,
            limit=None if meaning.place else meaning.limit,
            place=meaning.place,
            where=where_of(meaning, frame.taxonomy, frame.loaded),
        )
        for m in measures_of(meaning, _topics(meaning), frame.loaded)
    ]


def _own_indicators(meaning: Meaning, frame: Frame) -> list[Query]:
    """The indicators of one country, or over a group, side by side."""
    if meaning.kind is Kind.INDICATOR_SET and not meaning.countries:
        raise NotUnderstood("the question names no country")
    tested = {t.indicator for any_of in meaning.tests for t in any_of}
    if set(OVERALL) <= tested:
        return [q for root in OVERALL for q in _own_indicators(_on_one_scale(meaning, root), frame)]
    queries = []
    meaning = replace(meaning, change=meaning.change or any(t.change for any_of in meaning.tests for t in any_of))
    having = editions_having(frame.loaded, ["criminality"], meaning.countries)
    if not meaning.editions and not is_change(meaning) and having:
        meaning = replace(meaning, editions=having[-1:])
    for measure in measures_of(meaning, [""], frame.loaded):
        edition = measure.edition if isinstance(measure, Level) else measure.start
        where = where_of(meaning, frame.taxonomy, frame.loaded, family=measure)
        order = _ORDERS[meaning.order] if meaning.order is not None else (None if where else Order.HIGHEST)
        one = meaning.order is not None and meaning.limit is None and meaning.place is None
        limit = 1 if one and meaning.kind is Kind.INDICATOR_SET else meaning.limit
        query = replace(
            _base(meaning, [measure]),
            countries=meaning.countries[:1],
            family=family_meant(meaning, edition, frame.taxonomy),
            order=order,
            limit=limit,
            place=meaning.place,
            where=where,
            stat=meaning.stat or Stat.MEAN if meaning.kind is Kind.INDICATOR_RANKING else None,
        )
        queries.append(query if meaning.kind is Kind.INDICATOR_RANKING else replace(query, groups=()))
    return queries


def _on_one_scale(meaning: Meaning, root: str) -> Meaning:
    """ "What got worse": a rise of criminality and a fall of resilience, each asked of the indicators of its own scale."""
    tests = tuple(tuple(replace(t, indicator="") for t in any_of if t.indicator in ("", root)) for any_of in meaning.tests)
    return replace(meaning, indicators=(root,), tests=tuple(any_of for any_of in tests if any_of))


def _differences(meaning: Meaning, frame: Frame) -> list[Query]:
    groups = tuple(dict.fromkeys(g for any_of in meaning.groups for g in any_of))
    if len(meaning.countries) == 1 and len(meaning.editions) == 2 and not groups:
        return _of_each_country(replace(meaning, kind=Kind.CHANGE), frame)
    if len(meaning.countries) == 1 and len(meaning.indicators) == 2 and not groups:
        edition = one_edition(meaning, meaning.indicators, frame.loaded)
        measures = [Level(i, edition) for i in meaning.indicators]
        return [replace(_base(meaning, measures), countries=meaning.countries, groups=())]
    levels = [m for m in measures_of(replace(meaning, order=None), meaning.indicators or OVERALL, frame.loaded)]
    if len(meaning.countries) == 2:
        return [replace(_base(meaning, [m]), countries=meaning.countries, groups=()) for m in levels]
    if len(meaning.countries) == 1:
        against = groups[0] if groups else WORLD
        stat = meaning.stat or Stat.MEAN
        return [
            replace(_base(meaning, [m]), countries=meaning.countries, groups=(), against=OfGroup(against, stat, m))
            for m in levels
        ]
    if len(groups) == 2:
        return [replace(_base(meaning, [m]), groups=(), by=groups, stat=meaning.stat or Stat.MEAN) for m in levels]
    raise NotUnderstood("a difference needs two countries, two groups or two scores")


def _trends(meaning: Meaning, frame: Frame) -> list[Query]:
    pick = _ORDERS[meaning.order] if meaning.by is By.EDITION and meaning.order is not None else None
    queries = []
    for country in meaning.countries or ("",):
        for indicator in meaning.indicators or OVERALL:
            having = editions_having(frame.loaded, [indicator], [country] if country else [])
            first, last = (min(meaning.editions), max(meaning.editions)) if len(meaning.editions) > 1 else (0, 9999)
            inside = [e for e in having if first <= e <= last]
            if len(inside) < 2:
                raise NotUnderstood("a trend needs two loaded editions with the same score")
            query = _base(meaning, [Level(indicator, e) for e in inside])
            queries.append(replace(query, countries=(country,), groups=(), pick=pick) if country else replace(query, pick=pick))
    return queries


def _correlations(meaning: Meaning, frame: Frame) -> list[Query]:
    indicators = meaning.indicators
    if len(indicators) == 1 and indicators[0] in OVERALL:
        indicators = OVERALL
    if len(indicators) != 2:
        raise NotUnderstood("a correlation needs two scores")
    edition = one_edition(meaning, indicators, frame.loaded)
    return [_base(meaning, [Level(i, edition) for i in indicators])]
