"""Plots of a benchmark as SVG, for the page around them or as files of their own. Pure: figures in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from app.reports.bench_text import cell_words
from app.reports.eval_plots import opening
from app.reports.html import stylesheet
from index.bench.figures import Bar, Bars, Curve, Line, Part

# As wide as a phone, so that labels stay readable there.
_WIDTH = 380
_ROW, _BAR, _THICK = 42, 225, 14
_LEFT, _RIGHT, _TOP, _PLOT, _FOOT, _ENTRY = 54, 14, 12, 230, 44, 20
_MOST_TICKS = 6
_LEAST_DECADES = 1.1
_SMALLEST = 1e-12
_LINES = 6
_LONGEST = 46
_STYLESHEETS = ("colours.css", "plots.css", "bench_plots.css")


def plots_of(part: Part) -> list[tuple[str, str]]:
    """The (title, SVG) of everything in a part that can be drawn."""
    drawn = [(bars.title, bar_plot(bars)) for bars in part.bars if bars.bars]
    return [*drawn, *((curve.title, curve_plot(curve)) for curve in part.curves if _drawable(curve))]


def svg_file(drawing: str) -> str:
    """A drawing as a file of its own, in light and dark colours."""
    head, rest = drawing.split(">", 1)
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}><style>\n{stylesheet(*_STYLESHEETS)}\nsvg {{ background: var(--paper); }}\n</style>{rest}\n"


def bar_plot(bars: Bars) -> str:
    """A bar from zero for each name, with a thin line up to its 95th percentile; the reference is grey."""
    most = max(max(bar.value, bar.p95 or 0.0) for bar in bars.bars) or 1.0
    parts = [opening(_WIDTH, _ROW * len(bars.bars) + 6, f"{bars.title}, {bars.unit}")]
    for number, bar in enumerate(bars.bars):
        top = number * _ROW + 4
        middle = top + 22 + _THICK / 2
        parts += [
            f'<text x="2" y="{top + 14}">{escape(_short(bar.name))}</text>',
            f'<rect class="track" x="2" y="{top + 22}" width="{_BAR}" height="{_THICK}" rx="3"/>',
            f'<rect class="{"reference" if bar.reference else "bar"}" x="2" y="{top + 22}" '
            f'width="{max(1.0, _BAR * bar.value / most):.1f}" height="{_THICK}" rx="3"/>',
            _late(bar, most, middle),
            f'<text class="small" x="{_BAR + 10}" y="{middle + 4:.1f}">{escape(_said(bar, bars.unit))}</text>',
        ]
    return "".join([*parts, "</svg>"])


def curve_plot(curve: Curve) -> str:
    """The lines on logarithmic axes, and below them a legend with the exponent of each."""
    lines = [_positive(line) for line in curve.lines]
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    across, up = _Axis.over(xs, _LEFT, _WIDTH - _RIGHT), _Axis.over(ys, _TOP + _PLOT, _TOP)
    bottom = _TOP + _PLOT
    parts = [opening(_WIDTH, bottom + _FOOT + _ENTRY * len(lines) + 4, f"{curve.title}: {curve.y} over {curve.x}")]
    parts.append(f'<rect class="track" x="{_LEFT}" y="{_TOP}" width="{_WIDTH - _LEFT - _RIGHT}" height="{_PLOT}"/>')
    for tick in across.ticks:
        parts.append(f'<path class="grid" d="M{across.at(tick):.1f} {_TOP}V{bottom}"/>')
        parts.append(
            f'<text class="small" x="{across.at(tick):.1f}" y="{bottom + 16}" text-anchor="middle">{_tick_words(tick)}</text>'
        )
    for tick in up.ticks:
        parts.append(f'<path class="grid" d="M{_LEFT} {up.at(tick):.1f}H{_WIDTH - _RIGHT}"/>')
        parts.append(
            f'<text class="small" x="{_LEFT - 5}" y="{up.at(tick) + 4:.1f}" text-anchor="end">{_tick_words(tick)}</text>'
        )
    level, upright = (_LEFT + _WIDTH - _RIGHT) / 2, _TOP + _PLOT / 2
    turned = f'transform="rotate(-90 12 {upright})"'
    parts += [
        f'<text class="small" x="{level}" y="{bottom + 34}" text-anchor="middle">{escape(curve.x)}</text>',
        f'<text class="small" x="12" y="{upright}" text-anchor="middle" {turned}>{escape(curve.y)}</text>',
    ]
    for number, line in enumerate(lines):
        parts += _drawn(line, number % _LINES, across, up, bottom + _FOOT + _ENTRY * number + 10)
    return "".join([*parts, "</svg>"])


class _Axis:
    """A logarithmic axis from `start` to `end` on the drawing."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._high, self._start, self._end = low, high, start, end

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> _Axis:
        """An axis over values above zero, with a margin at both ends; nearly equal values are not spread over all of it."""
        low, high = log10(min(values)), log10(max(values))
        room = max(0.05 * (high - low), (_LEAST_DECADES - (high - low)) / 2)
        return cls(low - room, high + room, start, end)

    def at(self, value: float) -> float:
        """The position of a value on the drawing."""
        return self._start + (log10(value) - self._low) / (self._high - self._low) * (self._end - self._start)

    @property
    def ticks(self) -> list[float]:
        """A few round numbers: 1, 2 and 5 times powers of ten, else powers of ten alone, else every n-th power of ten."""
        exponents = range(floor(self._low), ceil(self._high) + 1)
        choices = [[m * 10.0**e for e in exponents for m in (1, 2, 5)]]
        choices += [[10.0**e for e in exponents[::step]] for step in range(1, len(exponents) + 1)]
        shown = ([v for v in values if self._low <= log10(v) <= self._high] for values in choices)
        return next(values for values in shown if len(values) <= _MOST_TICKS)


