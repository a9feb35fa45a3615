"""The Index's figure of a country as an SVG: a pyramid whose width is criminal markets and whose height is criminal actors, and
beside it a panel whose height is resilience. Pure.

It is drawn on its own card, so that it can be read on any background; the dotted outlines show the top of the scale, 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 360, 352
_TOP, _UNIT_HEIGHT, _UNIT_WIDTH = 50, 22, 20
_BASELINE = _TOP + 10 * _UNIT_HEIGHT
_MIDDLE, _PANEL_MIDDLE, _PANEL_WIDTH = 140, 302, 64
_AXIS = 28

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme, as SVG colours."""

    card: str
    ink: str
    faint: str
    pyramid: str
    panel: str


LIGHT = Colours(card="#ffffff", ink="#22211f", faint="#807d77", pyramid="#e8a27c", panel="#8db8ea")
DARK = Colours(card="#242321", ink="#f4f3f0", faint="#8f8c86", pyramid="#a4542a", panel="#2f6199")


@dataclass(frozen=True, slots=True)
class Pyramid:
    """The three scores, each 1 to 10. Lengths start at zero, so twice the score is twice the length."""

    markets: float
    actors: float
    resilience: float

    @property
    def corners(self) -> tuple[Point, Point, Point]:
        """The pyramid: left and right end of the base, then the apex, in SVG units."""
        half = self.markets * _UNIT_WIDTH / 2
        return (_MIDDLE - half, _BASELINE), (_MIDDLE + half, _BASELINE), (_MIDDLE, _BASELINE - self.actors * _UNIT_HEIGHT)

    @property
    def panel(self) -> tuple[Point, Point]:
        """The panel: upper left and lower right corner, in SVG units."""
        left = _PANEL_MIDDLE - _PANEL_WIDTH / 2
        return (left, _BASELINE - self.resilience * _UNIT_HEIGHT), (left + _PANEL_WIDTH, _BASELINE)

    def words(self, title: str) -> str:
        """The text version of the figure."""
        return (
            f"{title}: a pyramid whose base is criminal markets, {self.markets:.2f}, and whose height is criminal actors, "
            f"{self.actors:.2f}, where higher is worse; beside it a panel as high as resilience, {self.resilience:.2f}, where "
            "higher is better. The scale runs from 1 to 10."
        )

    def svg(self, title: str, *, dark: bool = False) -> str:
        """The figure as one SVG element; `title` is plain text."""
        colours = DARK if dark else LIGHT
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
                f'role="img" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="{colours.ink}">',
                f"<title>{escape(title)}</title>",
                f"<desc>{escape(self.words(title))}</desc>",
                f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{colours.card}"/>',
                *_grid(colours),
                *_shapes(self, colours),
                *_labels(self, colours),
                "</svg>",
            ]
        )


def _grid(colours: Colours) -> list[str]:
    lines = []
    for score in range(1, 11):
        y = _BASELINE - score * _UNIT_HEIGHT
        lines.append(f'<path d="M{_AXIS} {y}H{WIDTH - 12}" stroke="{colours.faint}" stroke-width="0.5" stroke-opacity="0.5"/>')
        lines.append(_text(_AXIS - 6, y + 4, str(score), anchor="end", size=11))
    lines.append(f'<path d="M{_AXIS} {_BASELINE}H{WIDTH - 12}" stroke="{colours.ink}" stroke-width="1"/>')
    return lines


def _shapes(pyramid: Pyramid, colours: Colours) -> list[str]:
    highest = Pyramid(10, 10, 10)
    dotted = f'fill="none" stroke="{colours.faint}" stroke-dasharray="2 4"'
    drawn = f'stroke="{colours.ink}" stroke-width="1.5" stroke-linejoin="round"'
    return [
        f'<polygon points="{_points(highest)}" {dotted}/>',
        f"<rect {_box(highest)} {dotted}/>",
        f'<polygon points="{_points(pyramid)}" fill="{colours.pyramid}" {drawn}/>',
        f'<rect {_box(pyramid)} fill="{colours.panel}" {drawn}/>',
    ]


def _labels(pyramid: Pyramid, colours: Colours) -> list[str]:
    (left, _), (right, _), (_, top) = pyramid.corners
    (_, panel_top), _ = pyramid.panel
    ruler = _BASELINE + 12
    return [
        _halo(_MIDDLE, top - 22, "Criminal actors", colours),
        _halo(_MIDDLE, top - 7, f"{pyramid.actors:.2f} high", colours, bold=True),
        _halo(_PANEL_MIDDLE, panel_top - 22, "Resilience", colours),
        _halo(_PANEL_MIDDLE, panel_top - 7, f"{pyramid.resilience:.2f} high", colours, bold=True),
        f'<path d="M{left:.1f} {ruler - 5}v10M{left:.1f} {ruler}H{right:.1f}m0 -5v10" stroke="{colours.ink}" fill="none"/>',
        _text(_MIDDLE, ruler + 20, "Criminal markets"),
        _text(_MIDDLE, ruler + 36, f"{pyramid.markets:.2f} wide", bold=True),
        _text(_MIDDLE, ruler + 58, "higher is worse", size=12),
        _text(_PANEL_MIDDLE, ruler + 58, "higher is better", size=12),
    ]


def _points(pyramid: Pyramid) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pyramid.corners)


def _box(pyramid: Pyramid) -> str:
    (left, top), (right, bottom) = pyramid.panel
    return f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}"'


def _text(x: float, y: float, words: str, anchor: str = "middle", size: int = 13, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{weight}>{escape(words)}</text>'


def _halo(x: float, y: float, words: str, colours: Colours, bold: bool = False) -> str:
    """Text with an outline in the card's colour, readable over lines."""
    edge = f'<text paint-order="stroke" stroke="{colours.card}" stroke-width="4" stroke-linejoin="round"'
    return _text(x, y, words, bold=bold).replace("<text", edge, 1)
