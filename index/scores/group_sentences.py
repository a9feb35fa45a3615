"""The sentences that state groups side by side and how a mean of theirs changed like for like. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.taxonomy import Taxonomy
from index.contract.group_results import GroupRankingResult
from index.language.phrases import group_in_sentence, in_sentence, joined, number_word, ordinal, rank_words
from index.scores.group_words import group_kind_words, group_stat_words, stat_word
from index.scores.query import Change, Order, Query, group_conditions
from index.scores.query_text import condition_words, scope_words

_MOST_NAMED = 30


def group_ranking_sentence(
    result: GroupRankingResult, ranks: Sequence[tuple[int, int]], query: Query, total: int, step: str, taxonomy: Taxonomy
) -> str:
    """Groups in order with their figures and numbers of countries.

    `ranks` are the competition rank of each group and how many share it, `total` is how many groups were ranked, and `step` names
    the countries of a first step.
    """
    pillar = taxonomy.indicators[result.indicator].pillar
    shown = [
        f"{group_in_sentence(g, taxonomy)} {_figure(query, v)} ({_countries(n)})"
        for g, v, n in zip(result.groups, result.values, result.counts, strict=True)
    ]
    over = _over(query, step, taxonomy)
    if total == 2 and len(shown) == 2:
        if ranks[1][0] == 1:
            return f"The {_measure(query, taxonomy)} is the same{over}: {joined(shown)} ({pillar.direction})."
        first, second = (group_in_sentence(g, taxonomy) for g in result.groups)
        ahead = "lower" if query.order is Order.LOWEST else "higher"
        compared = f"is {ahead} for {first} than for {second}{over}"
        return f"The {_measure(query, taxonomy)} {compared}: {joined(shown)} ({pillar.direction})."
    kinds = f"the {number_word(total)} {group_kind_words(query.by, taxonomy, total)}"
    of_groups = group_conditions(query)[1]
    if of_groups:
        kinds += f" where the {stat_word(query)} {condition_words(replace(query, where=of_groups), taxonomy)}"
    elif total < len(query.by):
        kinds += " with any of the countries in question"
    rank, sharing = ranks[0]
    if rank + sharing - 1 == len(shown) or query.place is not None:
        names = joined([group_in_sentence(g, taxonomy) for g in result.groups])
        place = f"{ordinal(rank)} " if rank > 1 else ""
        verb = "share" if sharing > 1 else "has"
        figure = f"{_figure(query, result.values[0])} ({joined([_countries(n) for n in result.counts])}; {pillar.direction})"
        alone = f"; none stands {ordinal(query.place)} alone" if query.place is not None and rank < query.place else ""
        return f"Of {kinds}, {names} {verb} the {place}{_end(query)} {_measure(query, taxonomy)}{over}: {figure}{alone}."
    listed = []
    for (place_of, shared), tied in groupby(zip(ranks, shown, strict=True), key=lambda pair: pair[0]):
        listed.append(f"{rank_words(place_of, shared)} {joined([words for _, words in tied])}")
    more = "; …" if len(listed) > _MOST_NAMED else ""
    return (
        f"Of {kinds}, ranked from the {_end(query)} {_measure(query, taxonomy)}{over}: {'; '.join(listed[:_MOST_NAMED])}{more} "
        f"({pillar.direction})."
    )


def spread_sentence(result: GroupRankingResult, query: Query, step: str, taxonomy: Taxonomy) -> str:
    """How many countries of each group there are, of those of a first step (`step`) or of all with the score."""
    shown = [
        f"{n} {'is' if n == 1 else 'are'} in {group_in_sentence(g, taxonomy)}"
        for g, n in zip(result.groups, result.counts, strict=True)
    ]
    of = step or f"the countries with a score for {in_sentence(taxonomy.indicators[result.indicator])}"
    return f"Of {of}, {joined(shown)}."


def no_group_words(query: Query, taxonomy: Taxonomy) -> str:
    """That no group has a country with the scores, as a clause."""
    if query.where:
        kinds = f"the {number_word(len(query.by))} {group_kind_words(query.by, taxonomy, len(query.by))}"
        return f"none of {kinds} meets the conditions ({condition_words(query, taxonomy)})"
    names = joined([group_in_sentence(g, taxonomy) for g in query.by[:6]], "or")
    return f"no country of {names if len(query.by) <= 6 else 'these groups'} has the scores asked for"


def group_like_for_like_words(change: Change, figures: Sequence[tuple[str, float]], taxonomy: Taxonomy) -> str:
    """Each group's like-for-like change in the mean, as a note; empty where there is none."""
    if not figures:
        return ""
    shown = joined([f"{group_in_sentence(group, taxonomy)} {figure:+.2f}" for group, figure in figures])
    return f"Like-for-like change in the mean of {in_sentence(taxonomy.indicators[change.indicator])}: {shown}."


def not_listed_words(number: int) -> str:
    """That the scores behind a figure are too many to list, as a note."""
    return f"{number} scores were used; they are not listed one by one."


def _measure(query: Query, taxonomy: Taxonomy) -> str:
    measure = query.measures[0]
    name = in_sentence(taxonomy.indicators[measure.indicator])
    if isinstance(measure, Change):
        return f"{group_stat_words(query)} in {name} from {measure.start} to {measure.end}"
    return f"{group_stat_words(query)} for {name} in the {measure.edition} edition"


def _end(query: Query) -> str:
    return "lowest" if query.order is Order.LOWEST else "highest"


def _over(query: Query, step: str, taxonomy: Taxonomy) -> str:
    words = f", over {step}" if step else ""
    if query.groups or query.without_countries or query.without_groups:
        words += f"{' and' if step else ', over the countries'} in {scope_words(query, taxonomy)}"
    of_countries = group_conditions(query)[0]
    if of_countries:
        words += f", over the countries where {condition_words(replace(query, where=of_countries), taxonomy)}"
    return f"{words}" if words else ""


def _figure(query: Query, value: float) -> str:
    return f"{value:+.2f}" if isinstance(query.measures[0], Change) else f"{value:.2f}"


def _countries(number: int) -> str:
    return "1 country" if number == 1 else f"{number} countries"