def _drawn(line: Line, style: int, across: _Axis, up: _Axis, below: float) -> list[str]:
    """A line with its points, and its entry in the legend."""
    at = [(across.at(x), up.at(y)) for x, y in line.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    power = f", exponent {line.exponent:.2f}" if line.exponent is not None else ""
    return [
        f'<path class="curve s{style}" d="M{path}"/>' if path else "",
        *(
            f'<circle class="f{style}" cx="{cx:.1f}" cy="{cy:.1f}" r="3.5"><title>{escape(line.name)}: '
            f"{cell_words(x)}, {cell_words(y)}</title></circle>"
            for (cx, cy), (x, y) in zip(at, line.points, strict=True)
        ),
        f'<path class="curve s{style}" d="M4 {below}H34"/><circle class="f{style}" cx="19" cy="{below}" r="3.5"/>',
        f'<text x="42" y="{below + 4}">{escape(_short(line.name, _LONGEST - len(power)))}{power}</text>',
    ]


def _late(bar: Bar, most: float, middle: float) -> str:
    if bar.p95 is None:
        return ""
    end = 2 + _BAR * bar.p95 / most
    return f'<path class="late" d="M{2 + _BAR * bar.value / most:.1f} {middle:.1f}H{end:.1f}M{end:.1f} {middle - 5:.1f}v10"/>'


def _said(bar: Bar, unit: str) -> str:
    late = f", p95 {cell_words(bar.p95)}" if bar.p95 is not None else ""
    return f"{cell_words(bar.value)} {unit}{late}"


def _tick_words(value: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _short(name: str, longest: int = _LONGEST) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _positive(line: Line) -> Line:
    """The line without the points that a logarithmic axis cannot show."""
    return Line(line.name, tuple((x, y) for x, y in line.points if x > _SMALLEST and y > _SMALLEST))


def _drawable(curve: Curve) -> bool:
    return any(_positive(line).points for line in curve.lines)
