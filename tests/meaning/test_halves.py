"""Questions that ask two things, as texts."""

from __future__ import annotations

import pytest

from index.meaning.halves import both_ends, clauses_of


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("who makes this index and who pays for it", "who makes this index", "who pays for it"),
        ("Where does Peru rank in 2023, and has it moved since?", "Where does Peru rank in 2023", "has it moved since?"),
        ("What is Mali's score? How does it compare with Chad's?", "What is Mali's score", "How does it compare with Chad's?"),
    ],
)
def test_two_questions_are_told_apart_as_typed(text: str, first: str, second: str) -> None:
    assert (first, second) in clauses_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oman or Yemen, who is safer",
        "In terms of courts, which of the two is better, Chad or Mali?",
        "which countries are in the EU and have criminality above 5",
        "Sweden: mafia-style groups, how large is the rise since 2021?",
    ],
)
def test_what_does_not_ask_by_itself_is_no_question(text: str) -> None:
    assert not list(clauses_of(text))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Zambia's strongest and weakest markets", ("Zambia's strongest markets", "Zambia's weakest markets")),
        ("Haiti's 3 best measures and 2 worst markets", ("Haiti's 3 best measures", "Haiti's 2 worst markets")),
        ("highest / lowest resilience in Asia", ("highest resilience in Asia", "lowest resilience in Asia")),
        ("the top and bottom 3 for heroin", ("the top 3 for heroin", "the bottom 3 for heroin")),
        ("Peru's three best and worst markets", ("Peru's three best markets", "Peru's three worst markets")),
        ("the 7 best and seven worst for heroin", ("the 7 best for heroin", "the seven worst for heroin")),
    ],
)
def test_both_ends_of_an_order_are_two_questions(text: str, ends: tuple[str, str]) -> None:
    assert both_ends(text) == ends


@pytest.mark.parametrize("text", ["the highest score in Asia", "best and brightest ideas", "heroin and cocaine in Peru"])
def test_one_end_is_one_question(text: str) -> None:
    assert both_ends(text) is None
