"""A query in words, so that a reader can check how a question was understood. Pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined, ordinal
from index.scores.group_words import group_kind_words
from index.scores.query import (
    Change,
    Condition,
    FigureClaim,
    Level,
    Measure,
    OfCountry,
    OfGroup,
    Op,
    Operand,
    Order,
    OrderClaim,
    QuantifierClaim,
    Query,
)
from index.scores.statistics import STAT_WORDS, Stat

_OF_FIRST_STEP = "the countries of the first step"


def query_words(query: Query, taxonomy: Taxonomy) -> str:
    """The whole query: what is asked for, which countries, which conditions, which order, what is claimed, the first step."""
    parts = [
        _asked(query, taxonomy),
        _scope(query, taxonomy),
        _conditions(query, taxonomy),
        _order(query) or _beside(query, taxonomy),
        claim_words(query, taxonomy),
        f"among the result of: {query_words(query.among, taxonomy)}" if query.among is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def step_words_of(query: Query, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The steps of a query, the first one first, each in words; empty for a query of one step."""
    if query.among is None:
        return ()
    before = step_words_of(query.among, taxonomy) or (query_words(query.among, taxonomy),)
    return (*before, query_words(replace(query, among=None), taxonomy))


def measure_words(measure: Measure, taxonomy: Taxonomy) -> str:
    """A score or a change with its editions: "criminality in 2025", "change in criminality from 2021 to 2023"."""
    name = in_sentence(taxonomy.indicators[measure.indicator]) if measure.indicator else "score"
    if isinstance(measure, Level):
        return f"{name} in {measure.edition}"
    return f"change in {name} from {measure.start} to {measure.end}"


def scope_words(query: Query, taxonomy: Taxonomy) -> str:
    """The groups a query is restricted to and what it excludes: "the world", "the OECD within Europe excluding France"."""
    groups = [joined([group_in_sentence(g, taxonomy) for g in any_of], "or") for any_of in query.groups]
    words = " within ".join(groups) or "the world"
    excluded = [taxonomy.countries[c].name for c in query.without_countries]
    excluded += [group_in_sentence(g, taxonomy) for g in query.without_groups]
    return f"{words} excluding {joined(excluded)}" if excluded else words


def _asked(query: Query, taxonomy: Taxonomy) -> str:
    measures = joined([measure_words(m, taxonomy) for m in query.measures])
    stat = STAT_WORDS[query.stat or Stat.MEAN]
    if query.by:
        ways = {
            Kind.COUNT: f"how many of {_groups(query, taxonomy)} by {stat} {measures}",
            Kind.DIFFERENCE: f"difference in {stat} {measures}",
        }
        return ways.get(query.kind, f"{_groups(query, taxonomy)} ranked by {stat} {measures}") + _shared(query)
    if query.kind is Kind.INDICATOR_RANKING:
        return f"indicators ranked by {stat} {measures}"
    if query.kind is Kind.INDICATOR_SET or query.family:
        what = "number of indicators" if query.kind is Kind.COUNT else "indicators"
        whose = joined([taxonomy.countries[c].name for c in query.countries]) or _OF_FIRST_STEP
        return f"{what} of {whose} by {measures}"
    if query.kind is Kind.AGGREGATE and query.stat is not None:
        return f"{STAT_WORDS[query.stat]} {measures}"
    if query.kind is Kind.TREND:
        return _trend(query, taxonomy)
    starts = {
        Kind.COUNT: "number of countries by ",
        Kind.SET: "countries by ",
        Kind.RANKING: "countries ranked by ",
        Kind.RANK: "rank by ",
        Kind.DIFFERENCE: "difference in ",
        Kind.CORRELATION: "correlation of ",
    }
    return starts.get(query.kind, "") + measures + _shared(query)


def _shared(query: Query) -> str:
    return " and the share" if query.share else ""


def _groups(query: Query, taxonomy: Taxonomy) -> str:
    return f"{len(query.by)} {group_kind_words(query.by, taxonomy, len(query.by))}"


def _trend(query: Query, taxonomy: Taxonomy) -> str:
    name = in_sentence(taxonomy.indicators[query.measures[0].indicator])
    which = f", the edition with the {query.pick.value}" if query.pick is not None else ""
    return f"{'' if query.countries else 'mean '}{name} over the editions {edition_list(query.editions)}{which}"


