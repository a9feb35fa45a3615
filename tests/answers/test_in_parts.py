"""Questions that ask several things, and questions in a story, answered part by part."""

from __future__ import annotations

import pytest

from index.answers.answer import ask
from index.answers.part import SEVERAL
from index.contract.typed_results import AggregateResult, ComparisonResult, CountResult, IndicatorSetResult, RankResult, SetResult
from index.generations.snapshot import Snapshot


def test_both_ends_of_an_order_are_answered(shipped: Snapshot) -> None:
    answer = ask(shipped, "Zambia resilience, strongest and weakest blocks")
    assert isinstance(answer.result, IndicatorSetResult) and answer.result.indicators == ("national_policies_and_laws",)
    assert "national policies and laws (6.50)" in answer.answer and "victim and witness support (3.00)" in answer.answer
    assert SEVERAL in answer.notes
    assert {f.indicator for f in answer.facts} >= {"national_policies_and_laws", "victim_and_witness_support"}


def test_the_second_question_may_point_back_to_the_country_that_the_first_finds(shipped: Snapshot) -> None:
    answer = ask(shipped, "who has the highest cocaine score in Oceania, and how does it compare with Fiji?")
    assert isinstance(answer.result, SetResult) and len(answer.result.countries) == 1
    assert "Fiji" in answer.answer and SEVERAL in answer.notes


def test_the_second_question_may_leave_out_what_the_first_says(shipped: Snapshot) -> None:
    answer = ask(shipped, "who has the highest cocaine score in Africa and who has the lowest?")
    assert "Guinea-Bissau has the highest" in answer.answer
    assert "Eritrea, Sudan and South Sudan share the lowest score for cocaine trade" in answer.answer


def test_a_rank_now_and_then(shipped: Snapshot) -> None:
    answer = ask(shipped, "In which place is Serbia for criminality in Europe, and was it ranked any differently in 2021?")
    assert isinstance(answer.result, RankResult) and answer.result.edition == 2025
    assert "in the 2025 edition" in answer.answer and "in the 2021 edition" in answer.answer


def test_how_many_rose_and_how_many_fell(shipped: Snapshot) -> None:
    answer = ask(shipped, "How many saw resilience drop between 2023 and 2025, and how many saw it rise?")
    assert isinstance(answer.result, CountResult) and answer.result.value == 97
    assert "76 of the 193 countries" in answer.answer


def test_a_group_beside_everyone_else(shipped: Snapshot) -> None:
    answer = ask(shipped, "are OECD countries better at witness protection than everyone else")
    assert isinstance(answer.result, AggregateResult) and answer.result.group == "OECD"
    assert "the 38 countries in the OECD is 6.47" in answer.answer
    assert "the 155 countries in the world excluding the OECD is 3.70" in answer.answer


def test_each_of_the_indicators_of_a_list(shipped: Snapshot) -> None:
    answer = ask(shipped, "top 3 in Asia for heroin and for cocaine")
    assert "Myanmar (9.50)" in answer.answer and "United Arab Emirates, Lebanon and Türkiye (6.00)" in answer.answer


