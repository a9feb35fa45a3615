"""A pattern is tried only on texts with the words it needs, and no match is lost by that."""

from __future__ import annotations

import pytest

from index.meaning.pattern_words import beginnings, needed_words


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("no longer", "it is no longer above N1"),
        ("overt(?:ake|ook) (?:the )?C\\d+", "who overtook C1"),
        ("why|how comes?", "why is that"),
        ("leads?", "who leads"),
        ("neighbo(?:u)?rs", "its neighbours"),
        ("leads?", "to lead"),
        ("(?:from )?(?:the )?(?:high|top)est", "the highest"),
        ("\\w+est", "the leakiest"),
        ("bec[ao]me less", "has become less"),
        ("isn'?t", "it isn't"),
        ("(?:2nd|3rd) (?:\\w+ ){0,2}worst", "3rd very worst"),
        ("(?<=\\| )who are", "| who are"),
    ],
)
def test_a_text_that_matches_has_the_words(pattern: str, text: str) -> None:
    assert not any(beginnings(text).isdisjoint(needed) for needed in needed_words(pattern))


def test_a_text_without_the_words_is_not_tried() -> None:
    assert any(beginnings("the worst of G1").isdisjoint(needed) for needed in needed_words("no longer"))
