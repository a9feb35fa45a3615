"""What everyday questions ask: how bad a country is, which of two ways, by how much, over all editions, who holds an office."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.answers.answer import ask
from index.contract.answer_kind import Kind
from index.contract.briefing_results import AboutResult, OverviewResult
from index.contract.group_results import GroupRankingResult, TrendResult
from index.contract.typed_results import SetResult, ValueResult
from index.generations.snapshot import Snapshot


@pytest.mark.parametrize(
    ("question", "country", "topic"),
    [
        ("how corrupt is Kenya", "KEN", "state_embedded_actors"),
        ("is Albania corrupt?", "ALB", "state_embedded_actors"),
        ("how dangerous is Ecuador these days", "ECU", None),
        ("is Iceland safe from organised crime?", "ISL", None),
        ("how bad is crime in Haiti", "HTI", None),
        ("is Mexico a violent country", "MEX", None),
    ],
)
def test_how_bad_a_country_is_gets_its_scores(question: str, country: str, topic: str | None, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert isinstance(answer.result, OverviewResult), answer.answer
    assert (answer.result.country, answer.result.indicator) == (country, topic)
    safety = any("not how safe a place is" in note for note in answer.notes)
    assert safety is any(word in question for word in ("safe", "dangerous", "violent"))


@pytest.mark.parametrize("question", ["which countries are the most corrupt", "most corrupt country in the world"])
def test_the_most_corrupt_are_those_with_the_most_state_embedded_actors(question: str, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, SetResult) and result.indicator == "state_embedded_actors"
    scores = shipped.score_store.scores_in(["state_embedded_actors"], [2025])
    assert set(result.countries) == {s.country for s in scores if s.value == max(score.value for score in scores)}


@pytest.mark.parametrize(
    ("question", "country", "side"),
    [
        ("is Germany above or below the European average", "DEU", "That is above the mean for Europe"),
        ("is Norway lower or higher than the European average for criminality", "NOR", "That is not above the mean for Europe"),
    ],
)
def test_which_of_two_ways_is_not_answered_with_yes_or_no(question: str, country: str, side: str, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert isinstance(answer.result, ValueResult) and answer.result.country == country and answer.result.verdict is None
    assert not answer.answer.startswith(("Yes", "No,")) and side in answer.answer


@pytest.mark.parametrize(
    "question", ["who improved most in Africa and by how much", "Who improved most in Africa, and by how much?"]
)
def test_by_how_much_asks_nothing_more(question: str, shipped: Snapshot) -> None:
    assert ask(shipped, question).result == ask(shipped, "who improved most in Africa").result


@pytest.mark.parametrize(
    "question",
    ["how has Ghana's criminality changed over all editions", "how did the criminality of Ghana change across the editions"],
)
def test_a_change_over_all_editions_has_every_edition(question: str, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, TrendResult) and result.editions == (2021, 2023, 2025)


def test_groups_without_a_common_member_are_set_side_by_side(shipped: Snapshot) -> None:
    result = ask(shipped, "whats the average criminality for Africa vs Europe").result
    assert isinstance(result, GroupRankingResult) and set(result.groups) == {"Africa", "Europe"}


def test_a_score_of_the_country_at_one_end_of_another_is_two_steps(shipped: Snapshot) -> None:
    result = ask(shipped, "what is the resilience of the country with the most cocaine trade").result
    assert isinstance(result, ValueResult) and (result.country, result.indicator) == ("COL", "resilience")


@pytest.mark.parametrize("question", ["who is the president of Peru", "who's the interior minister in Peru"])
def test_who_holds_an_office_is_not_answered_without_a_name(question: str, shipped: Snapshot) -> None:
    assert not ask(shipped, question).answered
    assert ask(shipped, "who controls illegal gold mining in Peru").answered


@pytest.mark.parametrize(
    ("question", "topic", "words"),
    [
        ("who publishes the Global Organized Crime Index", "publisher", "Global Initiative"),
        ("who makes the Organized Crime Index", "publisher", "Global Initiative"),
        ("what is the Global Organized Crime Index", "index", "scores 193 countries"),
        ("what changed in the 2023 edition compared with 2021", "editions", "The 2023 edition added"),
        ("what is new in the 2023 edition", "editions", "The 2023 edition added"),
        ("what is new in the 2025 edition", "editions", "The 2025 edition measures the same"),
    ],
)
def test_the_full_name_of_the_index_and_a_year_say_which_answer_is_meant(
    question: str, topic: str, words: str, shipped: Snapshot
) -> None:
    answer = ask(shipped, question)
    assert answer.understood.kind == Kind.ABOUT
    assert isinstance(answer.result, AboutResult) and answer.result.topic == topic and words in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "who sits right next to Portugal in the criminality ranking",
        "who is next to Portugal for criminality",
        "which countries are directly above and below Portugal on criminality",
    ],
)
def test_who_is_next_to_a_country_are_those_on_both_sides(question: str, shipped: Snapshot) -> None:
    values = {s.country: s.value for s in shipped.score_store.scores_in(["criminality"], [2025])}
    above = min(v for v in values.values() if v > values["PRT"])
    below = max(v for v in values.values() if v < values["PRT"])
    answer = ask(shipped, question)
    names = [shipped.taxonomy.countries[c].name for c, value in values.items() if value in (above, below)]
    assert len(names) >= 2 and all(name in answer.answer for name in names), answer.answer


def test_two_conditions_beside_each_other_are_not_taken_for_a_choice_of_one(shipped: Snapshot) -> None:
    scores = {s.country: s.value for s in shipped.score_store.scores_in(["criminality"], [2025])}
    result = ask(shipped, "which countries have criminality of 7.5 or above or below 2 in 2025").result
    wanted = {c for c, value in scores.items() if value >= Decimal("7.5") or value < 2}
    assert not isinstance(result, SetResult) or set(result.countries) == wanted