def _scope(query: Query, taxonomy: Taxonomy) -> str:
    named = joined([taxonomy.countries[c].name for c in query.countries])
    if query.family:
        names = [in_sentence(taxonomy.indicators[i]) for i in query.family]
        among = f"among {len(names)} indicators" if len(names) > 3 else f"among {joined(names)}"
        if query.kind is Kind.INDICATOR_RANKING:
            return f"{among}, in {named or scope_words(query, taxonomy)}"
        return among
    if query.among is not None and not query.countries and query.kind in (Kind.RANK, Kind.INDICATOR_SET, Kind.DIFFERENCE):
        named = _OF_FIRST_STEP
    if query.kind is Kind.RANK:
        return f"{named} in {joined([group_in_sentence(w, taxonomy) for w in query.within])}"
    if query.kind is Kind.DIFFERENCE and query.against is not None:
        return f"{named} against {operand_words(query.against, taxonomy)}"
    if query.by:
        listed = [group_in_sentence(g, taxonomy) for g in query.by] if len(query.by) <= 3 else []
        within = [f"in {scope_words(query, taxonomy)}"] if query.groups or query.without_countries or query.without_groups else []
        return ", ".join([*([joined(listed)] if listed else []), *within])
    return named or f"in {scope_words(query, taxonomy)}"


_MOVED = {Op.ABOVE: "rise", Op.BELOW: "fall"}


def claim_words(query: Query, taxonomy: Taxonomy) -> str:
    """What a yes/no question claims; empty where it claims nothing."""
    claim = query.claim
    if isinstance(claim, FigureClaim):
        if claim.right == Decimal(0) and isinstance(query.measures[0], Change) and claim.op in _MOVED:
            return f"did it {_MOVED[claim.op]}"
        return f"is it {claim.op.words} {operand_words(claim.right, taxonomy)}"
    if isinstance(claim, OrderClaim):
        change = bool(query.measures) and isinstance(query.measures[0], Change)
        named = in_sentence(taxonomy.indicators[claim.indicator]) if claim.indicator else "the first named"
        return f"is {named} among {_first(claim.order, claim.limit, change=change)}"
    if isinstance(claim, QuantifierClaim):
        return f"is that so for {claim.quantifier.value} of them"
    return ""


def condition_words(query: Query, taxonomy: Taxonomy) -> str:
    """All conditions of a query; empty where it has none."""
    return " and ".join(" or ".join(_condition(c, taxonomy) for c in any_of) for any_of in query.where)


def _conditions(query: Query, taxonomy: Taxonomy) -> str:
    return f"where {condition_words(query, taxonomy)}" if query.where else ""


def _condition(condition: Condition, taxonomy: Taxonomy) -> str:
    left = measure_words(condition.left, taxonomy)
    zero = condition.right == Decimal(0) and isinstance(condition.left, Change)
    if zero and condition.op in (Op.ABOVE, Op.BELOW, Op.EQUAL, Op.MOVED_MORE):
        ways = {Op.ABOVE: "above zero", Op.BELOW: "below zero", Op.EQUAL: "zero", Op.MOVED_MORE: "not zero"}
        return f"{left} is {ways[condition.op]}"
    if condition.plus:
        return f"{left} is {_apart(condition)} {operand_words(condition.right, taxonomy)}"
    return f"{left} is {condition.op.words} {operand_words(condition.right, taxonomy)}"


def _apart(condition: Condition) -> str:
    """How far above or below its right-hand side the left one is: "at least 3.00 points above"."""
    below = condition.plus < 0
    ways = {
        Op.ABOVE: "less than" if below else "more than",
        Op.AT_LEAST: "at most" if below else "at least",
        Op.BELOW: "more than" if below else "less than",
        Op.AT_MOST: "at least" if below else "at most",
    }
    return f"{ways.get(condition.op, 'exactly')} {abs(condition.plus):.2f} points {'below' if below else 'above'}"


def operand_words(operand: Operand, taxonomy: Taxonomy) -> str:
    """The right-hand side of a condition: "6.00", "that of Chile", "the mean for Africa"."""
    if isinstance(operand, Decimal):
        return f"{operand:.2f}"
    if isinstance(operand, OfCountry):
        return f"that of {taxonomy.countries[operand.country].name}"
    if isinstance(operand, OfGroup):
        return f"the {STAT_WORDS[operand.stat]} for {group_in_sentence(operand.group, taxonomy)}"
    return measure_words(operand, taxonomy)


def _order(query: Query) -> str:
    if query.order is None:
        return ""
    change = bool(query.measures) and isinstance(query.measures[0], Change)
    if query.place is not None:
        return f"{ordinal(query.place)} from the {_end(query.order, change=change)}"
    if query.limit is None:
        return f"{_end(query.order, change=change)} first"
    return _first(query.order, query.limit, change=change)


def _beside(query: Query, taxonomy: Taxonomy) -> str:
    if query.beside is None:
        return ""
    country, step = query.beside
    return f"next {'behind' if step > 0 else 'ahead of'} {taxonomy.countries[country].name} from the highest"


def _first(order: Order, limit: int, *, change: bool) -> str:
    end = _end(order, change=change)
    return f"the {end}" if limit == 1 else f"the {limit} {end}{'s' if change else ''}"


def _end(order: Order, *, change: bool) -> str:
    return {
        (Order.HIGHEST, False): "highest",
        (Order.LOWEST, False): "lowest",
        (Order.HIGHEST, True): "largest rise",
        (Order.LOWEST, True): "largest fall",
    }[order, change]
