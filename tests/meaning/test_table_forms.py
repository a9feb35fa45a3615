"""Questions over many countries: what each form makes of a question of its kind, and what it refuses. The tables are the
specification; the kind is given, as a classifier would give it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, asked_of
from index.meaning.forms import (
    aggregate,
    correlation,
    count,
    group_ranking,
    indicator_ranking,
    ranking,
    set_of_countries,
)
from index.meaning.meaning import By, Meaning
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)

DRUGS = ("heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade")


def asked(text: str) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY)


def said(meaning: Meaning | None) -> dict[str, Any]:
    """The slots of a meaning that say something, with each condition as words."""
    assert meaning is not None
    slots = {
        "countries": meaning.countries,
        "groups": meaning.groups,
        "without": (*meaning.without_countries, *meaning.without_groups),
        "indicators": meaning.indicators,
        "editions": meaning.editions,
        "order": meaning.order and meaning.order.value,
        "limit": meaning.limit,
        "place": meaning.place,
        "tests": tuple(tuple(f"{t.indicator} {t.op.value} {_right(t.right)}" for t in row) for row in meaning.tests),
        "stat": meaning.stat,
        "share": meaning.share,
        "by": meaning.by,
        "by_places": meaning.by_places,
    }
    return {slot: value for slot, value in slots.items() if value}


def _right(right: object) -> str:
    if isinstance(right, Decimal):
        return str(right)
    return str(getattr(right, "place", None) or getattr(right, "indicator", ""))


HEROIN, CRIME, RESILIENCE = ("heroin_trade",), ("criminality",), ("resilience",)
AFRICA = (("Africa",),)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "which African country has the highest heroin score",
            {"groups": AFRICA, "indicators": HEROIN, "order": "high", "limit": 1},
        ),
        ("third worst in Africa for heroin", {"groups": AFRICA, "indicators": HEROIN, "order": "high", "place": 3}),
        (
            "second from the bottom for resilience in Africa",
            {"groups": AFRICA, "indicators": RESILIENCE, "order": "low", "place": 2},
        ),
        (
            "the worst country for heroin apart from Peru",
            {"without": ("PER",), "indicators": HEROIN, "order": "high", "limit": 1},
        ),
        (
            "which African countries score above 7 for heroin",
            {"groups": AFRICA, "indicators": HEROIN, "tests": (("heroin_trade > 7",),)},
        ),
        (
            "African states worse than Kenya for heroin",
            {"groups": AFRICA, "indicators": HEROIN, "tests": (("heroin_trade > KEN",),)},
        ),
        (
            "African states above the Asian average for heroin",
            {"groups": AFRICA, "indicators": HEROIN, "tests": (("heroin_trade > Asia",),)},
        ),
        (
            "who fell most on resilience from 2021 to 2025",
            {"indicators": RESILIENCE, "editions": (2021, 2025), "order": "down", "limit": 1},
        ),
        (
            "where did heroin rise between 2023 and 2025",
            {"indicators": HEROIN, "editions": (2023, 2025), "tests": (("heroin_trade > 0",),)},
        ),
        (
            "of the countries with resilience above 6, which has the highest criminality",
            {"indicators": CRIME, "order": "high", "limit": 1, "tests": (("resilience > 6",),)},
        ),
    ],
)
def test_sets(text: str, slots: dict[str, Any]) -> None:
    assert said(set_of_countries.fill(asked(text))) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("top five African countries for heroin", {"groups": AFRICA, "indicators": HEROIN, "order": "high", "limit": 5}),
        (
            "rank Peru, Chile and Bolivia by heroin, lowest first",
            {"countries": ("PER", "CHL", "BOL"), "indicators": HEROIN, "order": "low"},
        ),
        ("African states by resilience, best to worst", {"groups": AFRICA, "indicators": RESILIENCE, "order": "high"}),
        (
            "the five that climbed most in criminality, 2021 to 2025",
            {"indicators": CRIME, "editions": (2021, 2025), "order": "up", "limit": 5},
        ),
        (
            "the five countries that climbed most places for criminality since 2021",
            {"indicators": CRIME, "editions": (2021, 2025), "order": "up", "limit": 5, "by_places": True},
        ),
    ],
)
def test_rankings(text: str, slots: dict[str, Any]) -> None:
    assert said(ranking.fill(asked(text))) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("African average for heroin", {"groups": AFRICA, "indicators": HEROIN, "stat": Stat.MEAN}),
        ("median resilience worldwide in 2023", {"indicators": RESILIENCE, "editions": (2023,), "stat": Stat.MEDIAN}),
        ("the highest heroin score anywhere in Africa", {"groups": AFRICA, "indicators": HEROIN, "stat": Stat.MAX}),
        (
            "mean of Peru, Chile and Bolivia for heroin",
            {"countries": ("PER", "CHL", "BOL"), "indicators": HEROIN, "stat": Stat.MEAN},
        ),
    ],
)
def test_aggregates(text: str, slots: dict[str, Any]) -> None:
    assert said(aggregate.fill(asked(text))) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "how many African countries are above 7 for heroin",
            {"groups": AFRICA, "indicators": HEROIN, "tests": (("heroin_trade > 7",),)},
        ),
        (
            "what percentage of African countries improved on resilience since 2021",
            {
                "groups": AFRICA,
                "indicators": RESILIENCE,
                "editions": (2021, 2025),
                "tests": (("resilience > 0",),),
                "share": True,
            },
        ),
        (
            "in how many regions did heroin rise from 2021 to 2025",
            {"indicators": HEROIN, "editions": (2021, 2025), "tests": (("heroin_trade > 0",),), "by": By.REGION},
        ),
    ],
)
def test_counts(text: str, slots: dict[str, Any]) -> None:
    assert said(count.fill(asked(text))) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("which continent is worst for heroin", {"indicators": HEROIN, "order": "high", "limit": 1, "by": By.CONTINENT}),
        (
            "African regions from best to worst on resilience",
            {"groups": AFRICA, "indicators": RESILIENCE, "order": "high", "by": By.REGION},
        ),
        ("EU or ASEAN, who has more heroin", {"groups": (("European Union", "ASEAN"),), "indicators": HEROIN, "order": "high"}),
        ("all five African regions by heroin", {"groups": AFRICA, "indicators": HEROIN, "order": "high", "by": By.REGION}),
        ("top 3 regions for heroin", {"indicators": HEROIN, "order": "high", "limit": 3, "by": By.REGION}),
        ("which corner of the world has most heroin", {"indicators": HEROIN, "order": "high", "limit": 1, "by": By.REGION}),
        ("order all the regions for heroin, highest first", {"indicators": HEROIN, "order": "high", "by": By.REGION}),
        ("resilience by region, the strongest at the top", {"indicators": RESILIENCE, "order": "high", "by": By.REGION}),
        (
            "which continent got safer between 2021 and 2025",
            {"indicators": ("criminality",), "editions": (2021, 2025), "order": "down", "limit": 1, "by": By.CONTINENT},
        ),
    ],
)
def test_group_rankings(text: str, slots: dict[str, Any]) -> None:
    assert said(group_ranking.fill(asked(text))) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "which criminal market is biggest in Africa",
            {"groups": AFRICA, "indicators": ("criminal_markets",), "order": "high", "limit": 1},
        ),
        ("strongest type of criminal actor worldwide", {"indicators": ("criminal_actors",), "order": "high", "limit": 1}),
        (
            "which of the four kinds of dope is worst in Africa",
            {"groups": AFRICA, "indicators": DRUGS, "order": "high", "limit": 1},
        ),
        (
            "the market that hardly registers in Africa",
            {"groups": AFRICA, "indicators": ("criminal_markets",), "order": "low", "limit": 1},
        ),
        ("weakest resilience indicator in Africa", {"groups": AFRICA, "indicators": RESILIENCE, "order": "low", "limit": 1}),
        (
            "top three criminal markets in Africa in 2023",
            {"groups": AFRICA, "indicators": ("criminal_markets",), "editions": (2023,), "order": "high", "limit": 3},
        ),
    ],
)
def test_indicator_rankings(text: str, slots: dict[str, Any]) -> None:
    assert said(indicator_ranking.fill(asked(text))) == slots


def test_all_blocs_are_set_side_by_side_where_none_is_named() -> None:
    meaning = group_ranking.fill(asked("which bloc is worst for heroin"))
    assert meaning is not None and meaning.limit == 1
    assert {"NATO", "OECD", "ASEAN"} <= set(meaning.groups[0])
    assert set_of_countries.fill(asked("which bloc is worst for heroin")) is None


@pytest.mark.parametrize(
    "text",
    ["which African country had the highest heroin score, 2021 and 2025", "country with the most cocaine from 2021 to 2025"],
)
def test_a_superlative_over_two_editions_is_not_two_rankings_of_scores(text: str) -> None:
    assert set_of_countries.fill(asked(text)) is None


def test_a_second_comparison_is_with_the_same_country() -> None:
    read = set_of_countries.fill(asked("countries with more heroin than Peru but less cannabis"))
    assert said(read)["tests"] == (("heroin_trade > PER",), ("cannabis_trade < PER",))


def test_the_members_that_are_listed_are_those_meant() -> None:
    read = ranking.fill(asked("rank the Nordics on resilience: Sweden, Norway, Denmark"))
    assert said(read) == {"countries": ("SWE", "NOR", "DNK"), "indicators": RESILIENCE, "order": "high"}


def test_correlation_of_two_indicators() -> None:
    read = correlation.fill(asked("do heroin and arms trafficking go together in Africa"))
    assert said(read) == {"groups": AFRICA, "indicators": ("heroin_trade", "arms_trafficking")}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (set_of_countries, "who was worst for heroin in 2019"),
        (set_of_countries, "the worst country for heroin and cocaine"),
        (set_of_countries, "countries with heroin above 7/10"),
        (set_of_countries, "rich countries with heroin above 7"),
        (set_of_countries, "heroin in Asia"),
        (set_of_countries, "the worst country of each continent for heroin"),
        (set_of_countries, "countries with heroin above 7 and 40 million people"),
        (set_of_countries, "where is heroin no longer above 8"),
        (set_of_countries, "the least improved country on resilience since 2021"),
        (set_of_countries, "the country with the smallest change in criminality since 2021"),
        (set_of_countries, "most and least resilient countries in Asia"),
        (ranking, "top 5 to 10 for heroin"),
        (ranking, "top 10 and bottom 10 for resilience"),
        (aggregate, "mean and median heroin in Europe"),
        (count, "how many more countries have heroin above 7 than below 3"),
        (count, "in how many editions was Peru above 7 for heroin"),
        (indicator_ranking, "which crime is worst in Europe and which in Asia"),
        (ranking, "Peru by heroin"),
        (ranking, "third worst for heroin"),
        (aggregate, "heroin in Africa"),
        (aggregate, "average heroin by continent"),
        (count, "how many countries are there"),
        (count, "how many of the top ten for heroin are in Asia"),
        (group_ranking, "heroin in Africa"),
        (group_ranking, "is Peru worse than the Asian average for heroin"),
        (indicator_ranking, "which market is worst in Peru"),
        (correlation, "heroin in Africa"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(form: Any, text: str) -> None:
    assert form.fill(asked(text)) is None
