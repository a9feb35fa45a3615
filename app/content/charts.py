"""Charts as Altair specifications with all their data inline, so that drawing them loads nothing from another host. Pure.

Every chart can be read in light and dark and without colour vision: names are on axes or beside marks, and whatever a colour
says, a word, a shape or a position says too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

import altair as alt

from corpus.taxonomy import Pillar

Rows = Sequence[Mapping[str, object]]
Drawn = alt.Chart | alt.LayerChart | alt.FacetChart

# Contrast of more than 3:1 with a white and with a near-black page.
COLOURS = {Pillar.CRIMINALITY: "#c2571a", Pillar.RESILIENCE: "#2f83ab"}
GREY = "#8a8f98"
# Equal contrast with white and near-black; Vega's default black is unreadable in the dark.
TEXT = "#767c86"
# Okabe and Ito's palette, without the colours too pale for the light page or too dark for the dark one.
_SERIES = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#b08600", "#6f7580")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_BAR = 22
# Pixels: wide enough for the longest name of a country.
_LABELS = 170
_MOST_NAMED = 30
_SOURCE = "Source: Global Organized Crime Index, ocindex.net"
# In characters: what a phone shows in a line.
_TITLE = 44


def titled(chart: Drawn, title: str) -> Drawn:
    """The chart under its title and with its source, so that a picture of it can stand alone."""
    lines = textwrap.wrap(title, _TITLE)
    words = alt.TitleParams(
        lines, subtitle=_SOURCE, anchor="start", frame="bounds", fontSize=13, subtitleFontSize=11, subtitleColor=TEXT, offset=12
    )
    # Streamlit fits chart and title into the height together.
    height = chart.height + 18 * len(lines) + 26
    return chart.properties(title=words, height=height, padding={"left": 2, "top": 6, "right": 8, "bottom": 14})


def bars(rows: Rows, pillar: Pillar, axis: str) -> Drawn:
    """A bar for each row in the order given, the others pale where some are marked. Rows: name, score, place, marked."""
    base = alt.Chart(_inline(rows)).encode(
        y=_names(),
        x=alt.X("score:Q", title=axis, scale=alt.Scale(domain=[0, 11]), axis=_ticks(range(0, 11, 2))),
        tooltip=[alt.Tooltip("name:N", title="Country"), _score("score", "Score"), alt.Tooltip("place:N", title="Rank")],
    )
    written = base.mark_text(align="left", dx=4, color=TEXT, fontSize=12).encode(text=alt.Text("score:Q", format=".2f"))
    drawn = base.mark_bar(color=COLOURS[pillar], height={"band": 0.75})
    if any(row.get("marked") for row in rows):
        drawn = drawn.encode(opacity=alt.condition(alt.datum.marked, alt.value(1), alt.value(0.4)))
    return alt.layer(drawn, written).properties(height=_height(rows))


def answer_bars(labels: Sequence[str], values: Sequence[float], axis: str, *, scores: bool) -> Drawn:
    """A bar with its value for each label in the order given; scores on their whole scale, so that 7 looks like 7 out of 10."""
    rows = [{"name": label, "value": value} for label, value in zip(labels, values, strict=True)]
    base = alt.Chart(_inline(rows)).encode(
        y=_names(),
        x=_whole_scale(axis) if scores else alt.X("value:Q", title=axis, scale=alt.Scale(padding=40)),
        tooltip=[alt.Tooltip("name:N", title="Name"), _score("value", axis)],
    )
    written = _values(base, ".2f" if scores else "+.2f")
    return alt.layer(base.mark_bar(height={"band": 0.75}), written).properties(height=_height(rows))


def grouped_bars(groups: Sequence[str], labels: Sequence[str], values: Sequence[float], axis: str) -> Drawn:
    """Scores of several names in each group, a colour for each name; bars of a group stand in the order of the legend."""
    rows = [{"group": g, "name": n, "value": v} for g, n, v in zip(groups, labels, values, strict=True)]
    names = list(dict.fromkeys(labels))
    # What stands in brackets goes under the name: beside it, a phone would have no room for the bars.
    two_lines = alt.Axis(labelExpr="split(replace(datum.label, ' (', '|('), '|')", labelLimit=_LABELS)
    base = alt.Chart(_inline(rows)).encode(
        y=alt.Y("group:N", sort=None, title=None, axis=two_lines),
        yOffset=alt.YOffset("name:N", sort=names),
        x=_whole_scale(axis),
        tooltip=[alt.Tooltip("group:N", title=" "), alt.Tooltip("name:N", title="Name"), _score("value", axis)],
    )
    colour = alt.Color(
        "name:N", sort=names, scale=alt.Scale(domain=names, range=list(_SERIES)), legend=alt.Legend(title=None, orient="top")
    )
    return alt.layer(base.mark_bar().encode(color=colour), _values(base, ".2f")).properties(
        height=_height(rows) + _BAR * (1 + len(set(groups)))
    )


def answer_line(editions: Sequence[str], values: Sequence[float], axis: str) -> Drawn:
    """A line through the editions with every score written at its point, since the axis does not begin at zero."""
    rows = [{"edition": edition, "value": value} for edition, value in zip(editions, values, strict=True)]
    scale = alt.Scale(domain=[min(values) - 0.5, max(values) + 0.5], nice=False)
    base = alt.Chart(_inline(rows)).encode(
        x=alt.X("edition:O", title="Edition", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=axis, scale=scale),
        tooltip=[alt.Tooltip("edition:O", title="Edition"), _score("value", axis)],
    )
    written = base.mark_text(dy=-13, color=TEXT, fontSize=12).encode(text=alt.Text("value:Q", format=".2f"))
    points = base.mark_point(filled=True, size=70, opacity=1)
    return alt.layer(base.mark_line(strokeWidth=2), points, written).properties(height=240)


def answer_scatter(labels: Sequence[str], across: Sequence[float], up: Sequence[float], first: str, second: str) -> Drawn:
    """A circle for each pair of scores, larger where several countries share it; `first` and `second` name the axes."""
    shared: dict[tuple[float, float], list[str]] = {}
    for label, x, y in zip(labels, across, up, strict=True):
        shared.setdefault((x, y), []).append(label)
    rows = [{"first": x, "second": y, "countries": len(names), "names": ", ".join(names)} for (x, y), names in shared.items()]
    return scatter(rows, first, second, named=len(rows) <= _MOST_NAMED)


def distribution(rows: Rows, axis: str) -> Drawn:
    """A column for each step of the scale, marked where a country of the answer stands. Rows: start, end, countries, names."""
    scale = alt.Scale(domain=[1, 10.5], nice=False)
    x = alt.X("start:Q", bin="binned", title=axis, scale=scale, axis=_ticks(range(1, 11)))
    base = alt.Chart(_inline(rows)).encode(
        x=x,
        x2="end:Q",
        y=alt.Y("countries:Q", title="Countries", axis=alt.Axis(tickMinStep=1)),
        tooltip=[
            _score("start", "Score from"),
            _score("end", "below"),
            alt.Tooltip("countries:Q", title="Countries"),
            alt.Tooltip("names:N", title="Of the answer"),
        ],
    )
    own = alt.datum.names != ""
    others = base.transform_filter(alt.datum.names == "").mark_bar(color=GREY, opacity=0.55)
    marked = base.transform_filter(own).mark_bar(color=_SERIES[0])
    written = (
        alt.Chart(_inline(rows))
        .transform_filter(own)
        .mark_text(dy=-8, color=TEXT, fontSize=12, limit=160)
        .encode(x=alt.X("middle:Q", title=axis), y="height:Q", text="names:N")
    )
    return alt.layer(others, marked, written).properties(height=200)


def courses(points: Sequence[tuple[str, int, float]], axis: str) -> Drawn:
    """A line for each name through editions, named at its end; points are name, edition and score, editions in order."""
    rows = [{"name": name, "edition": str(edition), "score": score} for name, edition, score in points]
    last = {name: (edition, score) for name, edition, score in points}
    gap = (max(score for *_, score in points) - min(score for *_, score in points) + 0.6) * 0.08
    heights = spread({name: score for name, (_, score) in last.items()}, gap)
    return slopes(rows, [{"name": n, "edition": str(last[n][0]), "height": heights[n]} for n in last], axis)


def slopes(rows: Rows, labels: Rows, axis: str) -> Drawn:
    """A line for each country through editions. Rows: name, edition, score. Labels, one for each line: name, edition, height."""
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    heights = [float(str(row["score"])) for row in rows] + [float(str(row["height"])) for row in labels]
    editions = alt.X("edition:O", title="Edition", axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.7))
    score = alt.Y("score:Q", title=axis, scale=alt.Scale(domain=[min(heights) - 0.3, max(heights) + 0.3], nice=False))
    colour = alt.Color("name:N", sort=names, scale=alt.Scale(domain=names, range=list(_SERIES[: len(names)])), legend=None)
    shape = alt.Shape("name:N", sort=names, scale=alt.Scale(domain=names, range=list(_SHAPES[: len(names)])), legend=None)
    told = [alt.Tooltip("name:N", title=" "), alt.Tooltip("edition:O", title="Edition"), _score("score", "Score")]
    base = alt.Chart(_inline(rows)).encode(x=editions, y=score, color=colour)
    written = (
        alt.Chart(_inline(labels))
        .mark_text(align="left", dx=9, limit=100, fontSize=12)
        .encode(x=editions, y=alt.Y("height:Q", title=axis), text="name:N", color=colour)
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(shape=shape, tooltip=told)
    return alt.layer(base.mark_line(strokeWidth=2), points, written).properties(height=260)


def scatter(rows: Rows, across: str, up: str, *, named: bool) -> Drawn:
    """A circle at each pair of scores, larger where more countries share it. Rows: first, second, countries, names."""
    scale = alt.Scale(domain=[0.5, 10.5], nice=False)
    ticks = alt.Axis(values=list(range(1, 11)))
    base = alt.Chart(_inline(rows)).encode(
        x=alt.X("first:Q", title=across, scale=scale, axis=ticks), y=alt.Y("second:Q", title=up, scale=scale, axis=ticks)
    )
    most = max(int(str(row["countries"])) for row in rows)
    circles = base.mark_circle(color=COLOURS[Pillar.RESILIENCE], opacity=0.85, stroke=GREY, strokeWidth=0.5).encode(
        size=alt.Size("countries:Q", scale=alt.Scale(domain=[1, max(most, 2)], range=[45, 45 * min(most, 12) + 45]), legend=None),
        tooltip=[
            alt.Tooltip("names:N", title="Countries"),
            _score("first", across.split(" (")[0]),
            _score("second", up.split(" (")[0]),
        ],
    )
    written = base.mark_text(align="left", dx=7, dy=-5, limit=120, color=TEXT, fontSize=11).encode(text="names:N")
    return alt.layer(circles, *([written] if named else [])).properties(height=420)


def ranges(rows: Rows, axis: str) -> Drawn:
    """Lowest to highest of each row, with mean and median. Rows: name, lowest, highest, mean, median, countries."""
    base = alt.Chart(_inline(rows)).encode(
        y=_names(),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            *(_score(field, field.capitalize()) for field in ("mean", "median", "lowest", "highest")),
            alt.Tooltip("countries:Q", title="Countries"),
        ],
    )
    scale = alt.Scale(domain=[1, 10], nice=False)
    line = base.mark_rule(color=GREY, strokeWidth=4, opacity=0.6, strokeCap="round").encode(
        x=alt.X("lowest:Q", title=axis, scale=scale, axis=_ticks(range(1, 11))), x2="highest:Q"
    )
    median = base.mark_tick(color=COLOURS[Pillar.CRIMINALITY], thickness=3, height=15, opacity=1).encode(
        x=alt.X("median:Q", scale=scale)
    )
    mean = base.mark_point(shape="diamond", filled=True, size=90, opacity=1, color=COLOURS[Pillar.RESILIENCE]).encode(
        x=alt.X("mean:Q", scale=scale)
    )
    return alt.layer(line, median, mean).properties(height=_height(rows))


def spread(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Heights of labels at least `gap` apart: from the lowest up, each is raised only as far as it must be."""
    placed: dict[str, float] = {}
    floor = float("-inf")
    for name, height in sorted(heights.items(), key=lambda pair: (pair[1], pair[0])):
        placed[name] = floor = max(height, floor)
        floor += gap
    return placed


