"""Questions with a part replaced, and follow-up questions completed: the result is always a whole question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.contract.answer_kind import Kind
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.questions.rephrase import Part, Rephrasing

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


@pytest.fixture(scope="module")
def rephrasing() -> Rephrasing:
    return Rephrasing(GAZETTEER, TAXONOMY)


@pytest.mark.parametrize(
    ("question", "part", "value", "changed"),
    [
        ("who controls illegal gold mining in Peru?", Part.COUNTRY, "COL", "who controls illegal gold mining in Colombia?"),
        ("Peru's cocaine score 2023", Part.COUNTRY, "CIV", "Côte d'Ivoire's cocaine score 2023"),
        ("Are Peruvian judges under investigation?", Part.COUNTRY, "COL", "Are Colombian judges under investigation?"),
        ("what do Peruvians smuggle", Part.COUNTRY, "COL", "what do Colombians smuggle"),
        ("who runs the drug trade?", Part.COUNTRY, "PER", "who runs the drug trade in Peru?"),
        ("Peru cocaine score 2023", Part.EDITION, "2021", "Peru cocaine score 2021"),
        ("Peru cocaine score", Part.EDITION, "2021", "Peru cocaine score in 2021"),
        ("Peru cocaine score 2023", Part.INDICATOR, "fauna_crimes", "Peru fauna crimes score 2023"),
        ("Guinea-Bissau's anti-money laundering score, 2021", Part.COUNTRY, "PER", "Peru's anti-money laundering score, 2021"),
    ],
)
def test_a_new_part_replaces_the_one_named_or_is_added(
    question: str, part: Part, value: str, changed: str, rephrasing: Rephrasing
) -> None:
    assert rephrasing.with_part(question, part, value) == changed


def test_one_of_several_countries_can_be_replaced(rephrasing: Rephrasing) -> None:
    changed = rephrasing.with_part("compare Peru and Chile on criminality", Part.COUNTRY, "BRA", "CHL")
    assert changed == "compare Peru and Brazil on criminality"


@pytest.mark.parametrize(
    ("typed", "after", "meant"),
    [
        ("and in Colombia?", "who controls illegal gold mining in Peru?", "who controls illegal gold mining in Colombia?"),
        ("what about Colombia", "who controls illegal gold mining in Peru?", "who controls illegal gold mining in Colombia?"),
        ("in 2023?", "Peru cocaine score 2021", "Peru cocaine score 2023"),
        ("and 2021", "How does Peru rank for resilience?", "How does Peru rank for resilience in 2021?"),
        ("and resilience?", "Peru criminality 2021", "Peru resilience 2021"),
        ("Colombia and Ecuador?", "Peru cocaine score 2021", "Colombia and Ecuador cocaine score 2021"),
        ("what about Chile", "compare Peru and Brazil on criminality", "compare Peru and Brazil and Chile on criminality"),
        ("who runs the prisons there", "who controls gold mining in Peru", "who runs the prisons in Peru"),
        ("and human trafficking in Ecuador", "Peru cocaine score 2023", "Ecuador human trafficking score 2023"),
        ("why?", "Peru cocaine score 2023", "What does the profile of Peru say about cocaine trade in 2023?"),
    ],
)
def test_a_follow_up_is_completed_from_the_previous_question(typed: str, after: str, meant: str, rephrasing: Rephrasing) -> None:
    found = rephrasing.follow_up(typed, after)
    assert found is not None and (found.question, found.typed, found.after) == (meant, typed, after)


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("Peru criminality", "who controls gold in Chile"),
        ("who controls gold mining in Peru", "Peru cocaine score 2023"),
        ("what counts as flora crimes", "Peru cocaine score 2023"),
        ("who runs the prisons there", "how many countries score 7 or more"),
        ("why?", "who controls gold mining in Peru"),
        ("", "Peru cocaine score 2023"),
        ("and then", "Peru cocaine score 2023"),
        ("in 2023?", "Peru cocaine score 2023"),
        ("and in Colombia?", ""),
        ("Tell me about Myanmar", "How did Australia's criminality change between 2023 and 2025?"),
        ("What was the criminality of Chile in 2021?", "What was the criminality of Peru in 2023?"),
        ("What is the resilience of Chile?", "top five for cocaine trade in 2025"),
    ],
)
def test_what_is_no_follow_up_is_left_alone(typed: str, after: str, rephrasing: Rephrasing) -> None:
    assert rephrasing.follow_up(typed, after) is None


@pytest.mark.parametrize("kind", [Kind.PASSAGES, Kind.VALUE, Kind.RANK, Kind.CHANGE, Kind.DEFINITION])
def test_a_question_put_as_another_kind_is_read_as_that_kind(kind: Kind, rephrasing: Rephrasing) -> None:
    question = understand("cocaine in Peru, anything", GAZETTEER, TAXONOMY.editions)
    put = rephrasing.as_kind(question, kind, "PER", "cocaine_trade", None)
    assert put is not None
    again = understand(put, GAZETTEER, TAXONOMY.editions)
    assert "cocaine_trade" in again.indicators
    assert kind is Kind.DEFINITION or again.countries == ("PER",)


@pytest.mark.parametrize("indicator", sorted(TAXONOMY.indicators))
def test_every_indicator_survives_being_put_as_another_kind(indicator: str, rephrasing: Rephrasing) -> None:
    question = understand("Peru", GAZETTEER, TAXONOMY.editions)
    for kind in (Kind.PASSAGES, Kind.VALUE, Kind.RANK):
        put = rephrasing.as_kind(question, kind, "PER", indicator, 2023)
        assert put is not None, kind
        again = understand(put, GAZETTEER, TAXONOMY.editions)
        assert (again.indicators, again.countries, again.editions) == ((indicator,), ("PER",), (2023,)), put


@given(st.text(max_size=60), st.sampled_from(sorted(TAXONOMY.countries)), st.text(max_size=40))
def test_the_new_country_is_named_whatever_the_text(text: str, country: str, typed: str) -> None:
    rephrasing = Rephrasing(GAZETTEER, TAXONOMY)
    try:
        changed = rephrasing.with_part(text, Part.COUNTRY, country)
    except QuestionError:
        return
    assert country in {n.value for n in rephrasing.named(changed)}
    rephrasing.follow_up(typed, text)
    rephrasing.follow_up(text, "Peru cocaine score 2023")


def test_every_country_can_replace_another(rephrasing: Rephrasing, taxonomy: Taxonomy) -> None:
    for code in taxonomy.countries:
        changed = rephrasing.with_part("who controls gold mining in Peru?", Part.COUNTRY, code)
        assert understand(changed, GAZETTEER, taxonomy.editions).countries == (code,), changed
