"""The sentences that state who or what stands at one place in an order, such as the third highest. Pure."""

from __future__ import annotations

from corpus.taxonomy import Taxonomy
from index.contract.typed_results import IndicatorSetResult, SetResult
from index.language.phrases import in_sentence, joined, ordinal
from index.scores.query import Order, Query
from index.scores.ranking import Rank
from index.scores.result_sentences import country_names, end_words, extreme_words, figure_words


def place_sentence(result: SetResult, query: Query, among: str, rank: Rank | None, taxonomy: Taxonomy) -> str:
    """Who stands at a place in an order; `rank` is theirs from the highest, None where the order is shorter than that."""
    place = query.place or 1
    if rank is None:
        return f"Of {among}, none stands {ordinal(place)}: there are fewer."
    stands = rank.rank if query.order is not Order.LOWEST else rank.of - rank.rank - rank.sharing + 2
    first = result.values[0][0] if isinstance(result.values[0], tuple) else result.values[0]
    pillar = taxonomy.indicators[query.measures[0].indicator].pillar
    figure = f"{figure_words(query, first)} ({pillar.direction})"
    names, extreme = country_names(result.countries, taxonomy), extreme_words(query, taxonomy)
    if rank.sharing == 1:
        return f"Of {among}, {names} has the {ordinal(stands) + ' ' if stands > 1 else ''}{extreme}: {figure}."
    alone = f"; no country stands {ordinal(place)} alone" if stands < place else ""
    return f"Of {among}, {names} are joint {ordinal(stands)}, counted from the {extreme}: {figure}{alone}."


def indicator_place_sentence(result: IndicatorSetResult, query: Query, rank: int | None, taxonomy: Taxonomy) -> str:
    """Which of a country's indicators stand at a place; `rank` is theirs, None where the order is shorter than that."""
    place, name = query.place or 1, taxonomy.countries[result.country].name
    among = f"among {len(query.family)} indicators in the {result.edition} edition"
    if rank is None:
        return f"None of {name}'s indicators stands {ordinal(place)} {among}: there are fewer."
    listed = joined([in_sentence(taxonomy.indicators[i]) for i in result.indicators])
    figure = figure_words(query, result.values[0])
    if len(result.indicators) == 1:
        return f"{name}'s {ordinal(rank) + ' ' if rank > 1 else ''}{end_words(query)} {among}: {listed} ({figure})."
    alone = f"; no indicator stands {ordinal(place)} alone" if rank < place else ""
    return f"Counted from {name}'s {end_words(query)} {among}, joint {ordinal(rank)}: {listed} ({figure}){alone}."