def _inline(rows: Rows) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def _names() -> alt.Y:
    return alt.Y(
        "name:N", sort=None, title=None, axis=alt.Axis(labelLimit=_LABELS, labelOverlap=False, labelFlush=False, labelBound=False)
    )


def _whole_scale(axis: str) -> alt.X:
    """Scores from 0 to 10, with room for a figure behind the longest bar."""
    return alt.X("value:Q", title=axis, scale=alt.Scale(domain=[0, 11]), axis=alt.Axis(values=list(range(0, 11, 2))))


def _values(base: alt.Chart, form: str) -> alt.Chart:
    """The value of each bar, beyond its end."""
    written: alt.Chart = base.mark_text(
        align=alt.expr("datum.value < 0 ? 'right' : 'left'"), dx=alt.expr("datum.value < 0 ? -4 : 4"), color=TEXT, fontSize=12
    ).encode(text=alt.Text("value:Q", format=form))
    return written


def _ticks(values: Iterable[int]) -> alt.Axis:
    """An axis under bars. Its title ends where the bars end: centred beside long names, it would be cut off on a phone."""
    return alt.Axis(values=list(values), titleAnchor="end")


def _score(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(f"{field}:Q", title=title, format=".2f")


def _height(rows: Rows) -> int:
    return _BAR * len(rows) + 75
