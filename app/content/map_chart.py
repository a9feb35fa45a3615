"""The map as Altair draws it: countries in the colours of their bands, over a histogram as legend. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from typing import Any

import altair as alt

from app.content.charts import TEXT, Drawn
from app.content.links import profile_link
from app.content.map_bands import ELSEWHERE, NOT_LOADED, OUTSIDE, band_colours, band_of
from app.content.panels import NOT_MEASURED, figure
from app.content.world_shapes import Point, World
from corpus.taxonomy import Indicator, Taxonomy
from index.language.phrases import rank_words
from index.scores.ranking import RankedScore

_BORDER = "#7d828a"
_SEEN_AS_POINT = 42
# In pixels: the histogram with its figures, and how wide it gets.
_LEGEND, _WIDEST = 84, 460
# And what is left around the countries, so that a circle at the edge is whole.
_ROOM = 6
_STEPS_A_POINT = 2


@dataclass(frozen=True)
class Mapped:
    """What is on the map: the scores of those `members` that have one."""

    placed: Sequence[RankedScore]
    members: Sequence[str]
    indicator: Indicator
    edition: int


def map_chart(mapped: Mapped, world: World, taxonomy: Taxonomy, *, dark: bool) -> Drawn:
    """The map, as near as the countries with a score allow; pointing at a column of the histogram picks out its countries."""
    by_code = {p.score.country: p for p in mapped.placed}
    told = [_told(t.country, t.name, by_code, mapped, taxonomy) for t in world.territories]
    points = [
        {"east": east, "north": north, **_told(code, "", by_code, mapped, taxonomy)}
        for code, (east, north) in sorted(world.points.items())
        if code in taxonomy.countries
    ]
    colours = band_colours(mapped.indicator, dark=dark)
    seen = [band for band in colours if band in {row["band"] for row in (*told, *points)}]
    scale = alt.Scale(domain=seen, range=[colours[b] for b in seen])
    pointed = alt.selection_point(name="pointed", fields=["band"], on="pointerover", clear="pointerout")
    picked = alt.condition(pointed, alt.value(1), alt.value(0.2))
    land = (
        alt.Chart(alt.InlineData(world.topology(told), format=alt.TopoDataFormat(type="topojson", feature="countries")))
        .transform_calculate(band="datum.properties.band")
        .mark_geoshape(stroke=_BORDER, strokeWidth=0.5, clip=True)
        .encode(
            color=alt.Color("properties.band:N", scale=scale, sort=seen, legend=None),
            opacity=picked,
            tooltip=_tooltip("properties."),
            href="properties.profile:N",
        )
    )
    islands = (
        alt.Chart(alt.InlineData(values=[p for p in points if p["band"] != ELSEWHERE]))
        .mark_circle(size=_SEEN_AS_POINT, stroke=_BORDER, strokeWidth=0.8, clip=True)
        .encode(
            longitude="east:Q",
            latitude="north:Q",
            color=alt.Color("band:N", scale=scale, sort=seen, legend=None),
            opacity=picked,
            tooltip=_tooltip(""),
            href="profile:N",
        )
    )
    chart = alt.layer(land, islands, *_histogram(mapped, scale, pointed)).properties(height=480)
    chart.projection = _projection(world.corners(by_code), whole=len(by_code) > len(taxonomy.countries) / 2)
    return chart


def _histogram(mapped: Mapped, colours: alt.Scale, pointed: alt.Parameter) -> tuple[alt.Chart, alt.Chart]:
    """How many countries score from each half point to the next, in the colours of the map; in its lower corner."""
    counts = Counter((int(p.score.value * _STEPS_A_POINT), band_of(p.score.value, mapped.indicator)) for p in mapped.placed)
    step = 1 / _STEPS_A_POINT
    rows = [
        {"start": n * step, "middle": (n + 0.5) * step, "end": (n + 1) * step, "band": band, "countries": count}
        for (n, band), count in sorted(counts.items())
    ]
    across = alt.Scale(domain=[1, 10.5], nice=False, range=[0, alt.expr(f"min(width, {_WIDEST})")])
    up = alt.Scale(range=[alt.expr("height"), alt.expr(f"height - {_LEGEND - 24}")])
    axis = alt.Axis(values=list(range(1, 11)), format="d", grid=False, titleAnchor="start", titleAlign="left")
    title = f"Countries by score ({mapped.indicator.pillar.direction})"
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("start:Q", bin="binned", title=title, scale=across, axis=axis),
        x2="end:Q",
        y=alt.Y("countries:Q", scale=up, axis=None),
        tooltip=[
            alt.Tooltip("start:Q", title="Score from", format=".2f"),
            alt.Tooltip("end:Q", title="below", format=".2f"),
            alt.Tooltip("countries:Q", title="Countries"),
            alt.Tooltip("band:N", title="Band"),
        ],
    )
    columns = (
        base.mark_bar(stroke=_BORDER, strokeWidth=0.5)
        .encode(color=alt.Color("band:N", scale=colours, legend=None))
        .add_params(pointed)
    )
    written = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(dy=-6, fontSize=10, color=TEXT)
        .encode(x=alt.X("middle:Q", scale=across, title=title), y=alt.Y("countries:Q", scale=up, axis=None), text="countries:Q")
    )
    return columns, written


def _projection(corners: Sequence[Point], *, whole: bool) -> alt.Projection:
    """Equal areas, the countries filling what the histogram leaves. A part of the world is seen from above its middle."""
    around = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": [list(c) for c in corners]}}
    turned: dict[str, Any] = {} if whole else {"rotate": [-_middle(corners), 0]}
    return alt.Projection(
        type="equalEarth",
        fit=around,
        extent=alt.expr(f"[[{_ROOM}, {_ROOM}], [width - {_ROOM}, height - {_LEGEND + _ROOM}]]"),
        clipExtent=alt.expr(f"[[0, 0], [width, height - {_LEGEND}]]"),
        **turned,
    )


def _middle(corners: Sequence[Point]) -> float:
    """The mean longitude, right also for countries on both sides of the line where the date changes."""
    angles = [radians(east) for east, _ in corners]
    return round(degrees(atan2(sum(map(sin, angles)), sum(map(cos, angles)))), 1)


def _tooltip(inside: str) -> list[alt.Tooltip]:
    titles = {"name": "Country", "score": "Score", "place": "Rank"}
    return [alt.Tooltip(f"{inside}{field}:N", title=title) for field, title in titles.items()]


def _told(code: str, name: str, by_code: Mapping[str, RankedScore], mapped: Mapped, taxonomy: Taxonomy) -> dict[str, object]:
    if code not in taxonomy.countries:
        return {"name": name, "score": OUTSIDE, "place": "none", "band": OUTSIDE}
    name, found = taxonomy.countries[code].name, by_code.get(code)
    if code not in mapped.members:
        return {"name": name, "score": ELSEWHERE, "place": "none", "band": ELSEWHERE}
    if found is None:
        return {"name": name, "score": f"{NOT_LOADED} or {NOT_MEASURED}", "place": "none", "band": NOT_LOADED}
    return {
        "name": name,
        "score": figure(found.score.value),
        "place": rank_words(found.rank, found.sharing),
        "band": band_of(found.score.value, mapped.indicator),
        "profile": profile_link(code, mapped.edition),
    }
