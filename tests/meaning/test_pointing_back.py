"""Parts of questions that point back to something before them, completed."""

from __future__ import annotations

import pytest

from index.meaning.pointing_back import Context, completed, pointing


def test_a_part_that_points_back_is_completed_with_what_it_points_to() -> None:
    context = Context(("Sudan",), "human smuggling")
    assert next(completed("how is it doing on its borders", context)) == "how is Sudan doing on Sudan's borders"
    assert "has Sudan's human smuggling risen?" in completed("has that score risen?", context)
    assert "how bad is the police in Sudan" in completed("how bad is the police there", context)


def test_a_part_that_leaves_things_out_is_completed_behind() -> None:
    context = Context(("Africa",), "cocaine trade")
    assert list(completed("who has the lowest?", context))[-1] == "who has the lowest for cocaine trade in Africa?"


def test_the_edition_of_the_first_question_holds_for_the_second() -> None:
    context = Context(("Africa",), "cocaine trade", 2021)
    assert "who has the lowest for cocaine trade in Africa in 2021?" in completed("who has the lowest?", context)
    assert next(completed("has it risen since?", Context(("Peru",), "", 2021))) == "has Peru risen since 2021?"


@pytest.mark.parametrize(
    "part", ["is there any country above 7", "which country improved its score most", "what there is to know"]
)
def test_words_that_only_look_like_it_point_to_nothing(part: str) -> None:
    assert not pointing(part)
    assert next(completed(part, Context(("Peru",)))) == part


def test_several_countries_are_pointed_to_together() -> None:
    context = Context(("Chad", "Mali"))
    assert next(completed("which of the two is safer", context)) == "which of Chad and Mali is safer"
    assert pointing("which of the two is safer") and not pointing("is Chad safer than Mali")


def test_a_number_of_countries_points_to_so_many() -> None:
    assert "of Chad and Mali" not in next(completed("which of the three is safer", Context(("Chad", "Mali"))))
