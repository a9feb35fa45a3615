"""A query in words, so that a reader can check how a question was understood. Pure."""

from __future__ import annotations

from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import group_in_sentence, in_sentence, joined
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Order, Query
from index.scores.statistics import STAT_WORDS


def query_words(query: Query, taxonomy: Taxonomy) -> str:
    """The whole query: what is asked for, which countries, which conditions, which order."""
    parts = [_asked(query, taxonomy), _scope(query, taxonomy), _conditions(query, taxonomy), _order(query, taxonomy)]
    return ", ".join(part for part in parts if part)


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
    if query.kind is Kind.INDICATOR_SET or query.family:
        what = "number of indicators" if query.kind is Kind.COUNT else "indicators"
        return f"{what} of {taxonomy.countries[query.countries[0]].name} by {measures}"
    if query.kind is Kind.AGGREGATE and query.stat is not None:
        return f"{STAT_WORDS[query.stat]} {measures}"
    starts = {
        Kind.COUNT: "number of countries by ",
        Kind.SET: "countries by ",
        Kind.RANKING: "countries ranked by ",
        Kind.RANK: "rank by ",
    }
    return starts.get(query.kind, "") + measures


def _scope(query: Query, taxonomy: Taxonomy) -> str:
    if query.family:
        names = [in_sentence(taxonomy.indicators[i]) for i in query.family]
        return f"among {len(names)} indicators" if len(names) > 3 else f"among {joined(names)}"
    named = joined([taxonomy.countries[c].name for c in query.countries])
    if query.kind is Kind.RANK:
        return f"{named} in {joined([group_in_sentence(w, taxonomy) for w in query.within])}"
    return named or f"in {scope_words(query, taxonomy)}"


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
    return f"{left} is {condition.op.words} {_operand(condition.right, taxonomy)}"


def _operand(operand: Operand, taxonomy: Taxonomy) -> str:
    if isinstance(operand, Decimal):
        return f"{operand:.2f}"
    if isinstance(operand, OfCountry):
        return f"that of {taxonomy.countries[operand.country].name}"
    if isinstance(operand, OfGroup):
        return f"the {STAT_WORDS[operand.stat]} for {group_in_sentence(operand.group, taxonomy)}"
    return measure_words(operand, taxonomy)


def _order(query: Query, taxonomy: Taxonomy) -> str:
    if query.order is None:
        return ""
    change = bool(query.measures) and isinstance(query.measures[0], Change)
    end = {
        (Order.HIGHEST, False): "highest",
        (Order.LOWEST, False): "lowest",
        (Order.HIGHEST, True): "largest rise",
        (Order.LOWEST, True): "largest fall",
    }[query.order, change]
    if query.limit is None:
        return f"{end} first"
    return f"the {end}" if query.limit == 1 else f"the {query.limit} {end}{'s' if change else ''}"
