"""Questions taken out of the story around them."""

from __future__ import annotations

import pytest

from index.meaning.story import Cut, may_limit, without_story


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("I am off to Fiji. How bad is crime there?", Cut("How bad is crime there?", "I am off to Fiji. ")),
        (
            "compare Chad and Mali because my boss wants to know",
            Cut("compare Chad and Mali", "", " because my boss wants to know"),
        ),
    ],
)
def test_a_question_is_taken_out_of_the_story_around_it(text: str, cut: Cut) -> None:
    assert cut in without_story(text)


def test_what_names_a_topic_and_tells_of_nobody_is_no_story() -> None:
    assert not list(without_story("illegal fishing off the coast of Angola, how bad is it"))


@pytest.mark.parametrize("story", ["and I need the median", "my boss only wants the previous edition", "I have 3 of them"])
def test_a_story_may_hold_what_limits_the_question(story: str) -> None:
    assert may_limit(story)


def test_a_story_that_limits_nothing() -> None:
    assert not may_limit("because my boss wants to know")
