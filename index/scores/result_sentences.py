"""The sentence that states each typed result about scores, and its notes. Pure: every figure arrives as an argument.

A high score is bad for criminality and good for resilience, so sentences say which way the scale runs. Changes are given in
points or in steps of half a point, never in percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from corpus.taxonomy import WORLD, Indicator, Taxonomy
from index.contract.typed_results import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    IndicatorSetResult,
    RankingResult,
    SetResult,
)
from index.language.phrases import (
    change_meaning,
    first_rank_words,
    in_sentence,
    joined,
    number_word,
    rank_words,
    scale_words,
    step_words,
)
from index.scores.query import Change, Order, Query
from index.scores.query_text import condition_words, measure_words, query_words, scope_words
from index.scores.ranking import Rank

_MOST_NAMED = 30


def countries_in(query: Query, taxonomy: Taxonomy, loaded: int, members: int) -> str:
    """The countries a query ranges over: "the 193 countries", "the 12 countries loaded in West Africa (15 in all)"."""
    restricted = query.groups or query.without_countries or query.without_groups
    where = f" in {scope_words(query, taxonomy)}" if restricted else ""
    if loaded < members:
        return f"the {loaded} countries loaded{where} ({members} in all)"
    return f"the {members} countries{where}"


def partly_loaded_words(loaded: int, members: int) -> str:
    """That not every country in question has the scores, as a note."""
    return f"These scores are loaded for only {loaded} of the {members} countries in question."


def value_sentence(country: str, indicator: Indicator, edition: int, value: float) -> str:
    """One score of a country."""
    return (
        f"{country} scored {value:.2f} for {in_sentence(indicator)} in the {edition} edition ({scale_words(indicator.pillar)})."
    )


def rank_sentence(country: str, indicator: Indicator, edition: int, value: float, rank: Rank, where: str) -> str:
    """One rank of a country; a shared rank says with how many. `where` is a group inside a sentence, empty for the world."""
    others = rank.sharing - 1
    tie = f" (with {others} other{'s' if others > 1 else ''})" if others else ""
    among = f"countries in {where}" if where else "countries"
    return (
        f"{country} ranks {rank_words(rank.rank, rank.sharing)}{tie} of {rank.of} {among} for {in_sentence(indicator)} in the "
        f"{edition} edition, with a score of {value:.2f} ({first_rank_words(indicator.pillar)})."
    )


def none_meets_words(among: str, query: Query, taxonomy: Taxonomy) -> str:
    """That nothing among these meets the conditions, as a clause."""
    if not query.where:
        return f"none of {among} has the scores asked for: {query_words(query, taxonomy)}"
    return f"none of {among} meets {conditions_word(query)}: {condition_words(query, taxonomy)}"


def set_sentence(result: SetResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """The countries that meet the conditions, or that share the highest or lowest figure."""
    names = country_names(result.countries, taxonomy)
    if not result.countries:
        return as_sentence(none_meets_words(among, query, taxonomy))
    if query.order is None:
        number = len(result.countries)
        return f"{number_word(number).capitalize()} of {among} {meet_words(number, query)}: {names}."
    first = result.values[0] if not isinstance(result.values[0], tuple) else result.values[0][0]
    share = "share" if len(result.countries) > 1 else "has"
    pillar = taxonomy.indicators[query.measures[0].indicator].pillar
    return f"Of {among}, {names} {share} the {extreme_words(query, taxonomy)}: {figure_words(query, first)} ({pillar.direction})."


def ranking_sentence(result: RankingResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """Countries in order; tied countries share a joint rank."""
    if not result.countries:
        return as_sentence(none_meets_words(among, query, taxonomy))
    listed, position = [], 1
    for value, tied in groupby(zip(result.values, result.countries, strict=True), key=lambda pair: pair[0]):
        codes = [country for _, country in tied]
        names = joined([taxonomy.countries[c].name for c in codes])
        listed.append(f"{rank_words(position, len(codes))} {names} ({figure_words(query, value)})")
        position += len(codes)
    shown = "; ".join(listed[:_MOST_NAMED]) + ("; …" if len(listed) > _MOST_NAMED else "")
    return f"Of {among}, ranked from the {extreme_words(query, taxonomy)}: {shown}."


def change_sentence(
    result: ChangeResult, before: float, after: float, moved: str, added: Sequence[str], taxonomy: Taxonomy
) -> str:
    """One country's change; `moved` is a clause on its rank, `added` are indicators that came into the average in between."""
    indicator = taxonomy.indicators[result.indicator]
    name = taxonomy.countries[result.country].name
    if result.value == 0:
        head = f"{name}'s score for {in_sentence(indicator)} did not change: {after:.2f} in {result.start} and in {result.end}"
    else:
        moves = f"{moved_words(result.value)}{_steps(result, taxonomy)}"
        head = (
            f"{name}'s score for {in_sentence(indicator)} {moves}, from {before:.2f} in {result.start} to {after:.2f} in "
            f"{result.end}, {change_meaning(result.value, indicator.pillar)}"
        )
    like = ""
    if result.like_for_like is not None and added:
        like = f" Over the indicators measured in both editions, it {moved_words(result.like_for_like) or 'did not change'}."
    return f"{head}{'; ' + moved if moved else ''}.{like}"


