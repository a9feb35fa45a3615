"""Queries over countries: figures of named ones, ranks, averages, and tables of those that meet conditions. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.taxonomy import WORLD, Indicator
from index.contract.answer_kind import Kind
from index.language.phrases import in_sentence, joined
from index.questions.clauses import Head, HeadKind
from index.questions.conditions import direction, end_of_scale, where_of
from index.questions.context import FAMILY_ROOTS, OVERALL, NotUnderstood, Reader
from index.questions.cues import Role
from index.questions.slots import Slots
from index.questions.spans import TaggedSpan
from index.scores.query import Change, Level, Measure, Order, Query
from index.scores.statistics import Stat

_LATEST_CHANGE = "The question names no editions; the change is from the previous edition to the latest."


def country_queries(reader: Reader) -> list[Query]:
    """The queries of a question about countries. Raises NotUnderstood."""
    kind = reader.kind
    if kind is Kind.AGGREGATE:
        return _aggregates(reader)
    if kind is Kind.RANK:
        return _ranks(reader)
    if kind in (Kind.VALUE, Kind.CHANGE, Kind.COMPARISON):
        return _figures(reader)
    return _tables(reader)


def _base(reader: Reader, measures: Sequence[Measure]) -> Query:
    """A query with what all tables share: groups, exclusions, conditions."""
    f = reader.slots
    query = Query(
        kind=reader.kind,
        measures=tuple(measures),
        members_of=0,
        groups=f.groups,
        without_countries=f.without_countries,
        without_groups=f.without_groups,
        where=where_of(reader.frame),
    )
    return replace(query, members_of=max(query.editions, default=reader.taxonomy.editions[-1]))


def _levels(reader: Reader, indicators: Sequence[str], years: TaggedSpan | None) -> list[Level]:
    """A measure for each indicator and each edition meant, by indicator, then edition."""
    found = []
    for indicator in indicators:
        when = reader.frame.level_when(years, [indicator])
        found += [Level(indicator, edition) for edition in when.editions]
    return found


def _all_topics(reader: Reader) -> tuple[str, ...]:
    """The indicators named, or else those of the families or sections named, or else the two overall scores."""
    f = reader.slots
    named = tuple(dict.fromkeys(i for t in f.topics for i in t.ids))
    if named:
        return named
    families = [FAMILY_ROOTS.get(way, way) for way in f.values(Role.FAMILY) if way]
    if families:
        return tuple(dict.fromkeys(families))
    sections = {i for span in f.spans if span.role is Role.SECTION for i in span.ids}
    of_section = tuple(i for s in reader.taxonomy.sections if s.id in sections for i in s.indicators)
    return of_section or OVERALL


def _figures(reader: Reader) -> list[Query]:
    """The score or change of one country, or of several side by side: a query for each indicator and edition."""
    f = reader.slots
    moved = reader.kind is Kind.CHANGE or bool(f.of_kind(HeadKind.CHANGE))
    against = tuple(c for i in f.spans for b in i.bounds for c in b.countries)
    countries = tuple(dict.fromkeys((*f.subjects, *against)))
    measures: list[Measure] = []
    for indicator in _all_topics(reader) if reader.kind is not Kind.COMPARISON or f.topics else OVERALL:
        if moved:
            measures += [Change(indicator, a, b) for a, b in reader.frame.change_when(f.years, indicator)]
        else:
            measures += _levels(reader, [indicator], f.years)
    if moved and reader.kind is not Kind.COMPARISON and f.years is None:
        reader.notes.append(_LATEST_CHANGE)
    if not moved and reader.kind is Kind.COMPARISON and f.years is not None and f.years.value in ("range", "since"):
        pairs = [p for i in _all_topics(reader) for p in reader.frame.change_when(f.years, i)]
        measures = [Change(i, *pair) for i, pair in zip(_all_topics(reader), pairs, strict=True)]
    given = {b.group for i in f.spans for b in i.bounds}
    unused = [g for any_of in f.groups for g in any_of if g not in given]
    if unused:
        reader.notes.append(f"{joined(unused)} was not used because the question names a country.")
    conditions = where_of(reader.frame) if reader.kind is Kind.VALUE and f.of_kind(HeadKind.BOUND) else ()
    queries = []
    for country in [None] if reader.kind is Kind.COMPARISON else list(countries):
        for measure in measures:
            query = Query(reader.kind, (measure,), 0, countries=countries if country is None else (country,), where=conditions)
            queries.append(replace(query, members_of=max(query.editions)))
    return queries


def _ranks(reader: Reader) -> list[Query]:
    f = reader.slots
    queries = []
    for country in f.subjects:
        for level in _levels(reader, _all_topics(reader)[: None if f.topics else 1], f.years):
            within = list(dict.fromkeys(g for any_of in f.groups for g in any_of))
            homes = f.values(Role.HOME)
            within += [reader.taxonomy.region(country, level.edition)] if "region" in homes else []
            within += [reader.taxonomy.continent(country)] if "continent" in homes else []
            if not within or "" in f.values(Role.WORLD):
                within.insert(0, WORLD)
            queries.append(Query(Kind.RANK, (level,), level.edition, countries=(country,), within=tuple(dict.fromkeys(within))))
    return queries


def _aggregates(reader: Reader) -> list[Query]:
    f = reader.slots
    heads = f.of_kind(HeadKind.STAT) or f.of_kind(HeadKind.ORDER)
    head = heads[0] if heads else None
    topics = reader.frame.topics(head) if head is not None else _all_topics(reader)[:1]
    moves = f.of_kind(HeadKind.CHANGE)
    measures: list[Measure] = []
    if moves:
        measures += [Change(i, *pair) for i in topics for pair in reader.frame.change_when(moves[0].years, i)]
    else:
        measures += _levels(reader, topics, head.years if head is not None else f.years)
    queries = []
    for measure in measures:
        stat = Stat.MEAN
        if head is not None and head.kind is HeadKind.STAT:
            stat = Stat(head.way)
        elif head is not None:
            stat = Stat.MAX if end_of_scale(head.way, reader.indicator(measure.indicator)) is Order.HIGHEST else Stat.MIN
        base = _base(reader, [measure])
        # "The average change" names no direction that could exclude a country.
        where = () if moves and not any(h.bounds for h in moves) else base.where
        queries.append(replace(base, stat=stat, countries=f.subjects, where=where))
    if head is None:
        reader.notes.append("A group has no score of its own; this is the mean of its countries.")
        reader.sure = False
    return queries


def _tables(reader: Reader) -> list[Query]:
    """Sets, rankings and counts."""
    f = reader.slots
    head = _order_head(reader)
    if head is None:
        return [_unordered(reader)]
    topics = reader.frame.topics(head)
    if len(topics) > 1:
        names = joined([in_sentence(reader.indicator(t)) for t in topics])
        raise NotUnderstood(f"the question asks for one ranking by several scores ({names}); ask for one of them")
    indicator = reader.indicator(topics[0])
    queries = []
    for measure, order in _ordered_measures(reader, head, indicator):
        query = _base(reader, [measure])
        limit = f.limit if f.limit is not None else (None if reader.kind is Kind.RANKING and not _superlative(f) else 1)
        queries.append(replace(query, order=order, limit=limit))
    return queries


def _superlative(f: Slots) -> bool:
    """Whether only one end is asked for, not the whole list: "rank by highest" asks for the list."""
    return not f.ranks and bool(f.of_kind(HeadKind.ORDER) or any(h.order for h in f.heads))


def _order_head(reader: Reader) -> Head | None:
    """What the table is ordered by: a superlative, a superlative change, or the topic of a ranking; None for a plain set."""
    f = reader.slots
    orders = list(f.of_kind(HeadKind.ORDER))
    moves = [h for h in f.of_kind(HeadKind.CHANGE) if h.order]
    plain = [h for h in orders if h.way in ("top", "bottom")]
    if len({h.way for h in plain}) > 1:
        raise NotUnderstood("the question asks for both ends of the ranking at once; ask for one of them")
    if len(orders) > 1 and plain:
        # "Top five lowest": the more specific word decides which end.
        orders = [h for h in orders if h not in plain] or plain[:1]
    if moves and orders and all(h.way in ("top", "bottom") for h in orders):
        orders = []
    ends = {(end_of_scale(h.way, reader.indicator(t[0])), t) for h in orders for t in [reader.frame.topics(h)]}
    if len(ends) + len(moves) > 1:
        raise NotUnderstood("the question asks for two rankings at once; ask for one of them")
    if orders or moves:
        return (orders or moves)[0]
    if reader.kind is not Kind.RANKING:
        return None
    changes = f.of_kind(HeadKind.CHANGE)
    if changes:
        return changes[0]
    ways = [way for way in f.values(Role.RANK) if way not in ("", "weak")]
    free = next((t for t in f.topics if all(t not in h.topics for h in f.heads)), None)
    return Head(HeadKind.ORDER, 0, ways[0] if ways else "high", topics=(free,) if free else f.topics[:1], years=f.years)


def _ordered_measures(reader: Reader, head: Head, indicator: Indicator) -> list[tuple[Measure, Order]]:
    if head.kind is HeadKind.ORDER:
        order = end_of_scale(head.way, indicator)
        levels = _levels(reader, [indicator.id], head.years)
        return [(level, order) for level in levels]
    way = direction(head.way, indicator)
    if way == "any" and head.order in ("best", "worst"):
        way = direction("better" if head.order == "best" else "worse", indicator)
    if way not in ("up", "down") and reader.slots.has(Role.RANK):
        way = "up"
    if way not in ("up", "down"):
        reader.offers += [f"largest rise in {in_sentence(indicator)}", f"largest fall in {in_sentence(indicator)}"]
        raise NotUnderstood("the largest change can be a rise or a fall; say which")
    if reader.slots.years is None:
        reader.notes.append(_LATEST_CHANGE)
    smallest = head.order in ("low", "bottom")
    order = Order.HIGHEST if (way == "up") is not smallest else Order.LOWEST
    return [(Change(indicator.id, a, b), order) for a, b in reader.frame.change_when(head.years, indicator.id)]


def _unordered(reader: Reader) -> Query:
    """Countries that meet conditions, in no order. The measures tested are the ones shown."""
    where = where_of(reader.frame)
    if reader.slots.limit is not None and reader.kind is not Kind.COUNT:
        raise NotUnderstood(
            "the question does not say which of the countries that meet the conditions it wants; ask for the highest or lowest"
        )
    if not where:
        raise NotUnderstood("the question gives no condition or order that could be read")
    shown = list(dict.fromkeys(c.left for any_of in where for c in any_of))
    return _base(reader, shown)