def test_several_facts_of_a_page(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru capital / population")
    assert answer.understood.kind == "page_fact"
    assert "its capital as Lima" in answer.answer and "its population as" in answer.answer


def test_a_reason_behind_a_question_changes_nothing(shipped: Snapshot) -> None:
    text = "compare ASEAN with the European Union on anti money laundering because the money goes through banks and I need both"
    answer = ask(shipped, text)
    assert answer.answered and "6.19" in answer.answer and "4.77" in answer.answer


def test_a_story_names_the_countries_that_the_question_points_to(shipped: Snapshot) -> None:
    answer = ask(
        shipped, "We're doing a river cruise through Germany, Austria, Hungary and Slovakia. Of the four who has the most crime?"
    )
    assert "highest for Germany" in answer.answer and "Austria 4.30" in answer.answer


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Between Ghana, Kenya and Rwanda, where will I meet the fewest crooked officials?", "comparison"),
        ("Which is the most resilient country in the Caribbean and what is its cocaine score?", "value"),
        ("how did Peru's criminality change between 2021 and 2023, and by how much?", "change"),
    ],
)
def test_one_question_is_not_taken_apart(question: str, kind: str, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert answer.understood.kind == kind and SEVERAL not in answer.notes


def test_the_edition_of_the_first_question_holds_for_the_second(shipped: Snapshot) -> None:
    answer = ask(shipped, "who had the highest cocaine score in Africa in 2021 and who had the lowest?")
    assert {fact.edition for fact in answer.facts} == {2021} and "2025" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        # What is left out of the first cannot be left out of the second in a few words.
        "Which country outside Europe has the highest cocaine score, and who has the lowest?",
        # The first end would be of the world.
        "country with highest criminality and lowest resilience in Asia",
        # What is told may limit the question.
        "Compare ASEAN with the European Union on anti money laundering, and I need the median",
        "I know all about Brazil, tell me which country in South America is worst for cocaine trade after it",
        "is the OECD median higher than the rest of the world for cocaine",
        "average resilience of all countries but the ten worst for heroin",
        "which country is most resilient apart from the five with the highest cocaine score",
        "What are the capital and population of Peru and the EU?",
        "capital and population of Peru in 2019",
    ],
)
def test_a_question_is_declined_where_a_part_would_ask_something_else(question: str, shipped: Snapshot) -> None:
    assert not ask(shipped, question).answered


def test_a_topic_is_never_left_out_as_story(shipped: Snapshot) -> None:
    answer = ask(shipped, "My team follows IUU fishing off the coasts of Namibia and Angola, how bad is it")
    assert not answer.answered or answer.understood.indicators == ("fauna_crimes",)


def test_whether_what_is_found_is_one_country(shipped: Snapshot) -> None:
    answer = ask(shipped, "which country in Africa has the worst heroin trade and is it Kenya")
    assert isinstance(answer.result, SetResult) and "KEN" in answer.result.countries
    assert "Kenya ranks joint 1st (with 5 others) of 54 countries in Africa for heroin trade" in answer.answer


def test_a_second_question_of_a_family_has_no_indicator_of_the_first(shipped: Snapshot) -> None:
    answer = ask(shipped, "which country in Africa is the most resilient and which market is its worst")
    assert "Cabo Verde has the highest score for resilience" in answer.answer
    assert "cocaine trade (7.00)" in answer.answer and "international cooperation" not in answer.answer


def test_facts_that_a_page_prints_are_given_beside_those_it_does_not(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru: capital, population and gini?")
    assert "its capital as Lima" in answer.answer and "its population as" in answer.answer


def test_the_members_of_a_small_group_are_compared(shipped: Snapshot) -> None:
    answer = ask(shipped, "compare the Baltics on heroin")
    assert isinstance(answer.result, ComparisonResult) and set(answer.result.countries) == {"EST", "LVA", "LTU"}


@pytest.mark.parametrize(
    ("text", "verdict", "begins"),
    [
        ("has Ghana ever been above Nigeria for criminality", None, "Criminality in 2025"),
        ("is Ghana above Nigeria for criminality", False, "No, "),
        ("has Nigeria ever been above Ghana for criminality", True, "Yes, "),
    ],
)
def test_one_edition_decides_no_never(text: str, verdict: bool | None, begins: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert isinstance(answer.result, ComparisonResult) and answer.result.verdict is verdict
    assert answer.answer.startswith(begins)
    assert any("asks of any time" in note for note in answer.notes) == (verdict is None)


def test_a_place_that_is_not_scored_cannot_be_left_out_either(shipped: Snapshot) -> None:
    answer = ask(shipped, "which country in Europe without the Vatican has the highest financial crimes score")
    assert not answer.answered and answer.answer == "The Index does not score the Holy See on its own."


@pytest.mark.parametrize(
    "text", ["will Kenya be among the ten worst next time", "is the heroin score of Ghana going to rise", "will Haiti get better"]
)
def test_what_is_to_come_is_not_answered_with_what_is(text: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert not answer.answered and "no forecasts" in answer.answer
