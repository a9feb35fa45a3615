"""Queries over the indicators of one country: its worst market, its actors at 8 or above, cocaine against heroin. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.taxonomy import Indicator
from index.questions.clauses import Head, HeadKind
from index.questions.conditions import direction, end_of_scale, where_of
from index.questions.context import FAMILY_ROOTS, OVERALL, NotUnderstood, Reader
from index.questions.cues import Role
from index.questions.slots import Slots
from index.scores.query import Change, Condition, Level, Measure, Order, Query


def indicator_queries(reader: Reader) -> list[Query]:
    """The queries of a question that compares the indicators of one country. Raises NotUnderstood."""
    f, tax = reader.slots, reader.taxonomy
    if not f.subjects:
        raise NotUnderstood("the question names no country whose indicators could be compared")
    country = f.subjects[0]
    moves = f.of_kind(HeadKind.CHANGE)
    orders = [h for h in f.of_kind(HeadKind.ORDER)]
    exact = [h for h in orders if h.way not in ("top", "bottom")] or orders
    compared = [b.indicator for i in f.spans for b in i.bounds if b.indicator]
    queries = []
    when = reader.frame.level_when(f.years, ["criminality"])
    pairs = reader.frame.change_when(f.years, "criminality") if moves else ()
    measures: list[Measure] = [Change("", a, b) for a, b in pairs] if moves else [Level("", e) for e in when.editions]
    for measure in measures:
        edition = measure.edition if isinstance(measure, Level) else measure.end
        family = _family(reader, edition, compared)
        pillars = {tax.indicators[i].pillar for i in family}
        any_indicator = tax.indicators[family[0]] if family else tax.indicators["criminality"]
        words = {h.way for h in exact} | {h.way for h in moves} | {b.op for i in f.spans for b in i.bounds}
        if len(pillars) > 1 and words & {"worst", "best", "worse", "better"}:
            raise NotUnderstood(
                "good and bad are at opposite ends of the scale for criminality and resilience; name one of the two"
            )
        order = end_of_scale(exact[0].way, any_indicator) if exact else None
        if not exact and (f.has(Role.COMPARATIVE) or compared):
            order = _comparative_order(f, any_indicator)
        where = _own_conditions(reader, measure, any_indicator)
        ordered_move = next((h for h in moves if h.order), None)
        if ordered_move is not None:
            way = direction(ordered_move.way, any_indicator)
            order = Order.HIGHEST if way == "up" else Order.LOWEST
        limit = f.limit or (1 if order is not None else None)
        queries.append(
            Query(reader.kind, (measure,), edition, countries=(country,), where=where, order=order, limit=limit, family=family)
        )
    if any(q.where == () and q.order is None for q in queries):
        raise NotUnderstood("the question gives no condition or order that could be read")
    return queries


def _comparative_order(f: Slots, indicator: Indicator) -> Order:
    ops = [i.value for i in f.spans if i.role is Role.COMPARATIVE] + [b.op for i in f.spans for b in i.bounds]
    op = ops[0] if ops else ">"
    return end_of_scale({"worse": "worst", "better": "best", "<": "low", "<=": "low"}.get(op, "high"), indicator)


def _family(reader: Reader, edition: int, compared: Sequence[str]) -> tuple[str, ...]:
    """The indicators compared: markets, actor types, parts of resilience, those of a section, or those named."""
    f, tax = reader.slots, reader.taxonomy
    roots: list[str] = []
    for span in f.spans:
        if span.role is Role.FAMILY and span.value:
            roots.append(FAMILY_ROOTS.get(span.value, span.value))
    named = [i for t in f.topics for i in t.ids if not t.is_implied] + list(compared)
    averages = [i for i in named if tax.parts(i, edition)]
    single = [i for i in dict.fromkeys(named) if not tax.parts(i, edition)]
    if len(single) > 1 or (single and not averages and not roots):
        return tuple(single)
    if len(averages) > 1 and not f.of_kind(HeadKind.ORDER):
        return tuple(averages)
    if f.has(Role.FAMILY) and set(averages) <= {"criminality"} and roots:
        averages = []
    sections = {i for span in f.spans if span.role is Role.SECTION for i in span.ids}
    of_sections = tuple(i for s in tax.sections if s.id in sections for i in s.indicators if tax.indicators[i].since <= edition)
    if of_sections:
        return tuple(i for i in of_sections if not tax.parts(i, edition))
    tops = [*roots, *averages] or list(OVERALL)
    return tuple(dict.fromkeys(leaf for top in tops for leaf in tax.leaves(top, edition)))


def _own_conditions(reader: Reader, measure: Measure, indicator: Indicator) -> tuple[tuple[Condition, ...], ...]:
    """The conditions that apply to each indicator of the family, whose measure names no indicator."""
    f = reader.slots
    stand_in = replace(reader.frame, default=(indicator.id,))
    found = []
    for any_of in where_of(replace(stand_in, slots=replace(f, heads=_numeric(f.heads), topics=()))):
        found.append(tuple(replace(c, left=measure) for c in any_of))
    return tuple(dict.fromkeys(found))


def _numeric(heads: Sequence[Head]) -> tuple[Head, ...]:
    """The heads with numbers or changes, without their indicators: each applies to every member of the family."""
    kept = [h for h in heads if h.kind is HeadKind.CHANGE or (h.kind is HeadKind.BOUND and h.bounds[0].number is not None)]
    return tuple(replace(h, topics=()) for h in kept)
