"""Questions about named countries: what each kind makes of them, and which it refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from asking import asked

from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms import (
    change,
    comparison,
    definition,
    difference,
    explanation,
    indicator_set,
    neighbour,
    overview,
    page_fact,
    rank,
    trend,
    value,
)
from index.meaning.meaning import By, Direction, Meaning, Test
from index.scores.query import Op

CRIME, RESILIENCE = ("criminality",), ("resilience",)
Fill = Callable[[Asked], Meaning | None]


@pytest.mark.parametrize(
    ("fill", "question", "meaning"),
    [
        (value.fill, "Kenya heroin score out of 10", Meaning(Kind.VALUE, ("KEN",), indicators=("heroin_trade",))),
        (
            value.fill,
            "heroin in Kenya and Uganda in 2021 and 2025",
            Meaning(Kind.VALUE, ("KEN", "UGA"), indicators=("heroin_trade",), editions=(2021, 2025)),
        ),
        (
            rank.fill,
            "where does Kenya rank in Africa, for my thesis",
            Meaning(Kind.RANK, ("KEN",), (("Africa",),), indicators=CRIME),
        ),
        (rank.fill, "rank of Kenya among its neighbours", Meaning(Kind.RANK, ("KEN",), (("East Africa",),), indicators=CRIME)),
        (
            change.fill,
            "how much has Ecuador's criminality risen since 2021",
            Meaning(Kind.CHANGE, ("ECU",), indicators=CRIME, editions=(2021, 2025)),
        ),
        (
            change.fill,
            "how much did Ecuador's cocaine trade change in 2023",
            Meaning(Kind.CHANGE, ("ECU",), indicators=("cocaine_trade",), editions=(2021, 2023)),
        ),
        (trend.fill, "is Guyana improving", Meaning(Kind.TREND, ("GUY",), indicators=CRIME)),
        (
            trend.fill,
            "resilience of West Africa over the years",
            Meaning(Kind.TREND, (), (("West Africa",),), indicators=RESILIENCE),
        ),
        (
            trend.fill,
            "in which edition was Fiji's resilience highest",
            Meaning(Kind.TREND, ("FJI",), indicators=RESILIENCE, order=Direction.HIGH, by=By.EDITION),
        ),
        (comparison.fill, "who is safer, Oman or Yemen", Meaning(Kind.COMPARISON, ("OMN", "YEM"), indicators=CRIME)),
        (
            comparison.fill,
            "compare Oman and Yemen",
            Meaning(Kind.COMPARISON, ("OMN", "YEM"), indicators=(*CRIME, *RESILIENCE)),
        ),
        (
            comparison.fill,
            "Malta against the EU average for financial crimes",
            Meaning(Kind.COMPARISON, ("MLT",), (("European Union",),), indicators=("financial_crimes",)),
        ),
        (
            comparison.fill,
            "Japanese yakuza versus South Korea: which has more mafia groups",
            Meaning(Kind.COMPARISON, ("JPN", "KOR"), indicators=("mafia_style_groups",)),
        ),
        (difference.fill, "how far apart are Chile and Peru", Meaning(Kind.DIFFERENCE, ("CHL", "PER"), indicators=CRIME)),
        (
            difference.fill,
            "gap between Europe and Africa on resilience",
            Meaning(Kind.DIFFERENCE, (), (("Europe",), ("Africa",)), indicators=RESILIENCE),
        ),
        (
            difference.fill,
            "subtract Laos from Thailand on resilience",
            Meaning(Kind.DIFFERENCE, ("THA", "LAO"), indicators=RESILIENCE),
        ),
        (
            definition.fill,
            "what does fauna crimes mean, does it cover ivory",
            Meaning(Kind.DEFINITION, indicators=("fauna_crimes",)),
        ),
        (
            definition.fill,
            "how do human trafficking and human smuggling differ",
            Meaning(Kind.DEFINITION, indicators=("human_trafficking", "human_smuggling")),
        ),
        (page_fact.fill, "what income group is Ghana", Meaning(Kind.PAGE_FACT, ("GHA",), field="income_group")),
        (page_fact.fill, "how many people live in Peru", Meaning(Kind.PAGE_FACT, ("PER",), field="population")),
        (overview.fill, "Laos 2023", Meaning(Kind.OVERVIEW, ("LAO",), editions=(2023,))),
        (overview.fill, "organised crime in Ghana, five lines", Meaning(Kind.OVERVIEW, ("GHA",))),
        (overview.fill, "Croatia and cocaine", Meaning(Kind.OVERVIEW, ("HRV",), indicators=("cocaine_trade",))),
        (
            explanation.fill,
            "what pushed Panama up since 2021",
            Meaning(Kind.EXPLANATION, ("PAN",), indicators=CRIME, editions=(2021, 2025), order=Direction.UP),
        ),
        (
            explanation.fill,
            "why is Denmark so good at this",
            Meaning(Kind.EXPLANATION, ("DNK",), indicators=RESILIENCE, order=None),
        ),
        (explanation.fill, "why did Panama improve", Meaning(Kind.EXPLANATION, ("PAN",), indicators=CRIME, order=Direction.DOWN)),
        (
            indicator_set.fill,
            "Peru's three worst markets",
            Meaning(Kind.INDICATOR_SET, ("PER",), indicators=("criminal_markets",), order=Direction.HIGH, limit=3),
        ),
        (
            indicator_set.fill,
            "the second weakest point of Chad's resilience",
            Meaning(Kind.INDICATOR_SET, ("TCD",), indicators=RESILIENCE, order=Direction.LOW, place=2),
        ),
        (
            indicator_set.fill,
            "which markets in Peru are above 7",
            Meaning(Kind.INDICATOR_SET, ("PER",), indicators=("criminal_markets",), tests=((Test("", Op.ABOVE, Decimal(7)),),)),
        ),
        (
            neighbour.fill,
            "who stands right behind Haiti",
            Meaning(Kind.SET, ("HTI",), indicators=CRIME, order=Direction.HIGH, beside=1),
        ),
        (
            neighbour.fill,
            "which country comes just above Peru for cocaine in South America",
            Meaning(Kind.SET, ("PER",), (("South America",),), indicators=("cocaine_trade",), order=Direction.HIGH, beside=-1),
        ),
    ],
)
def test_a_question_fills_the_meaning_of_its_kind(fill: Fill, question: str, meaning: Meaning) -> None:
    assert fill(asked(question)) == meaning


@pytest.mark.parametrize(
    ("fill", "question"),
    [
        (value.fill, "the heroin score"),
        (value.fill, "the zebra score of Kenya"),
        (difference.fill, "Poland minus Ukraine, contraband vodka"),
        (rank.fill, "where does Malta rank for yachts"),
        (explanation.fill, "why is Laos so bad for hedgehogs"),
        (comparison.fill, "Peru or Chile, who is worse on quicksilver"),
        (value.fill, "the heroin score of Kenya in 2019"),
        (value.fill, "is Kenya above 7 for heroin"),
        (value.fill, "cocaine score of Peru when Chile was at 5"),
        (value.fill, "the arms score of Palestine"),
        (rank.fill, "where does Peru rank in Europe"),
        (rank.fill, "is Mexico among the five worst"),
        (change.fill, "how much has Ecuador changed since 2022"),
        (change.fill, "did Ecuador rise by more than 1 point since 2021"),
        (comparison.fill, "how is Peru"),
        (comparison.fill, "did Peru rise more than Chile"),
        (comparison.fill, "which of Peru and Chile are above 5 for cocaine"),
        (difference.fill, "difference between Chile, Peru and Bolivia"),
        (difference.fill, "how far below the world's best is Monaco"),
        (page_fact.fill, "population and GDP of Peru"),
        (page_fact.fill, "GDP per capita of Peru"),
        (page_fact.fill, "the anthem of Peru"),
        (overview.fill, "what is going on"),
        (overview.fill, "the top 3 things about Peru"),
        (indicator_set.fill, "Chad's weakest resilience indicators except prevention"),
        (indicator_set.fill, "where did Ecuador worsen most"),
        (indicator_set.fill, "the worst markets of Peru and Chile"),
        (neighbour.fill, "is Peru worse than Haiti"),
    ],
)
def test_what_a_kind_cannot_say_whole_it_does_not_say(fill: Fill, question: str) -> None:
    assert fill(asked(question)) is None
