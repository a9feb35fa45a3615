"""The bands of scores that the map is coloured in, and their colours. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from corpus.taxonomy import Indicator, Pillar

# What is no band: a country of the Index without a score, a territory that the Index does not score, a country not asked for.
NOT_LOADED = "No score loaded"
OUTSIDE = "Not scored by the Index"
ELSEWHERE = "Not in this group"
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


def band_names(indicator: Indicator) -> tuple[str, ...]:
    """The bands in words, the lowest first; the two ends say what they mean."""
    low, high = ("least severe", "most severe") if indicator.pillar is Pillar.CRIMINALITY else ("weakest", "strongest")
    ends = [*(f - Decimal("0.01") for f in _FLOORS[1:]), Decimal(10)]
    words = [f"{floor:.2f} to {end:.2f}" for floor, end in zip(_FLOORS, ends, strict=True)]
    return f"{words[0]} ({low})", *words[1:-1], f"{words[-1]} ({high})"


def band_of(value: Decimal, indicator: Indicator) -> str:
    """The band that a score falls into."""
    return band_names(indicator)[sum(value >= floor for floor in _FLOORS[1:])]


def band_colours(indicator: Indicator, *, dark: bool) -> Mapping[str, str]:
    """The colour of each band and of what has none. `dark` is whether it stands on a dark ground."""
    fills = (_DARK_SCALES if dark else _SCALES)[indicator.pillar]
    named = dict(zip(band_names(indicator), fills, strict=True))
    return named | {NOT_LOADED: _NO_SCORE, OUTSIDE: "transparent", ELSEWHERE: "transparent"}
