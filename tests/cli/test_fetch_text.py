"""What a download will take, in words."""

from __future__ import annotations

import pytest

from app.reports.fetch_text import before_words, left_words, time_words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 second"), (40, "40 seconds"), (180, "3 minutes"), (1160, "19 minutes"), (7200, "2.0 hours")]
)
def test_a_time_is_told_as_people_tell_it(seconds: float, words: str) -> None:
    assert time_words(seconds) == words


def test_before_a_long_run_its_requests_its_time_and_the_rules_are_said() -> None:
    first, second = before_words(580, 2.0, ("https://x.example/a",), "x.example")
    assert first.endswith("2 s between two: about 19 minutes or more")
    assert second == "robots.txt of x.example does not allow programs to fetch 1 of them: https://x.example/a"
    assert before_words(2, 2.0, ("a", "b"), "x.example")[1].endswith("fetch any of them")


def test_the_time_left_follows_the_pace_and_is_never_less_than_the_pauses() -> None:
    assert left_words(10, 70, 30.0, 2.0) == ", about 3 minutes left"
    assert left_words(10, 70, 1.0, 2.0) == ", about 2 minutes left"
    assert left_words(70, 70, 100.0, 2.0) == ""
