"""Places, editions and topics of a question."""

from __future__ import annotations

import pytest
from asking import asked

from index.meaning.asked import Learned
from index.meaning.slots.scope import Scope, scope_of
from index.meaning.slots.topics import Topics, indicators_of
from index.meaning.slots.when import When, when_of

DRUGS = ("heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade")


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ("heroin in Kenya", Scope(("KEN",))),
        (
            "which African countries except Kenya and Nigeria are worst for cocaine",
            Scope(groups=(("Africa",),), without_countries=("KEN", "NGA")),
        ),
        ("the G20 apart from the EU", Scope(groups=(("G20",),), without_groups=("European Union",))),
        ("worst of Africa or Asia", Scope(groups=(("Africa", "Asia"),))),
        ("the worst African island states", Scope(groups=(("Africa",), ("island states",)))),
        ("where does Peru stand worldwide", Scope(("PER",), world=True)),
        ("Peru in the global organized crime index", Scope(("PER",))),
        ("how does Peru compare with its neighbours", Scope(("PER",), own_region="region")),
        ("Kenya's place on its continent", Scope(("KEN",), own_region="continent")),
        ("Colombian groups in Peru", Scope(("PER",))),
        ("border control of Tajikistan, seen from the Afghan side", Scope(("TJK",))),
        ("Kenya, no wait, Uganda for heroin", Scope(("UGA",))),
        ("Niger, not Nigeria, on its courts", Scope(("NER",))),
        ("Estonia minus Bulgaria on resilience", Scope(("EST", "BGR"))),
        ("both Koreas for cyber crime", Scope(("KOR", "PRK"))),
        ("resilience of the Baltics", Scope(groups=(("Baltic states",),))),
        ("brazils cocaine score", Scope(("BRA",))),
        ("Canada, the States and Mexico for heroin", Scope(("CAN", "USA", "MEX"))),
        ("Peru against the other South American countries", Scope(("PER",), groups=(("South America",),), others=True)),
    ],
)
def test_places(question: str, scope: Scope) -> None:
    assert scope_of(asked(question)) == scope


@pytest.mark.parametrize(
    "question", ["heroin in Korea", "arms in Palestine", "resilience of the Mediterranean", "fauna crimes in the south of Asia"]
)
def test_a_place_without_scores_or_members_or_with_several_meanings_is_not_settled(question: str) -> None:
    assert not scope_of(asked(question)).settled


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ("heroin in Kenya", When()),
        ("heroin in Kenya in 2021", When((2021,))),
        ("the latest heroin score of Kenya", When(latest=True)),
        ("heroin in Kenya in 2021 and 2025", When((2021, 2025))),
        ("heroin in Kenya in 2019", When(years_without_edition=(2019,))),
        ("Kenya since 2021", When((2021, 2025), change=True)),
        ("Kenya from 2021 to 2023", When((2021, 2023), change=True)),
        ("change of Kenya from '21 to '23", When((2021, 2023), change=True)),
        ("who slipped most since last time", When((2023, 2025), change=True)),
        ("over the last two editions", When((2023, 2025), change=True)),
        ("heroin in Kenya in the previous edition", When((2023,))),
        ("heroin in Kenya in the first edition", When((2021,))),
        ("heroin in Kenya two years ago", When((2023,))),
        ("heroin in Kenya ten years ago", When(years_without_edition=(2015,))),
        ("Honduras over the years", When(change=True, whole=True)),
        ("from the first edition until the last publication", When((2021, 2025), change=True)),
        ("how much is it vs 2021", When((2021, 2025), change=True)),
        ("who is worse, Peru or Chile, and was it the same in 2021", When((2021, 2025))),
    ],
)
def test_editions(question: str, when: When) -> None:
    assert when_of(asked(question)) == when


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("heroin in Kenya", Topics(("heroin_trade",))),
        ("heroin and cocaine in Kenya", Topics(("heroin_trade", "cocaine_trade"))),
        ("drugs in Kenya", Topics(DRUGS)),
        ("the cops of Kenya", Topics(("law_enforcement",))),
        ("peelers in Kenya", Topics(("law_enforcement",))),
        ("how dangerous is Kenya", Topics(("criminality",), implied=True)),
        ("Kenya in the global organized crime index", Topics()),
        ("gold smuggling by criminals in Ghana", Topics(("non_renewable_resource_crimes",))),
        ("tell me about Kenya", Topics()),
        ("what accounts for the weak courts of Haiti", Topics(("judicial_system_and_detention",))),
    ],
)
def test_topics(question: str, topics: Topics) -> None:
    assert indicators_of(asked(question)) == topics


def test_what_the_learned_reader_thinks_likely_counts_where_nothing_is_named() -> None:
    learned = Learned(indicators={"arms_trafficking": 0.9, "heroin_trade": 0.2})
    assert indicators_of(asked("gun runners of Yemen", learned)).indicators == ("arms_trafficking",)
    assert indicators_of(asked("heroin in Yemen", learned)).indicators == ("heroin_trade",)
