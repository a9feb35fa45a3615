"""What a question of many countries says of order, number, conditions, statistic and sides. The tables are the specification."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, Learned, asked_of
from index.meaning.meaning import By, Direction, OfIndicator, OfPlace, Test
from index.meaning.slots import tests as conditions
from index.meaning.slots.by import by_of, sides_of
from index.meaning.slots.limits import limit_of, plural
from index.meaning.slots.order import order_of
from index.meaning.slots.stat import share_of, stat_of
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.scores.query import Op
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def asked(text: str, learned: Learned | None = None) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY, learned)


@pytest.mark.parametrize(
    ("text", "indicator", "order"),
    [
        ("who has the highest heroin trade", "heroin_trade", "high"),
        ("the worst heroin trade in Asia", "heroin_trade", "high"),
        ("the best resilience in Asia", "resilience", "high"),
        ("the worst resilience in Asia", "resilience", "low"),
        ("which country has the weakest judicial system", "judicial_system_and_detention", "low"),
        ("the strongest mafia-style groups", "mafia_style_groups", "high"),
        ("the safest country in Africa", "criminality", "low"),
        ("the most dangerous country in Africa", "criminality", "high"),
        ("the least corrupt government", "state_embedded_actors", "low"),
        ("the heroin capital of Europe", "heroin_trade", "high"),
        ("where is cocaine rife", "cocaine_trade", "high"),
        ("who slipped most on resilience since 2021", "resilience", "down"),
        ("who slipped most on criminality since 2021", "criminality", "up"),
        ("most improved criminality since 2021", "criminality", "down"),
        ("most improved resilience since 2021", "resilience", "up"),
        ("the biggest fall in criminality", "criminality", "down"),
        ("EU states by resilience, worst first", "resilience", "low"),
        ("EU states by criminality from lowest to highest", "criminality", "low"),
        ("dead last in Asia for prevention", "prevention", "low"),
        ("countries with at least 7 for heroin trade", "heroin_trade", None),
    ],
)
def test_order_depends_on_the_scale(text: str, indicator: str, order: str | None) -> None:
    assert order_of(asked(text), (indicator,)) == order


def test_the_learned_reader_decides_where_no_word_does() -> None:
    learned = Learned(orders={"high": 0.8, "": 0.2})
    assert order_of(asked("who takes the biscuit for heroin", learned), ("heroin_trade",)) is Direction.HIGH
    assert order_of(asked("who takes the biscuit for heroin"), ("heroin_trade",)) is None


@pytest.mark.parametrize(
    ("text", "limit", "place"),
    [
        ("top five countries for heroin", 5, None),
        ("the 3 weakest on resilience", 3, None),
        ("ten countries with the highest criminality", 10, None),
        ("third worst in Asia for heroin", None, 3),
        ("runner-up for heroin in Asia", None, 2),
        ("second from the bottom for resilience", None, 2),
        ("who is number two for heroin in Asia", None, 2),
        ("number 1 for heroin in Asia", 1, None),
        ("the number one country for heroin", 1, None),
        ("countries above 7 for heroin", None, None),
        ("all 27 of them by heroin", None, None),
        ("the second edition", None, None),
        ("the worst country for heroin", None, None),
    ],
)
def test_limit_and_place(text: str, limit: int | None, place: int | None) -> None:
    read = limit_of(asked(text))
    assert (read.limit, read.place) == (limit, place)


def test_one_or_several() -> None:
    assert plural(asked("which countries are worst for heroin"))
    assert not plural(asked("which country is worst for heroin"))


def level(indicator: str, op: Op, right: str | OfPlace | OfIndicator, plus: str = "0") -> Test:
    return Test(indicator, op, Decimal(right) if isinstance(right, str) else right, plus=Decimal(plus))


def change(indicator: str, op: Op, right: str) -> Test:
    return Test(indicator, op, Decimal(right), change=True)


HEROIN, COCAINE, CRIME, RESILIENCE = "heroin_trade", "cocaine_trade", "criminality", "resilience"


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("countries over 7 for heroin", [[level(HEROIN, Op.ABOVE, "7")]]),
        ("countries with heroin at 7 or more", [[level(HEROIN, Op.AT_LEAST, "7")]]),
        ("heroin seven and up", [[level(HEROIN, Op.AT_LEAST, "7")]]),
        ("heroin 6 plus", [[level(HEROIN, Op.AT_LEAST, "6")]]),
        ("heroin at least 6.5", [[level(HEROIN, Op.AT_LEAST, "6.5")]]),
        ("where heroin is not below 6", [[level(HEROIN, Op.AT_LEAST, "6")]]),
        ("where heroin isn't above 6", [[level(HEROIN, Op.AT_MOST, "6")]]),
        (
            "heroin neither above 7 nor below 4",
            [[level(HEROIN, Op.AT_MOST, "7")], [level(HEROIN, Op.AT_LEAST, "4")]],
        ),
        ("heroin of exactly 5", [[level(HEROIN, Op.EQUAL, "5")]]),
        ("a heroin score of 5", [[level(HEROIN, Op.EQUAL, "5")]]),
        ("heroin between 4 and 6", [[level(HEROIN, Op.AT_LEAST, "4")], [level(HEROIN, Op.AT_MOST, "6")]]),
        ("heroin above 7 or below 3", [[level(HEROIN, Op.ABOVE, "7"), level(HEROIN, Op.BELOW, "3")]]),
        ("higher heroin than Peru", [[level(HEROIN, Op.ABOVE, OfPlace("PER"))]]),
        ("worse than Peru for heroin", [[level(HEROIN, Op.ABOVE, OfPlace("PER"))]]),
        ("worse than Peru on resilience", [[level(RESILIENCE, Op.BELOW, OfPlace("PER"))]]),
        ("no better than Peru on resilience", [[level(RESILIENCE, Op.AT_MOST, OfPlace("PER"))]]),
        ("resilience above the EU mean", [[level(RESILIENCE, Op.ABOVE, OfPlace("European Union"))]]),
        ("resilience below the world average", [[level(RESILIENCE, Op.BELOW, OfPlace("world"))]]),
        ("heroin above the African median", [[level(HEROIN, Op.ABOVE, OfPlace("Africa", Stat.MEDIAN))]]),
        ("African states with heroin above their own average", [[level(HEROIN, Op.ABOVE, OfPlace("Africa"))]]),
        ("more heroin than cocaine", [[level(HEROIN, Op.ABOVE, OfIndicator(COCAINE))]]),
        ("heroin lower than cocaine", [[level(HEROIN, Op.BELOW, OfIndicator(COCAINE))]]),
        ("heroin at least 3 points above cocaine", [[level(HEROIN, Op.AT_LEAST, OfIndicator(COCAINE), "3")]]),
        ("heroin exceeds cocaine by more than 2 points", [[level(HEROIN, Op.ABOVE, OfIndicator(COCAINE), "2")]]),
        ("where heroin rose since 2021", [[change(HEROIN, Op.ABOVE, "0")]]),
        ("where resilience improved", [[change(RESILIENCE, Op.ABOVE, "0")]]),
        ("where criminality improved", [[change(CRIME, Op.BELOW, "0")]]),
        ("where resilience didn't improve", [[change(RESILIENCE, Op.AT_MOST, "0")]]),
        ("where heroin stayed the same", [[change(HEROIN, Op.EQUAL, "0")]]),
        ("heroin rose by more than 1 point", [[change(HEROIN, Op.ABOVE, "1")]]),
        ("heroin fell by at least half a point", [[change(HEROIN, Op.AT_MOST, "-0.5")]]),
        ("heroin rose by less than half a point", [[change(HEROIN, Op.ABOVE, "0")], [change(HEROIN, Op.BELOW, "0.5")]]),
        ("heroin moved by more than 1 point", [[change(HEROIN, Op.MOVED_MORE, "1")]]),
        (
            "heroin over 7 but resilience under 4",
            [[level(HEROIN, Op.ABOVE, "7")], [level(RESILIENCE, Op.BELOW, "4")]],
        ),
        (
            "over 7 for heroin and under 4 for resilience",
            [[level(HEROIN, Op.ABOVE, "7")], [level(RESILIENCE, Op.BELOW, "4")]],
        ),
        ("heroin and cocaine both over 7", [[level(HEROIN, Op.ABOVE, "7")], [level(COCAINE, Op.ABOVE, "7")]]),
        ("the worst heroin in Asia", []),
        ("who improved most on resilience since 2021", []),
    ],
)
def test_conditions(text: str, tests: list[list[Test]]) -> None:
    assert conditions.tests_of(asked(text)) == tuple(map(tuple, tests))


@pytest.mark.parametrize("text", ["heroin over 7/10", "heroin above 55", "heroin -4 or more", "heroin over ½"])
def test_a_number_that_is_no_score_is_refused(text: str) -> None:
    assert conditions.read_tests(asked(text)).unread


def test_an_indicator_without_a_name_goes_to_the_condition_without_one() -> None:
    read = conditions.tests_of(
        asked("crooked bureaucrats at 8 or more but courts above 5"), ("judicial_system_and_detention", "state_embedded_actors")
    )
    assert read == (
        (level("state_embedded_actors", Op.AT_LEAST, "8"),),
        (level("judicial_system_and_detention", Op.ABOVE, "5"),),
    )


@pytest.mark.parametrize(
    ("text", "stat"),
    [
        ("the average heroin score of Asia", Stat.MEAN),
        ("median resilience of the EU", Stat.MEDIAN),
        ("what is the highest heroin score in Asia", Stat.MAX),
        ("lowest resilience mark anywhere in Africa", Stat.MIN),
        ("I mean heroin in Asia", None),
    ],
)
def test_statistic(text: str, stat: Stat | None) -> None:
    assert stat_of(asked(text)) == stat


def test_a_share_is_not_a_number_of_countries() -> None:
    assert share_of(asked("what percentage of African states are above 6 for heroin"))
    assert not share_of(asked("how many African states are above 6 for heroin"))


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("which continent is worst for heroin", By.CONTINENT),
        ("heroin by region", By.REGION),
        ("which part of the world has most heroin", By.REGION),
        ("which part of Africa has most heroin", By.REGION),
        ("the worst in the region of East Africa", None),
        ("who is worst in Asia", None),
    ],
)
def test_what_stands_side_by_side(text: str, by: By | None) -> None:
    assert by_of(asked(text)) == by


def test_regions_of_a_continent_and_named_groups() -> None:
    regions = sides_of(asked("which African region has most heroin"), ("Africa",))
    assert regions is not None
    assert (regions.by, regions.within) == (By.REGION, "Africa")
    named = sides_of(asked("EU or ASEAN for heroin"), ("European Union", "ASEAN"))
    assert named is not None
    assert (named.by, named.groups) == (None, ("European Union", "ASEAN"))
    assert sides_of(asked("heroin in Asia"), ("Asia",)) is None
