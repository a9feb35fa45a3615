"""The grammar of printed figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import Change, is_figure_label, parse_change, parse_figure, parse_rank

hundredths = st.integers(100, 1000)
changes = st.integers(-900, 900)


@pytest.mark.parametrize(
    ("text", "score", "kind", "change"),
    [
        ("6.400.05", 6.40, Change.NUMBER, 0.05),
        ("4.87-0.04", 4.87, Change.NUMBER, -0.04),
        ("4.50 n/a", 4.50, Change.NOT_AVAILABLE, None),
        ("4.50n/a", 4.50, Change.NOT_AVAILABLE, None),
        ("10.000.50", 10.00, Change.NUMBER, 0.50),
        ("10.00-1.00", 10.00, Change.NUMBER, -1.00),
        ("1.001.00", 1.00, Change.NUMBER, 1.00),
        ("9.00", 9.00, Change.NONE, None),
        ("8.50 −0.50", 8.50, Change.NUMBER, -0.50),
    ],
)
def test_a_glued_score_and_change_are_told_apart(text: str, score: float, kind: Change, change: float | None) -> None:
    figure = parse_figure(text)
    assert figure is not None
    assert (figure.score, figure.kind, figure.change) == (score, kind, change)


@given(hundredths, changes, st.sampled_from(["", " "]))
def test_whatever_the_index_could_print_reads_back(score: int, change: int, space: str) -> None:
    printed = f"{score / 100:.2f}{space}{change / 100:.2f}"
    figure = parse_figure(printed)
    assert figure is not None
    assert round(figure.score * 100) == score
    assert round((figure.change or 0) * 100) == change


@given(st.text(max_size=40))
def test_any_other_text_is_no_figure_or_one_with_a_score(text: str) -> None:
    figure = parse_figure(text)
    assert figure is None or 0 <= figure.score < 100


@pytest.mark.parametrize(
    ("text", "rank", "of", "within"),
    [
        ("26th of 193 countries", 26, 193, None),
        ("114th of 193 countries -27", 114, 193, None),
        ("35th of 54 countries in Africa-5", 35, 54, "Africa"),
        ("4th of 11 countries in Central Africa0", 4, 11, "Central Africa"),
        ("11th of 21 countries in Caribbean & Central-2", 11, 21, "Caribbean & Central"),
        ("1st of 4 countries in Micronesia", 1, 4, "Micronesia"),
    ],
)
def test_a_rank_is_read_and_its_move_thrown_away(text: str, rank: int, of: int, within: str | None) -> None:
    parsed = parse_rank(text)
    assert parsed is not None
    assert (parsed.rank, parsed.of, parsed.within) == (rank, of, within)


def test_a_score_outside_the_scale_is_read_and_known_to_be_outside() -> None:
    inside, outside = parse_figure("10.00"), parse_figure("11.00")
    assert inside is not None and inside.in_range
    assert outside is not None and not outside.in_range


def test_not_available_is_not_a_number() -> None:
    assert parse_change("n/a") is None
    assert parse_change("-0.50") == -0.5


def test_the_numbers_of_the_drawing_are_not_figures() -> None:
    assert is_figure_label("3.10 2.20 4.40 3.10 2.20 4.40")
    assert parse_figure("3.10 2.20 4.40") is None
    assert not is_figure_label("6.40")
