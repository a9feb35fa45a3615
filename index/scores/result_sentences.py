"""The one sentence of each typed answer about scores. Pure: every figure arrives as an argument.

High criminality is bad and high resilience is good, so a sentence says which end is which. Steps of half a point are called
steps, never percentages.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from corpus.taxonomy import WORLD, Indicator, Pillar, Taxonomy
from index.contract.typed_results import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    CountResult,
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
from index.scores.query_text import measure_words, query_words, scope_words
from index.scores.ranking import Rank

_MOST_NAMED = 30


def countries_in(query: Query, taxonomy: Taxonomy, loaded: int, all_of_them: int) -> str:
    """Out of how many countries: "the 193 countries", "the 12 countries loaded of the 193"."""
    where = "" if not query.groups and not query.without_countries and not query.without_groups else scope_words(query, taxonomy)
    of = f" of {where}" if where else ""
    if loaded < all_of_them:
        return f"the {loaded} countries loaded of the {all_of_them}{of}"
    return f"the {all_of_them} countries{of}"


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


def set_sentence(result: SetResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """Countries that meet conditions, or that share the first place."""
    names = _names(result.countries, taxonomy)
    if not result.countries:
        return f"None of {among} meets this: {query_words(query, taxonomy)}."
    if query.order is None:
        verb = "meets" if len(result.countries) == 1 else "meet"
        return f"{_count(len(result.countries))} of {among} {verb} this: {names}."
    first = result.values[0] if not isinstance(result.values[0], tuple) else result.values[0][0]
    share = "share" if len(result.countries) > 1 else "has"
    return f"Of {among}, {names} {share} the {_end(query, taxonomy)}: {_figure(query, first)}{_meaning(query, taxonomy)}."


def ranking_sentence(result: RankingResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """Countries in order, with joint places named."""
    if not result.countries:
        return f"None of {among} meets this: {query_words(query, taxonomy)}."
    listed, position = [], 1
    for value, tied in groupby(zip(result.values, result.countries, strict=True), key=lambda pair: pair[0]):
        codes = [country for _, country in tied]
        names = joined([taxonomy.countries[c].name for c in codes])
        listed.append(f"{rank_words(position, len(codes))} {names} ({_figure(query, value)})")
        position += len(codes)
    shown = "; ".join(listed[:_MOST_NAMED]) + ("; …" if len(listed) > _MOST_NAMED else "")
    return f"Of {among}, by {_end(query, taxonomy)} first: {shown}."


def change_sentence(
    result: ChangeResult, before: float, after: float, moved: str, added: Sequence[str], taxonomy: Taxonomy
) -> str:
    """One country's change; `moved` says the ranks, `added` are indicators that came into an average in between."""
    indicator = taxonomy.indicators[result.indicator]
    name = taxonomy.countries[result.country].name
    if result.value == 0:
        head = f"{name}'s score for {in_sentence(indicator)} did not change: {after:.2f} in {result.start} and in {result.end}"
    else:
        head = (
            f"{name}'s score for {in_sentence(indicator)} {_moved(result.value)}{_steps(result, taxonomy)}, from {before:.2f} in "
            f"{result.start} to {after:.2f} in {result.end}, {change_meaning(result.value, indicator.pillar)}"
        )
    like = ""
    if result.like_for_like is not None and added:
        like = f" Over the indicators that both editions measured it {_moved(result.like_for_like) or 'did not change'}."
    return f"{head}{'; ' + moved if moved else ''}.{like}"


def comparison_sentence(result: ComparisonResult, query: Query, taxonomy: Taxonomy) -> str:
    """Countries side by side."""
    indicator = taxonomy.indicators[result.indicator]
    pairs = sorted(zip(result.values, result.countries, strict=True), key=lambda p: (-p[0], p[1]))
    listed = joined([f"{taxonomy.countries[c].name} {_figure(query, v)}" for v, c in pairs])
    measured = measure_words(query.measures[0], taxonomy)
    if result.higher is None:
        return f"{measured[0].upper()}{measured[1:]} is a tie at the top: {listed}."
    worse = "worse" if indicator.pillar is Pillar.CRIMINALITY else "better"
    return (
        f"{measured[0].upper()}{measured[1:]} is {'higher' if len(pairs) == 2 else 'highest'} for "
        f"{taxonomy.countries[result.higher].name}: {listed} (higher is {worse})."
    )


