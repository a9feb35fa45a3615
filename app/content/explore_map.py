"""Map: one score around the world, in bands named in the legend. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from app.content.charts import Drawn
from app.content.explore_ranking import among_words
from app.content.file_names import file_stem
from app.content.links import profile_link
from app.content.panels import NOT_MEASURED, Drawing, Panel, figure, record
from app.content.world_shapes import World
from corpus.taxonomy import WORLD, Indicator, Pillar, Taxonomy
from index.language.phrases import in_sentence, joined, rank_words
from index.scores.ranking import RankedScore, ranked
from index.scores.score import Score

NOT_LOADED = "No score loaded"
OUTSIDE = "Not scored by the Index"
# The lowest score of each band, the lowest band first.
_FLOORS = (Decimal(1), Decimal(3), Decimal("4.5"), Decimal(6), Decimal("7.5"))
# One hue for each scale, from light to dark: a darker country always has the higher score, even without colour vision.
_SCALES = {
    Pillar.CRIMINALITY: ("#fde0b8", "#f7b267", "#e0762b", "#ad4511", "#6b2a08"),
    Pillar.RESILIENCE: ("#d6e9f3", "#93c5de", "#4c98c2", "#22688f", "#123f5c"),
}
# On a dark ground the order is turned: the highest score is the lightest, so that it does not fade into the ground.
_DARK_SCALES = {
    Pillar.CRIMINALITY: ("#5f3414", "#99501b", "#d5752a", "#f5a95f", "#ffe6c8"),
    Pillar.RESILIENCE: ("#164a69", "#27719b", "#4f9fcb", "#94c9e6", "#e2f2fb"),
}
_NO_SCORE = "#a7abb2"
_BORDER = "#7d828a"
_SEEN_AS_POINT = 42
_MOST_NAMED = 12


def band_names(indicator: Indicator) -> tuple[str, ...]:
    """The bands in words, the lowest first; the two ends say what they mean."""
    low, high = ("least severe", "most severe") if indicator.pillar is Pillar.CRIMINALITY else ("weakest", "strongest")
    ends = [*(f - Decimal("0.01") for f in _FLOORS[1:]), Decimal(10)]
    words = [f"{floor:.2f} to {end:.2f}" for floor, end in zip(_FLOORS, ends, strict=True)]
    return f"{words[0]} ({low})", *words[1:-1], f"{words[-1]} ({high})"


def band_of(value: Decimal, indicator: Indicator) -> str:
    """The band that a score falls into."""
    return band_names(indicator)[sum(value >= floor for floor in _FLOORS[1:])]


def map_panel(
    indicator_id: str, edition: int, scores: Sequence[Score], world: World, taxonomy: Taxonomy, *, dark: bool = False
) -> Panel:
    """The map of an indicator in an edition; `scores` are those of it. `dark` is whether it stands on a dark ground."""
    indicator = taxonomy.indicators[indicator_id]
    placed = ranked(scores)
    title = f"{indicator.name}, {edition} edition, the world"
    if not placed:
        nothing = f"No scores for {in_sentence(indicator)} in the {edition} edition are loaded."
        return Panel("map", title, nothing=nothing, next_step="choose another indicator or edition.")
    absent = [c.name for c in taxonomy.countries.values() if c.iso3 not in {p.score.country for p in placed}]
    return Panel(
        name=file_stem("map", indicator_id, str(edition), WORLD),
        title=title,
        words=_words(placed, indicator, absent, taxonomy, dark=dark),
        drawings=(
            Drawing(title, _chart(placed, indicator, edition, world, taxonomy, dark=dark), _in_words(placed, indicator, title)),
        ),
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


def _words(
    placed: Sequence[RankedScore], indicator: Indicator, absent: Sequence[str], taxonomy: Taxonomy, *, dark: bool
) -> tuple[str, ...]:
    named = joined([*absent[:_MOST_NAMED], *([f"{len(absent) - _MOST_NAMED} more"] if len(absent) > _MOST_NAMED else [])])
    among, higher = among_words(len(placed), len(taxonomy.countries), WORLD, taxonomy), "Lighter" if dark else "Darker"
    words = [
        f"Scores of {among}. {higher} means a higher score; {indicator.pillar.direction}. "
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


def _chart(
    placed: Sequence[RankedScore], indicator: Indicator, edition: int, world: World, taxonomy: Taxonomy, *, dark: bool
) -> Drawn:
    by_code = {p.score.country: p for p in placed}
    bands = band_names(indicator)
    told = [_told(t.country, t.name, by_code, indicator, edition, taxonomy) for t in world.territories]
    shapes = alt.InlineData(values=world.topology(told), format=alt.TopoDataFormat(type="topojson", feature="countries"))
    points = [
        {"east": east, "north": north, **_told(code, "", by_code, indicator, edition, taxonomy)}
        for code, (east, north) in sorted(world.points.items())
        if code in taxonomy.countries
    ]
    seen = [b for b in (*bands, NOT_LOADED, OUTSIDE) if b in {row["band"] for row in (*told, *points)}]
    fills = (_DARK_SCALES if dark else _SCALES)[indicator.pillar]
    colours = dict(zip(bands, fills, strict=True)) | {NOT_LOADED: _NO_SCORE, OUTSIDE: "transparent"}
    scale = alt.Scale(domain=seen, range=[colours[b] for b in seen])
    legend = alt.Legend(
        title=f"Score ({indicator.pillar.direction})", orient="bottom", columns=2, symbolType="square", symbolStrokeColor=_BORDER,
        symbolStrokeWidth=1, symbolSize=140, labelLimit=220, titleLimit=300,
    )  # fmt: skip
    land = (
        alt.Chart(shapes)
        .mark_geoshape(stroke=_BORDER, strokeWidth=0.5)
        .encode(
            color=alt.Color("properties.band:N", scale=scale, sort=seen, legend=legend),
            tooltip=_tooltip("properties."),
            href="properties.profile:N",
        )
    )
    islands = (
        alt.Chart(alt.InlineData(values=points))
        .mark_circle(size=_SEEN_AS_POINT, opacity=1, stroke=_BORDER, strokeWidth=0.8)
        .encode(
            longitude="east:Q",
            latitude="north:Q",
            color=alt.Color("band:N", scale=scale, sort=seen, legend=legend),
            tooltip=_tooltip(""),
            href="profile:N",
        )
    )
    return alt.layer(land, islands).project(type="equalEarth").properties(height=480)


def _tooltip(inside: str) -> list[alt.Tooltip]:
    titles = {"name": "Country", "score": "Score", "place": "Rank"}
    return [alt.Tooltip(f"{inside}{field}:N", title=title) for field, title in titles.items()]


def _told(
    code: str, name: str, by_code: dict[str, RankedScore], indicator: Indicator, edition: int, taxonomy: Taxonomy
) -> dict[str, object]:
    if code not in taxonomy.countries:
        return {"name": name, "score": OUTSIDE, "place": "none", "band": OUTSIDE}
    name, found = taxonomy.countries[code].name, by_code.get(code)
    if found is None:
        return {"name": name, "score": f"{NOT_LOADED} or {NOT_MEASURED}", "place": "none", "band": NOT_LOADED}
    return {
        "name": name,
        "score": figure(found.score.value),
        "place": rank_words(found.rank, found.sharing),
        "band": band_of(found.score.value, indicator),
        "profile": profile_link(code, edition),
    }
