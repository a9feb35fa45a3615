"""The pyramid figure: its geometry and its text version."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from app.content.pyramid import DARK, HEIGHT, LIGHT, WIDTH, Pyramid

scores = st.floats(1, 10)
pyramids = st.builds(Pyramid, scores, scores, scores)
NAME = "{http://www.w3.org/2000/svg}"


@given(pyramids)
def test_everything_is_inside_the_figure_and_the_shapes_do_not_touch(pyramid: Pyramid) -> None:
    for x, y in (*pyramid.corners, *pyramid.panel):
        assert 0 < x < WIDTH and 0 < y < HEIGHT
    assert pyramid.corners[1][0] < pyramid.panel[0][0]
    for text in ElementTree.fromstring(pyramid.svg("x")).iter(f"{NAME}text"):
        assert 0 < float(text.attrib["x"]) < WIDTH and 0 < float(text.attrib["y"]) < HEIGHT


@given(pyramids, scores)
def test_lengths_grow_with_the_score_they_show_and_with_no_other(pyramid: Pyramid, score: float) -> None:
    def lengths(p: Pyramid) -> tuple[float, float, float]:
        (left, base), (right, _), (_, top) = p.corners
        return right - left, base - top, p.panel[1][1] - p.panel[0][1]

    width, height, panel = lengths(pyramid)
    for number, name in enumerate(("markets", "actors", "resilience")):
        values = {"markets": pyramid.markets, "actors": pyramid.actors, "resilience": pyramid.resilience}
        other = lengths(Pyramid(**{**values, name: score}))
        same = [a for i, a in enumerate(zip((width, height, panel), other, strict=True)) if i != number]
        assert all(a == b for a, b in same)
        mine, its = (width, height, panel)[number], other[number]
        assert abs(mine * score - its * values[name]) < 1e-6


@given(pyramids)
def test_height_and_panel_share_one_scale(pyramid: Pyramid) -> None:
    (_, base), _, (_, top) = pyramid.corners
    panel = pyramid.panel[1][1] - pyramid.panel[0][1]
    assert abs((base - top) * pyramid.resilience - panel * pyramid.actors) < 1e-6


def test_the_figure_says_its_title_its_scores_and_which_way_is_worse() -> None:
    pyramid = Pyramid(6.2, 6.5, 4.58)
    root = ElementTree.fromstring(pyramid.svg("Peru, 2021 edition"))
    shown = [t.text for t in root.iter(f"{NAME}text")]
    assert {"Criminal markets", "6.20 wide", "Criminal actors", "6.50 high", "Resilience", "4.58 high"} <= set(shown)
    assert {"higher is worse", "higher is better"} <= set(shown)
    assert [s for s in shown if s.isdigit()] == [str(n) for n in range(1, 11)]
    assert root.find(f"{NAME}title").text == "Peru, 2021 edition"
    assert root.find(f"{NAME}desc").text == pyramid.words("Peru, 2021 edition")


def test_a_title_is_never_markup() -> None:
    root = ElementTree.fromstring(Pyramid(5, 5, 5).svg("</title><script>alert(1)</script>"))
    assert not list(root.iter(f"{NAME}script"))
    assert root.find(f"{NAME}title").text == "</title><script>alert(1)</script>"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_words_and_outlines_stand_out_in_both_schemes() -> None:
    for colours in (LIGHT, DARK):
        assert contrast(colours.ink, colours.card) >= 7
        assert contrast(colours.faint, colours.card) >= 3
        assert min(contrast(colours.ink, colours.pyramid), contrast(colours.ink, colours.panel)) >= 3
