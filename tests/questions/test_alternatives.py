"""Thresholds joined by "or", both ends of a ranking, and the last two editions."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.questions.context import NotUnderstood
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.query_parser import parse
from index.questions.question import understand
from index.questions.slots import slots_of
from index.scores.loaded_scores import LoadedScores
from index.scores.query_text import query_words

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)
LOADED = LoadedScores.of((c, e, i.id) for e in TAXONOMY.editions for i in TAXONOMY.measured(e) for c in TAXONOMY.countries)


def words(text: str) -> list[str]:
    slots = slots_of(understand(text, GAZETTEER, TAXONOMY.editions).reading)
    return [query_words(query, TAXONOMY) for query in parse(kind_of(slots), slots, TAXONOMY, LOADED).queries]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "countries with criminality above 7 or below 3",
            "criminality in 2025 is above 7.00 or criminality in 2025 is below 3.00",
        ),
        (
            "countries with criminality at least 7 or at most 3",
            "criminality in 2025 is at least 7.00 or criminality in 2025 is at most 3.00",
        ),
        (
            "countries with criminality above 7 and below 8",
            "criminality in 2025 is above 7.00 and criminality in 2025 is below 8.00",
        ),
        ("countries with criminality of 7 or below in 2023", "criminality in 2023 is at most 7.00"),
        ("countries whose criminality outstripped their resilience", "criminality in 2025 is above resilience in 2025"),
    ],
)
def test_thresholds_are_read_as_they_are_joined(text: str, condition: str) -> None:
    (query,) = words(text)
    assert query.endswith(f"where {condition}")


@pytest.mark.parametrize(
    "text", ["top and bottom country in Asia for criminality", "which is top and which is bottom for heroin"]
)
def test_both_ends_of_a_ranking_at_once_are_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="both ends"):
        words(text)


def test_the_last_two_editions_are_the_last_two() -> None:
    assert words("criminality of Peru over the last two editions") == ["criminality in 2023, Peru", "criminality in 2025, Peru"]
    (change,) = words("how did criminality in Peru change over the last two editions")
    assert "2023" in change and "2025" in change and "2021" not in change


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("quick one: which country has the highest criminality", "which country has the highest criminality"),
        ("one thing: Peru criminality", "Peru criminality"),
        ("a quick one, Peru criminality 2023", "Peru criminality 2023"),
    ],
)
def test_one_counts_only_where_it_counts(text: str, plain: str) -> None:
    assert words(text) == words(plain)
