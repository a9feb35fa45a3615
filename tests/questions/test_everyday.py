"""Everyday words for indicators are read where a score may be asked for, and never seen by a search for text."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.masked import masked
from index.questions.everyday import everyday_topics
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def indicators(text: str) -> list[str]:
    return list(masked(understand(text, GAZETTEER, TAXONOMY.editions).reading).ids("I"))


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("trade in people in Ethiopia", "human_trafficking"),
        ("traffic of human beings", "human_trafficking"),
        ("passage of migrants through Tunisia", "human_smuggling"),
        ("traffic of migrants", "human_smuggling"),
        ("shakedowns of shops", "extortion_and_protection_racketeering"),
        ("smuggling of arms", "arms_trafficking"),
        ("gun runners", "arms_trafficking"),
        ("fake gucci", "trade_in_counterfeit_goods"),
        ("cigs and booze", "illicit_trade_in_excisable_goods"),
        ("cutting down trees illegally", "flora_crimes"),
        ("ivory and rhinos", "fauna_crimes"),
        ("crimes on fish and animals", "fauna_crimes"),
        ("stolen oil and fuel", "non_renewable_resource_crimes"),
        ("smack", "heroin_trade"),
        ("coke", "cocaine_trade"),
        ("ganja", "cannabis_trade"),
        ("lab drugs", "synthetic_drug_trade"),
        ("cyber", "cyber_dependent_crimes"),
        ("internet crime", "cyber_dependent_crimes"),
        ("scams and fraud", "financial_crimes"),
        ("bikies", "mafia_style_groups"),
        ("the looser networks", "criminal_networks"),
        ("crooked cops", "state_embedded_actors"),
        ("officials who are in on it", "state_embedded_actors"),
        ("politicians being so crooked", "state_embedded_actors"),
        ("criminals sitting inside the state", "state_embedded_actors"),
        ("foreign crooks", "foreign_actors"),
        ("bent business", "private_sector_actors"),
        ("leadership in Nicaragua", "political_leadership_and_governance"),
        ("openness of government", "government_transparency_and_accountability"),
        ("cooperating with the other nations", "international_cooperation"),
        ("laws against organised crime", "national_policies_and_laws"),
        ("the cops", "law_enforcement"),
        ("control over own territory", "territorial_integrity"),
        ("laundering controls", "anti_money_laundering"),
        ("business climate", "economic_regulatory_capacity"),
        ("looking after victims", "victim_and_witness_support"),
        ("support given to the witnesses", "victim_and_witness_support"),
        ("stopping crime before it starts", "prevention"),
        ("the free press", "non_state_actors"),
        ("ability to fight crime", "resilience"),
    ],
)
def test_everyday_words_name_an_indicator(text: str, indicator: str) -> None:
    assert indicators(text) == [indicator]


@pytest.mark.parametrize(
    "text",
    [
        "armed forces",
        "the states of Asia",
        "four leaders",
        "Peru's law of 2020",
        "my sister in law",
        "people of Peru",
        "what accounts for it",
    ],
)
def test_words_that_only_look_like_it_name_none(text: str) -> None:
    assert indicators(text) == []


def test_a_search_for_text_does_not_see_them() -> None:
    question = understand("which port does the ivory leave from", GAZETTEER, TAXONOMY.editions)
    assert question.indicators == () and "ivory" in question.words
    assert masked(question.reading).ids("I") == ("fauna_crimes",)


def test_the_longest_reading_wins_over_an_official_name_inside_it() -> None:
    assert indicators("laundering of money, and laws against laundering of money") == ["anti_money_laundering"]
    assert indicators("corruption of police") == ["state_embedded_actors"]


def test_every_topic_of_the_table_exists() -> None:
    table = everyday_topics()
    named = {*table.phrases.values(), *(i for topics in table.acts.values() for i in topics)}
    assert named <= {*TAXONOMY.indicators, *TAXONOMY.groups}
    assert table.groups <= set(TAXONOMY.groups)
