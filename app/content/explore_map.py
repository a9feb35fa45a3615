"""Map: one score over the countries of a group, in bands told in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.explore_ranking import among_words
from app.content.file_names import file_stem
from app.content.map_bands import band_names, band_of
from app.content.map_chart import Mapped, map_chart
from app.content.panels import Drawing, Panel, figure, record
from app.content.world_shapes import World
from corpus.taxonomy import WORLD, Indicator, Taxonomy
from index.language.phrases import group_in_sentence, in_sentence, joined, rank_words
from index.scores.ranking import RankedScore, ranked
from index.scores.score import Score

_MOST_NAMED = 12


def map_panel(
    indicator_id: str,
    edition: int,
    scores: Sequence[Score],
    world: World,
    taxonomy: Taxonomy,
    *,
    group: str = WORLD,
    dark: bool = False,
) -> Panel:
    """The map of an indicator in an edition; `scores` are those of it. `dark` is whether it stands on a dark ground."""
    indicator, members = taxonomy.indicators[indicator_id], taxonomy.members(group, edition)
    placed = ranked(s for s in scores if s.country in members)
    where = group_in_sentence(group, taxonomy)
    title = f"{indicator.name}, {edition} edition, {where}"
    if not placed:
        of = "" if group == WORLD else f" for {where}"
        nothing = f"No scores for {in_sentence(indicator)} in the {edition} edition are loaded{of}."
        return Panel("map", title, nothing=nothing, next_step="choose another indicator, group or edition.")
    having = {p.score.country for p in placed}
    absent = [c.name for c in taxonomy.countries.values() if c.iso3 in members and c.iso3 not in having]
    among = among_words(len(placed), len(members), group, taxonomy)
    chart = map_chart(Mapped(placed, members, indicator, edition), world, taxonomy, dark=dark)
    return Panel(
        name=file_stem("map", indicator_id, str(edition), group),
        title=title,
        words=_words(among, indicator, absent, dark=dark),
        drawings=(Drawing(title, chart, _in_words(placed, indicator, title)),),
        rows=tuple(
            {
                "Country": taxonomy.countries[p.score.country].name,
                "Score": figure(p.score.value),
                "Band": band_of(p.score.value, indicator),
                "Rank": rank_words(p.rank, p.sharing),
            }
            for p in sorted(placed, key=lambda p: taxonomy.countries[p.score.country].name)
        ),
        records=tuple(record(p.score, taxonomy) | {"band": band_of(p.score.value, indicator), "place": p.rank} for p in placed),
    )


def _words(among: str, indicator: Indicator, absent: Sequence[str], *, dark: bool) -> tuple[str, ...]:
    named = joined([*absent[:_MOST_NAMED], *([f"{len(absent) - _MOST_NAMED} more"] if len(absent) > _MOST_NAMED else [])])
    words = [
        f"Scores of {among}. {'Lighter' if dark else 'Darker'} means a higher score; {indicator.pillar.direction}. "
        "The columns below the map are its legend: point at one to pick out its countries. "
        "Circles mark countries too small to see at this scale."
    ]
    if absent:
        words.append(f"No score loaded: {named}. They are grey on the map, which does not mean a low score.")
    words.append(
        "Shapes: Natural Earth, public domain. Borders and names on the map imply no position on the status of any territory."
    )
    return tuple(words)


def _in_words(placed: Sequence[RankedScore], indicator: Indicator, title: str) -> str:
    counted = {band: 0 for band in reversed(band_names(indicator))}
    for p in placed:
        counted[band_of(p.score.value, indicator)] += 1
    told = "; ".join(f"{band}: {count} {'country' if count == 1 else 'countries'}" for band, count in counted.items())
    return f"Map, {title}: {told}."
