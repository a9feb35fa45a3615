"""Editions written in short are put in full; other numbers stay as they are."""

from __future__ import annotations

import pytest

from index.questions.short_years import years_in_full

EDITIONS = (2021, 2023, 2025)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("how far did it fall, say 21-23", "how far did it fall, say 2021-2023"),
        ("from '21 to '23", "from 2021 to 2023"),
        ("the change ’21–’25", "the change 2021-2025"),
        ("timber crimes diff 23/25", "timber crimes diff 2023-2025"),
        ("has shifted how, 2023-25?", "has shifted how, 2023-2025?"),
        ("2021/23", "2021-2023"),
        ("the '25 edition", "the 2025 edition"),
        ("2021 vs 23", "2021 vs 2023"),
    ],
)
def test_short_years_are_put_in_full(text: str, full: str) -> None:
    assert years_in_full(text, EDITIONS) == full


@pytest.mark.parametrize(
    "text",
    [
        "between 21 and 23 countries",
        "ranks 21 to 23",
        "the score 2.1-2.3",
        "21-22",
        "in 2021-2023",
        "in 2022-23",
        "on 21-23-25 march",
        "'21 countries' it says",
        "23% and 25%",
        "Peru's 25 indicators",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert years_in_full(text, EDITIONS) == text
