"""Ranking: the countries of a group in order of one score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content import charts
from app.content.explore_choices import Cut, Order
from app.content.file_names import file_stem
from app.content.panels import Drawing, Panel, figure, record
from corpus.taxonomy import WORLD, Indicator, Pillar, Taxonomy
from index.language.phrases import group_in_sentence, in_sentence, joined, rank_words
from index.scores.ranking import RankedScore, between, first, lowest_first, ranked
from index.scores.score import Score

_MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class RankingChoice:
    """What is ranked: both bounds are included; `group` is a group's name or "world"; `marked` are codes of countries."""

    indicator: str
    edition: int
    group: str = WORLD
    lowest: Decimal = Decimal(1)
    highest: Decimal = Decimal(10)
    order: Order = Order.HIGHEST
    cut: Cut = Cut.TWENTY_FIVE
    marked: tuple[str, ...] = ()


def ranking_panel(choice: RankingChoice, scores: Sequence[Score], taxonomy: Taxonomy) -> Panel:
    """The ranking; `scores` are those of the indicator in the edition."""
    indicator = taxonomy.indicators[choice.indicator]
    members = taxonomy.members(choice.group, choice.edition)
    every = ranked(s for s in scores if s.country in members)
    title = f"{indicator.name}, {choice.edition} edition, {group_in_sentence(choice.group, taxonomy)}"
    if not every:
        return Panel("ranking", title, nothing=_none_loaded(choice, taxonomy), next_step="choose another group or edition.")
    met = between(every, choice.lowest, choice.highest)
    if not met:
        return Panel("ranking", title, nothing=_none_met(choice, every), next_step="widen the range of scores.")
    ordered = met if choice.order is Order.HIGHEST else lowest_first(met)
    listed = first(ordered, choice.cut.limit)
    words = (*_words(choice, every, met, listed, len(members), taxonomy), *_marked_words(choice, every, taxonomy))
    # Marked countries are shown wherever they stand.
    shown = (*listed, *(p for p in ordered[len(listed) :] if p.score.country in choice.marked))
    drawn = shown[:_MOST_DRAWN]
    rows = [
        {
            "name": taxonomy.countries[p.score.country].name,
            "score": float(p.score.value),
            "place": rank_words(p.rank, p.sharing),
            "marked": p.score.country in choice.marked,
        }
        for p in drawn
    ]
    axis = f"Score, 1 to 10 ({indicator.pillar.direction})"
    told = "; ".join(f"{row['name']} {row['score']:.2f}, {row['place']}" for row in rows)
    more = f"; {len(shown) - len(drawn)} more are in the table" if len(shown) > len(drawn) else ""
    return Panel(
        name=file_stem("ranking", choice.indicator, str(choice.edition), choice.group),
        title=title,
        words=words,
        drawings=(Drawing(title, charts.bars(rows, indicator.pillar, axis), f"Bar chart, {title}: {told}{more}."),),
        rows=tuple(
            {
                "Rank": rank_words(p.rank, p.sharing),
                "Country": taxonomy.countries[p.score.country].name,
                "Score": figure(p.score.value),
            }
            for p in shown
        ),
        records=tuple({"place": p.rank, "sharing": p.sharing, "of": len(every), **record(p.score, taxonomy)} for p in shown),
    )


def among_words(have: int, members: int, group: str, taxonomy: Taxonomy) -> str:
    """The countries that are compared: "the 193 countries", "the 12 loaded countries (of 16) in West Africa"."""
    where = "" if group == WORLD else f" in {group_in_sentence(group, taxonomy)}"
    return f"the {have} countries{where}" if have == members else f"the {have} loaded countries (of {members}){where}"


def _words(
    choice: RankingChoice,
    every: Sequence[RankedScore],
    met: Sequence[RankedScore],
    shown: Sequence[RankedScore],
    members: int,
    taxonomy: Taxonomy,
) -> tuple[str, ...]:
    indicator = taxonomy.indicators[choice.indicator]
    top = [p for p in every if p.rank == 1]
    names = joined([taxonomy.countries[p.score.country].name for p in top]) if len(top) <= 8 else f"{len(top)} countries"
    share = "share" if len(top) > 1 else "has"
    words = [
        f"Among {among_words(len(every), members, choice.group, taxonomy)}, {names} {share} the highest score for "
        f"{in_sentence(indicator)} in the {choice.edition} edition: {figure(top[0].score.value)}, the {_end(indicator)}.",
        f"1st is the highest score; {indicator.pillar.direction}. Countries with the same score share a rank, and the ranks "
        "after it are skipped.",
    ]
    if len(met) < len(every):
        words.append(
            f"{len(met)} of them score from {figure(choice.lowest)} to {figure(choice.highest)}; ranks are among all "
            f"{len(every)}."
        )
    if len(shown) < len(met):
        limit = choice.cut.limit or 0
        whole = f", {len(shown) - limit} more than asked for, because ties are not split" if len(shown) > limit else ""
        words.append(f"{len(shown)} of {len(met)} are listed{whole}.")
    return tuple(words)


def _marked_words(choice: RankingChoice, every: Sequence[RankedScore], taxonomy: Taxonomy) -> tuple[str, ...]:
    if not choice.marked:
        return ()
    places = {p.score.country: f"{rank_words(p.rank, p.sharing)} of {p.of} with {figure(p.score.value)}" for p in every}
    told = [f"{taxonomy.countries[c].name}, {places.get(c, 'not in this ranking')}" for c in choice.marked]
    return (f"Marked: {'; '.join(told)}.",)


def _end(indicator: Indicator) -> str:
    return "worst" if indicator.pillar is Pillar.CRIMINALITY else "best"


def _none_loaded(choice: RankingChoice, taxonomy: Taxonomy) -> str:
    indicator = taxonomy.indicators[choice.indicator]
    if indicator.since > choice.edition:
        return f"{indicator.name} is not measured in the {choice.edition} edition, only since {indicator.since}."
    where = group_in_sentence(choice.group, taxonomy)
    return f"No scores for {in_sentence(indicator)} in the {choice.edition} edition are loaded for {where}."


def _none_met(choice: RankingChoice, every: Sequence[RankedScore]) -> str:
    bounds = f"from {figure(choice.lowest)} to {figure(choice.highest)}"
    low, high = every[-1].score.value, every[0].score.value
    return f"None of the {len(every)} countries scores {bounds}; their scores range from {figure(low)} to {figure(high)}."
