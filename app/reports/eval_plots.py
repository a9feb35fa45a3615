"""Charts of a result as inline SVG, styled by the page around them. Pure: figures in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import sqrt

from index.evals.summary import Bin, Figure
from index.evals.trade_off import TradeOff

_LABEL, _BAR, _VALUE, _ROW = 150, 260, 150, 26
_SIDE, _EDGE = 280, 44


def bars(rows: Sequence[tuple[str, Figure]], title: str) -> str:
    """A bar from 0 to 1 for each name, with its interval as a line and its value in words."""
    height = _ROW * len(rows) + 8
    parts = [opening(_LABEL + _BAR + _VALUE, height, title)]
    for at, (name, figure) in enumerate(rows):
        middle = at * _ROW + _ROW / 2 + 4
        left, right = (_LABEL + _BAR * min(max(end, 0.0), 1.0) for end in (figure.low, figure.high))
        said = f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}], {figure.cases}"
        parts += [
            f'<text x="{_LABEL - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(_short(name))}</text>',
            f'<rect class="track" x="{_LABEL}" y="{middle - 7:.1f}" width="{_BAR}" height="14" rx="3"/>',
            f'<rect class="bar" x="{_LABEL}" y="{middle - 7:.1f}" width="{_BAR * figure.value:.1f}" height="14" rx="3"/>',
            f'<path class="whisker" d="M{left:.1f} {middle:.1f}H{right:.1f}"/>',
            f'<text class="small" x="{_LABEL + _BAR + 8}" y="{middle + 4:.1f}">{said}</text>',
        ]
    return "".join([*parts, "</svg>"])


def reliability_plot(bins: Sequence[Bin]) -> str:
    """The share of right answers over confidence: a dot for each bin, larger for more cases."""
    most = max((b.cases for b in bins), default=1)
    parts = [opening(_SIDE + _EDGE + 14, _SIDE + _EDGE + 14, "Reliability: confidence against the share of right answers")]
    parts.append(f'<rect class="track" x="{_EDGE}" y="10" width="{_SIDE}" height="{_SIDE}"/>')
    parts.append(f'<path class="diagonal" d="M{_EDGE} {_SIDE + 10}L{_EDGE + _SIDE} 10"/>')
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text class="small" x="{_x(tick)}" y="{_SIDE + 26}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text class="small" x="{_EDGE - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
    for b in bins:
        said = f"confidence {b.confidence:.2f}, right {b.right:.2f}, {b.cases} questions"
        radius = 4 + 8 * sqrt(b.cases / most)
        at = f'cx="{_x(b.confidence):.1f}" cy="{_y(b.right):.1f}" r="{radius:.1f}"'
        parts.append(f'<circle class="dot" {at}><title>{said}</title></circle>')
    parts.append(f'<text class="small" x="{_EDGE + _SIDE / 2}" y="{_SIDE + 44}" text-anchor="middle">confidence</text>')
    middle = 10 + _SIDE / 2
    parts.append(
        f'<text class="small" x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">share right</text>'
    )
    return "".join([*parts, "</svg>"])


def trade_off_plot(lines: Sequence[TradeOff]) -> str:
    """The share of the unanswerable that is declined over that of the answerable: a dot for each line, joined."""
    parts = [opening(_SIDE + _EDGE + 14, _SIDE + _EDGE + 14, "Declined: unanswerable against answerable questions")]
    parts.append(f'<rect class="track" x="{_EDGE}" y="10" width="{_SIDE}" height="{_SIDE}"/>')
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text class="small" x="{_x(tick)}" y="{_SIDE + 26}" text-anchor="middle">{tick:.0%}</text>')
        parts.append(f'<text class="small" x="{_EDGE - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:.0%}</text>')
    path = "L".join(f"{_x(t.answerable):.1f} {_y(t.unanswerable):.1f}" for t in lines)
    parts.append(f'<path class="whisker" fill="none" d="M{path}"/>')
    for t in lines:
        said = f"line {t.line:.1f}: {t.answerable:.1%} of the answerable declined, {t.unanswerable:.1%} of the unanswerable"
        at = f'cx="{_x(t.answerable):.1f}" cy="{_y(t.unanswerable):.1f}" r="4"'
        parts.append(f'<circle class="dot" {at}><title>{said}</title></circle>')
    parts.append(f'<text class="small" x="{_EDGE + _SIDE / 2}" y="{_SIDE + 44}" text-anchor="middle">answerable declined</text>')
    middle = 10 + _SIDE / 2
    turned = f'transform="rotate(-90 12 {middle})"'
    parts.append(f'<text class="small" x="12" y="{middle}" text-anchor="middle" {turned}>unanswerable declined</text>')
    return "".join([*parts, "</svg>"])


def opening(width: float, height: float, title: str) -> str:
    """The opening tag of a drawing of this size, which shrinks with the page and is labelled for screen readers."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
    )


def _short(name: str) -> str:
    return name if len(name) <= 22 else name[:21] + "…"


def _x(share: float) -> float:
    return _EDGE + _SIDE * share


def _y(share: float) -> float:
    return 10 + _SIDE * (1 - share)
