"""What is asked of the future is told from what is only said with "will"."""

from __future__ import annotations

import pytest

from index.meaning.ahead import asks_ahead


@pytest.mark.parametrize(
    "text",
    [
        "will C1 be in the top N1 next time they do it",
        "will the I1 of C1 fall",
        "which country will overtake C1",
        "is C1 going to get worse",
        "who is gonna be first",
        "what will happen in C1",
    ],
)
def test_what_is_to_come(text: str) -> None:
    assert asks_ahead(text)


@pytest.mark.parametrize(
    "text",
    [
        "will you show me the worst country in G1",
        "i will travel to C1 , how bad is it",
        "a short answer will do , is C1 worse than C2",
        "is I1 in C1 going up or down",
        "we will publish C1 and C2 , compare them",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not asks_ahead(text)