def aggregate_sentence(result: AggregateResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """One figure of a group."""
    indicator = taxonomy.indicators[result.indicator]
    words = {"mean": "mean", "median": "median", "min": "lowest score", "max": "highest score"}[result.stat]
    whose = joined([taxonomy.countries[c].name for c in query.countries]) or among
    if result.start is not None:
        changed = {"min": "lowest change", "max": "highest change"}.get(result.stat, f"{words} change")
        return (
            f"The {changed} in {in_sentence(indicator)} from {result.start} to {result.end} among {whose} is {result.value:+.2f} "
            f"({scale_words(indicator.pillar)})."
        )
    return (
        f"The {words} for {in_sentence(indicator)} in the {result.edition} edition among {whose} is {result.value:.2f} "
        f"({scale_words(indicator.pillar)})."
    )


def count_sentence(result: CountResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """How many, and which."""
    if query.family:
        names = joined([in_sentence(taxonomy.indicators[i]) for i in result.indicators])
        whose = taxonomy.countries[query.countries[0]].name
        return f"{result.value} of the {len(query.family)} indicators of {whose} meet this{': ' + names if names else ''}."
    listed = f": {_names(result.countries, taxonomy)}" if result.countries else ""
    verb = "meets" if result.value == 1 else "meet"
    return f"{result.value} of {among} {verb} this{listed}."


def indicator_sentence(result: IndicatorSetResult, query: Query, taxonomy: Taxonomy) -> str:
    """A country's own indicators."""
    name = taxonomy.countries[result.country].name
    if not result.indicators:
        return f"None of the {len(query.family)} indicators of {name} meets this: {query_words(query, taxonomy)}."
    listed = joined(
        [
            f"{in_sentence(taxonomy.indicators[i])} ({_figure(query, v)})"
            for i, v in zip(result.indicators, result.values, strict=True)
        ]
    )
    if query.order is None:
        return f"{name} in the {result.edition} edition: {listed}."
    tied = "jointly " if len(result.indicators) > 1 and query.limit == 1 else ""
    end = _end_word(query)
    return f"{name}'s {end} of {len(query.family)} indicators in the {result.edition} edition: {tied}{listed}."


def rank_move(before: Rank, after: Rank) -> str:
    """How a rank moved, as a clause."""
    start, end = (f"{rank_words(r.rank, r.sharing)} of {r.of}" for r in (before, after))
    if (before.rank, before.of) == (after.rank, after.of):
        return f"its rank among those loaded stayed {end} (1st is the highest score)"
    return f"its rank moved from {start} to {end} (1st is the highest score)"


def added_words(added: Sequence[str], edition: int, taxonomy: Taxonomy) -> str:
    """Which indicators came into an average, as a note."""
    names = joined([in_sentence(taxonomy.indicators[i]) for i in added])
    return (
        f"Averages before and after are not of the same indicators: by {edition} {names} had been added. The like-for-like "
        "change leaves them out."
    )


def like_for_like_words(change: Change, countries: Sequence[str], figures: Sequence[float | None], taxonomy: Taxonomy) -> str:
    """The like-for-like change of each country, as a note; empty where there is none."""
    told = [
        f"{taxonomy.countries[c].name} {figure:+.2f}" for c, figure in zip(countries, figures, strict=True) if figure is not None
    ]
    shown = joined(told[:_MOST_NAMED]) + (" …" if len(told) > _MOST_NAMED else "")
    return f"Like-for-like change of {in_sentence(taxonomy.indicators[change.indicator])}: {shown}." if told else ""


def _names(codes: Sequence[str], taxonomy: Taxonomy) -> str:
    names = [taxonomy.countries[c].name for c in codes]
    return joined(names) if len(names) <= _MOST_NAMED else f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"


def _count(number: int) -> str:
    return number_word(number).capitalize()


def _end_word(query: Query) -> str:
    if isinstance(query.measures[0], Change):
        return "largest rise" if query.order is Order.HIGHEST else "largest fall"
    return "highest" if query.order is Order.HIGHEST else "lowest"


def _end(query: Query, taxonomy: Taxonomy) -> str:
    measure = query.measures[0]
    name = in_sentence(taxonomy.indicators[measure.indicator])
    if isinstance(measure, Change):
        return f"{_end_word(query)} in {name} from {measure.start} to {measure.end}"
    return f"{_end_word(query)} score for {name} in the {measure.edition} edition"


def _meaning(query: Query, taxonomy: Taxonomy) -> str:
    return f" ({taxonomy.indicators[query.measures[0].indicator].pillar.direction})"


def _figure(query: Query, value: float) -> str:
    return f"{value:+.2f}" if isinstance(query.measures[0], Change) else f"{value:.2f}"


def _moved(value: float) -> str:
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
