"""A limit on the countries that nothing reads leaves a question unanswered rather than answered for the world."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, asked_of
from index.meaning.forms import count, group_ranking, set_of_countries
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def asked(text: str) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY)


@pytest.mark.parametrize(
    "text",
    [
        "which Slavic nation scores worst for heroin",
        "the worst country for heroin in the Indian Ocean",
        "who in the gulf is worst for heroin",
        "the poorest countries with the worst heroin score",
        "lowest heroin in NE Asia",
        "which country is worst for zorbing",
    ],
)
def test_a_place_or_sort_of_country_that_is_not_read_is_not_dropped(text: str) -> None:
    assert set_of_countries.fill(asked(text)) is None


def test_countries_are_counted_by_a_noun_that_is_read() -> None:
    assert count.fill(asked("how many democracies are above 6 for heroin")) is None
    assert count.fill(asked("how many nations are above 6 for heroin")) is not None


def test_points_of_the_compass_may_name_the_parts_that_are_compared() -> None:
    meaning = group_ranking.fill(asked("which part of Africa is worst for heroin, north, south, east, west or central"))
    assert meaning is not None and meaning.groups == (("Africa",),)