def comparison_sentence(result: ComparisonResult, query: Query, taxonomy: Taxonomy) -> str:
    """Countries side by side, the highest figure first."""
    pillar = taxonomy.indicators[result.indicator].pillar
    pairs = sorted(zip(result.values, result.countries, strict=True), key=lambda p: (-p[0], p[1]))
    listed = joined([f"{taxonomy.countries[c].name} {figure_words(query, v)}" for v, c in pairs])
    measured = capitalised(measure_words(query.measures[0], taxonomy))
    if result.higher is None:
        return f"{measured} shows a tie for the highest: {listed}."
    higher = "higher" if len(pairs) == 2 else "highest"
    return f"{measured} is {higher} for {taxonomy.countries[result.higher].name}: {listed} ({pillar.direction})."


def aggregate_sentence(result: AggregateResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """One figure of a group."""
    indicator = taxonomy.indicators[result.indicator]
    stat = {"min": "lowest", "max": "highest"}.get(result.stat, result.stat)
    across = joined([taxonomy.countries[c].name for c in query.countries]) or among
    if result.start is not None:
        what, value = f"change in {in_sentence(indicator)} from {result.start} to {result.end}", f"{result.value:+.2f}"
    else:
        what, value = f"score for {in_sentence(indicator)} in the {result.edition} edition", f"{result.value:.2f}"
    return f"The {stat} {what} across {across} is {value} ({scale_words(indicator.pillar)})."


def indicator_sentence(result: IndicatorSetResult, query: Query, taxonomy: Taxonomy) -> str:
    """A country's own indicators."""
    name = taxonomy.countries[result.country].name
    if not result.indicators:
        return as_sentence(none_meets_words(f"the {len(query.family)} indicators for {name}", query, taxonomy))
    listed = joined(
        [
            f"{in_sentence(taxonomy.indicators[i])} ({figure_words(query, v)})"
            for i, v in zip(result.indicators, result.values, strict=True)
        ]
    )
    if query.order is None:
        that = f" that {meet_words(2, query)}" if query.where else ""
        return f"{name}'s indicators{that} in the {result.edition} edition: {listed}."
    several = len(result.indicators) > 1
    tied = ", tied" if several and query.limit == 1 else ""
    figures = f"{end_words(query)}{'s' if several else ''}"
    return f"{name}'s {figures} among {len(query.family)} indicators in the {result.edition} edition: {listed}{tied}."


def rank_move(before: Rank, after: Rank) -> str:
    """How a rank moved, as a clause."""
    start, end = (f"{rank_words(r.rank, r.sharing)} of {r.of}" for r in (before, after))
    if (before.rank, before.of) == (after.rank, after.of):
        return f"its rank stayed {end} (1st is the highest score)"
    return f"its rank moved from {start} to {end} (1st is the highest score)"


def added_words(added: Sequence[str], edition: int, taxonomy: Taxonomy) -> str:
    """Which indicators came into an average by an edition, as a note."""
    names = joined([in_sentence(taxonomy.indicators[i]) for i in added])
    return (
        f"The two averages do not cover the same indicators: the {edition} average also includes {names}. The like-for-like "
        "change leaves them out."
    )


def like_for_like_words(change: Change, countries: Sequence[str], figures: Sequence[float | None], taxonomy: Taxonomy) -> str:
    """Each country's like-for-like change, as a note; empty where there is none."""
    known = [
        f"{taxonomy.countries[c].name} {figure:+.2f}" for c, figure in zip(countries, figures, strict=True) if figure is not None
    ]
    shown = joined(known[:_MOST_NAMED]) + (" …" if len(known) > _MOST_NAMED else "")
    return f"Like-for-like change in {in_sentence(taxonomy.indicators[change.indicator])}: {shown}." if known else ""


def country_names(codes: Sequence[str], taxonomy: Taxonomy) -> str:
    """Countries in words, the first thirty by name."""
    names = [taxonomy.countries[c].name for c in codes]
    return joined(names) if len(names) <= _MOST_NAMED else f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"


def conditions_word(query: Query) -> str:
    """How a sentence refers to the conditions: "the condition", "the conditions"."""
    several = len(query.where) > 1 or any(len(any_of) > 1 for any_of in query.where)
    return "the conditions" if several else "the condition"


def meet_words(number: int, query: Query) -> str:
    """The verb of a sentence about how many meet the conditions, or have the scores where there are none."""
    if not query.where:
        return "has the scores" if number == 1 else "have the scores"
    return f"{'meets' if number == 1 else 'meet'} {conditions_word(query)}"


def end_words(query: Query) -> str:
    """Which end of the order comes first: "highest score", "largest fall"."""
    if isinstance(query.measures[0], Change):
        return "largest rise" if query.order is Order.HIGHEST else "largest fall"
    return "highest score" if query.order is Order.HIGHEST else "lowest score"


def extreme_words(query: Query, taxonomy: Taxonomy) -> str:
    """What comes first: "highest score for criminality in the 2025 edition"."""
    measure = query.measures[0]
    name = in_sentence(taxonomy.indicators[measure.indicator])
    if isinstance(measure, Change):
        return f"{end_words(query)} in {name} from {measure.start} to {measure.end}"
    return f"{end_words(query)} for {name} in the {measure.edition} edition"


def capitalised(text: str) -> str:
    """With a capital first letter."""
    return f"{text[0].upper()}{text[1:]}"


def as_sentence(clause: str) -> str:
    """A clause as a sentence."""
    return f"{capitalised(clause)}."


def figure_words(query: Query, value: float) -> str:
    """A figure to two decimals, a change with its sign."""
    return f"{value:+.2f}" if isinstance(query.measures[0], Change) else f"{value:.2f}"


def moved_words(value: float) -> str:
    """A change as a verb: "rose by 0.50"; empty where there is none."""
    return f"{'rose' if value > 0 else 'fell'} by {abs(value):.2f}" if value else ""


def _steps(result: ChangeResult, taxonomy: Taxonomy) -> str:
    if taxonomy.parts(result.indicator, result.end):
        return ""
    steps = step_words(Decimal(str(result.value)))
    return f" ({steps} of 0.5)" if steps else ""


def group_name(query: Query, taxonomy: Taxonomy) -> str:
    """The group as the contract names it: one group's own name, "world", or a description where several restrict."""
    if query.countries:
        return joined([taxonomy.countries[c].name for c in query.countries])
    if not query.groups:
        return WORLD
    return " & ".join(" or ".join(any_of) for any_of in query.groups)
