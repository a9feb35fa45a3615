"""The learned reader: chances for kinds, orders and indicators, from a file made from the stored questions."""

from __future__ import annotations

import io

import numpy as np
import pytest
from stored_weights import check_stored

from corpus.taxonomy import Taxonomy
from index.meaning.asked import Learned
from index.meaning.learned import FILE, learned_reader, open_reader
from index.meaning.masked import Masked, masked
from index.questions.names import build_gazetteer
from index.questions.question import understand


def mask(text: str, taxonomy: Taxonomy) -> Masked:
    return masked(understand(text, build_gazetteer(taxonomy), taxonomy.editions).reading)


def read(text: str, taxonomy: Taxonomy) -> Learned:
    return learned_reader().read(mask(text, taxonomy))


def likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=chances.__getitem__)


@pytest.mark.parametrize("text", ["which country is worst for heroin", "hello", "?!", "Peru " * 150, "ωραία Peru é ½"])
def test_kinds_and_orders_sum_to_one_and_each_indicator_has_a_chance_of_its_own(text: str, taxonomy: Taxonomy) -> None:
    found = learned_reader().read(mask(text, taxonomy) if text != "?!" else Masked("", {}))
    assert sum(found.kinds.values()) == pytest.approx(1, abs=1e-5)
    assert sum(found.orders.values()) == pytest.approx(1, abs=1e-5)
    assert set(found.orders) == {"", "high", "low", "up", "down"}
    assert set(found.indicators) == set(taxonomy.indicators)
    assert all(0 <= chance <= 1 for chance in found.indicators.values())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what did Malta get for money laundering controls in 2023", "value"),
        ("where does Malta sit in the world for human trafficking", "rank"),
        ("which country in Asia has the worst cybercrime", "set"),
        ("rank the countries of Europe by cocaine", "ranking"),
        ("how much did Fiji's resilience change between 2021 and 2023", "change"),
        ("is Fiji getting better over the years", "trend"),
        ("Spain or Portugal, who is worse for hashish", "comparison"),
        ("average criminality of the OECD", "aggregate"),
        ("how many countries in Africa score over 7 for arms trafficking", "count"),
        ("do criminality and resilience go together", "correlation"),
        ("tell me about Ghana", "overview"),
        ("why is Sweden so high on resilience", "explanation"),
        ("what is the population of Peru", "page_fact"),
        ("who makes this index", "about"),
        ("good morning", "none"),
        ("which gangs control the ports in Ecuador and how do they move the cocaine", "text"),
    ],
)
def test_a_plain_question_is_read_as_its_kind(text: str, kind: str, taxonomy: Taxonomy) -> None:
    assert likeliest(dict(read(text, taxonomy).kinds)) == kind


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("Which African country has the weakest law enforcement?", "wich african country has got the weakst police pls"),
        (
            "How many EU countries score 7 or more for financial crimes?",
            "could you say how many EU countries score 7 or more on fraud?",
        ),
        (
            "How did Peru's resilience change between 2021 and 2023?",
            "Peru resilience, how much did it change 2021 to 2023, thanks",
        ),
    ],
)
def test_other_words_for_the_same_do_not_change_the_kind(plain: str, other: str, taxonomy: Taxonomy) -> None:
    assert likeliest(dict(read(other, taxonomy).kinds)) == likeliest(dict(read(plain, taxonomy).kinds))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("which country in Asia is worst for arms trafficking", "high"),
        ("which country in Asia is worst for law enforcement", "low"),
        ("which country in Asia is best for law enforcement", "high"),
        ("which countries in Africa saw heroin rise the most since 2021", "up"),
        ("what does Malta score for heroin", ""),
    ],
)
def test_worst_is_a_high_score_of_a_crime_and_a_low_score_of_resilience(text: str, order: str, taxonomy: Taxonomy) -> None:
    assert likeliest(dict(read(text, taxonomy).orders)) == order


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("who are the gun runners in Yemen", "arms_trafficking"),
        ("crooked officials in Kenya", "state_embedded_actors"),
        ("Peru cocaine score", "cocaine_trade"),
        ("is Brazil more dangerous than Chile", "criminality"),
    ],
)
def test_an_indicator_is_known_by_its_name_by_everyday_words_and_by_what_is_left_unsaid(
    text: str, indicator: str, taxonomy: Taxonomy
) -> None:
    assert likeliest(dict(read(text, taxonomy).indicators)) == indicator


def test_the_names_of_places_and_the_numbers_do_not_matter(taxonomy: Taxonomy) -> None:
    assert read("which countries in Asia score above 6 for heroin", taxonomy) == read(
        "which countries in Europe score above 3 for heroin", taxonomy
    )


def test_a_file_that_carries_code_is_not_opened(taxonomy: Taxonomy) -> None:
    file = io.BytesIO()
    np.savez(file, **{"kinds.labels": np.array([{"a": 1}], dtype=object), "kinds.temperature": np.ones(1)})
    file.seek(0)
    with pytest.raises((ValueError, KeyError)):
        open_reader(file, taxonomy)


def test_the_stored_weights_were_fitted_on_the_stored_questions() -> None:
    """If this fails, questions have changed: run `tests/fitting/fit_reader.py` again."""
    check_stored(FILE, 1_300_000)
