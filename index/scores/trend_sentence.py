"""The sentence that states one figure over the editions: the levels, where it went, and the ranks of a country. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from corpus.taxonomy import Taxonomy
from index.contract.group_results import TrendResult
from index.language.phrases import change_meaning, edition_list, first_rank_words, in_sentence, joined, rank_words, step_words
from index.scores.query import Order
from index.scores.ranking import Rank
from index.scores.result_sentences import moved_words


def trend_sentence(result: TrendResult, pick: Order | None, whose: str, ranks: Sequence[Rank], taxonomy: Taxonomy) -> str:
    """The level in each edition and the direction overall; `whose` is a country, or the countries whose mean it is."""
    indicator = taxonomy.indicators[result.indicator]
    name = in_sentence(indicator)
    what = f"{whose}'s score for {name}" if result.country else f"The mean score for {name} across {whose}"
    listed = joined([f"{v:.2f} in {e}" for e, v in zip(result.editions, result.values, strict=True)])
    levels = f"{what} was {listed}"
    if pick is not None:
        best = "highest" if pick is Order.HIGHEST else "lowest"
        figure = result.values[result.editions.index(result.chosen[0])]
        levels = f"{what} was {best} in {edition_list(result.chosen)}, at {figure:.2f}: {listed}"
        text = f"{levels}. It {_direction(result, taxonomy)}."
    else:
        text = f"{levels}: it {_direction(result, taxonomy)}."
    if result.like_for_like is not None:
        text += f" Over the indicators measured in both editions, it {_like(result)}."
    if ranks:
        places = joined([f"{rank_words(r.rank, r.sharing)} in {e}" for e, r in zip(result.editions, ranks, strict=True)])
        totals = sorted({r.of for r in ranks})
        of = f"{totals[0]}" if len(totals) == 1 else f"{totals[0]} to {totals[-1]}"
        text += f" Of {of} countries it ranked {places} ({first_rank_words(indicator.pillar)})."
    return text


def _direction(result: TrendResult, taxonomy: Taxonomy) -> str:
    steps = [_minus(after, before) for before, after in pairwise(result.values)]
    total = _minus(result.values[-1], result.values[0])
    ups_and_downs = any(s > 0 for s in steps) and any(s < 0 for s in steps)
    pillar = taxonomy.indicators[result.indicator].pillar
    overall = _in_steps(total, result, taxonomy)
    if not ups_and_downs:
        if not total:
            return "did not change"
        return f"{moved_words(float(total))}{overall} overall, {change_meaning(total, pillar)}"
    moves = joined([moved_words(float(s)) or "stayed level" for s in steps], "then").replace(" then ", ", then ")
    if not total:
        return f"{moves}, and so ended where it began"
    side = "higher" if total > 0 else "lower"
    return f"{moves}, and ended {abs(total):.2f}{overall} {side} than in {result.editions[0]}, {change_meaning(total, pillar)}"


def _like(result: TrendResult) -> str:
    pairs = list(pairwise(result.editions))
    figures = [(pair, f) for pair, f in zip(pairs, result.like_for_like or (), strict=True) if f is not None]
    return joined([f"{moved_words(f) or 'did not change'} from {start} to {end}" for (start, end), f in figures])


def _in_steps(change: Decimal, result: TrendResult, taxonomy: Taxonomy) -> str:
    """The change in steps of half a point; empty for an average or a mean."""
    if result.country is None or taxonomy.parts(result.indicator, result.editions[-1]):
        return ""
    words = step_words(change)
    return f" ({words} of 0.5)" if words else ""


def _minus(after: float, before: float) -> Decimal:
    return Decimal(str(after)) - Decimal(str(before))
