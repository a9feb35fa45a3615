"""What is told before a question is not asked about, and a form leaves a question that asks outright for something else."""

from __future__ import annotations

import pytest
from asking import asked

from index.meaning.asked import Asked
from index.meaning.form_table import FORMS
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.scope import scope_of
from index.meaning.slots.topics import indicators_of

DRUGS = ("heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade")


@pytest.mark.parametrize(
    ("question", "countries", "indicators"),
    [
        ("I read that Colombians grow coca, so how is Peru marked for human smuggling", ("PER",), ("human_smuggling",)),
        ("my donor is Dutch so show Kenya and Ghana for heroin", ("KEN", "GHA"), ("heroin_trade",)),
        (
            "Haiti has gangs everywhere. How does it compare on heroin with Cuba?",
            ("HTI", "CUB"),
            ("mafia_style_groups", "heroin_trade"),
        ),
        ("Kenya's police are praised. What do they get for heroin?", ("KEN",), ("heroin_trade",)),
        ("heroin in Kenya and Ghana: which is worse", ("KEN", "GHA"), ("heroin_trade",)),
    ],
)
def test_what_is_only_told_is_not_asked_about(question: str, countries: tuple[str, ...], indicators: tuple[str, ...]) -> None:
    assert scope_of(asked(question)).countries == countries
    assert indicators_of(asked(question)).indicators == indicators


@pytest.mark.parametrize(
    ("question", "countries"),
    [
        ("the three Sahel juntas Mali, Burkina Faso and Niger on arms", ("MLI", "BFA", "NER")),
        ("the DRC or the other Congo for ivory", ("COD", "COG")),
        ("Congo and the other Congo, which is worse", ("COD", "COG")),
    ],
)
def test_a_list_or_the_other_says_which_are_meant(question: str, countries: tuple[str, ...]) -> None:
    scope = scope_of(asked(question))
    assert scope.settled
    assert scope.countries == countries


def test_islands_narrow_the_region_beside_them() -> None:
    assert scope_of(asked("in the Pacific, which islands have most heroin")).groups == (("Oceania",), ("island states",))


@pytest.mark.parametrize(
    ("question", "indicators"),
    [
        ("each of the four drug markets in Kenya", DRUGS),
        ("Chile against Peru on crime and also on resilience", ("criminality", "resilience")),
        ("the Swiss on dirty money", ("financial_crimes",)),
        ("Swiss controls against dirty money", ("anti_money_laundering",)),
        ("sneaking people over the border in Serbia", ("human_smuggling",)),
        ("people being sold in Uganda", ("human_trafficking",)),
        ("gangsters inside the state in Zimbabwe", ("state_embedded_actors",)),
        ("arms in Qatar, home of migrant workers", ("arms_trafficking",)),
    ],
)
def test_topics_in_everyday_words(question: str, indicators: tuple[str, ...]) -> None:
    assert indicators_of(asked(question)).indicators == indicators


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("explanation", "what is Lebanon's rating when it comes to courts"),
        ("rank", "what in the world is going on in Sudan"),
        ("value", "a paragraph on the flow of guns in Chad"),
        ("value", "how did Sweden end up with that score for gangs"),
        ("value", "Kenya's heroin score and the East African average"),
        ("value", "out of the 193, which number are we holding for resilience, Kenya"),
        ("overview", "drugs in Fiji, how much have they risen"),
        ("overview", "Kazakhstan looks huge, how big is it"),
        ("overview", "Botswana is resilient on account of what"),
        ("comparison", "taking Kenya and Uganda as one area, the heroin average"),
        ("comparison", "the area of Peru and Chile"),
        ("overview", "Colombia without cocaine, how bad is it"),
        ("indicator_set", "when was Libya at its worst"),
        ("indicator_set", "Sweden's three highest and three lowest scores"),
    ],
)
def test_a_form_leaves_what_asks_for_something_else(kind: str, question: str) -> None:
    assert FORMS[kind](asked(question)) is None


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("value", "the gang score of Chad, don't ask me why"),
        ("value", "heroin in Chad out of 10"),
        ("comparison", "Kenya's heroin score and the East African average"),
        ("explanation", "how did Sweden end up with that score for gangs"),
        ("page_fact", "Kazakhstan looks huge, how big is it"),
        ("page_fact", "is Namibia a poor country or a rich one"),
    ],
)
def test_a_form_keeps_what_it_answers(kind: str, question: str) -> None:
    assert FORMS[kind](asked(question)) is not None


def _asked(text: str) -> Asked:
    return asked(text)


def test_a_word_for_a_reason_is_no_word_for_a_place() -> None:
    assert asks_for(_asked("why is Kenya so high on heroin"), Asks.WHY, Asks.AMONG)
    assert not asks_for(_asked("why is Kenya so high on heroin"), Asks.AMONG)
