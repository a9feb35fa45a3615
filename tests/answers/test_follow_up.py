"""Follow-up questions: a change to the question before, put into a whole question; a question by itself is left alone."""

from __future__ import annotations

import pytest

from index.answers.answer import ask
from index.answers.follow_up import follow_up
from index.contract.typed_results import RankingResult, SetResult
from index.generations.snapshot import Snapshot

TOP_FIVE = "top five for cocaine trade in 2025"
WEAKEST = "which African country has the weakest law enforcement"
MOST_RESILIENT = "Which country has the highest resilience in Africa?"


@pytest.mark.parametrize(
    ("before", "typed", "whole"),
    [
        (TOP_FIVE, "and the lowest?", "Which 5 countries have the lowest cocaine trade in 2025?"),
        (TOP_FIVE, "bottom ten", "Which 10 countries have the lowest cocaine trade in 2025?"),
        (TOP_FIVE, "top ten", "Which 10 countries have the highest cocaine trade in 2025?"),
        (TOP_FIVE, "only in Europe", "Which 5 countries in Europe have the highest cocaine trade in 2025?"),
        (
            TOP_FIVE,
            "how many of them are in the Americas?",
            "Of the 5 countries with the highest cocaine trade score in 2025, how many are in the Americas?",
        ),
        (TOP_FIVE, "and the average?", "What is the mean cocaine trade score in 2025?"),
        (WEAKEST, "and the second weakest?", "Which country in Africa has the second lowest law enforcement score?"),
        (
            WEAKEST,
            "how did it change since 2021?",
            "How did the law enforcement score of Burundi, Democratic Republic of the Congo and Somalia change "
            "between 2021 and 2025?",
        ),
        (MOST_RESILIENT, "the next one", "Which country in Africa has the second highest resilience score?"),
        (MOST_RESILIENT, "and the worst?", "Which country in Africa has the lowest resilience score?"),
        (MOST_RESILIENT, "what is its rank?", "How does Cabo Verde rank for resilience?"),
        (MOST_RESILIENT, "in the EU", "Which country in the European Union has the highest resilience score?"),
        ("Rank the continents by mean criminality", "and the lowest?", "Which continent has the lowest mean criminality?"),
        ("Mexico's worst criminal markets", "and the best?", "Which criminal market of Mexico has the lowest score?"),
        ("cocaine score of Peru 2023", "the lowest?", "Which country has the lowest cocaine trade score in 2023?"),
        ("cocaine score of Peru 2021", "and in 2023?", "cocaine score of Peru 2023"),
    ],
)
def test_a_follow_up_changes_the_question_before(before: str, typed: str, whole: str, shipped: Snapshot) -> None:
    found = follow_up(shipped, typed, before)
    assert found is not None
    assert (found.question, found.typed, found.after) == (whole, typed, before)
    assert ask(shipped, whole).answered


def test_a_visit_of_follow_ups_keeps_what_was_asked_before(shipped: Snapshot) -> None:
    question = TOP_FIVE
    for typed in ("and the lowest?", "only in Europe"):
        found = follow_up(shipped, typed, question)
        assert found is not None
        question = found.question
    result = ask(shipped, question).result
    assert isinstance(result, RankingResult)
    assert (result.indicator, result.edition) == ("cocaine_trade", 2025)
    assert set(result.countries) <= set(shipped.taxonomy.members("Europe", 2025))
    assert list(result.values) == sorted(result.values)


def test_the_worst_on_resilience_is_the_lowest_and_on_criminality_the_highest(shipped: Snapshot) -> None:
    for before, value in (("most resilient country in Africa", min), ("least criminal country in Africa", max)):
        found = follow_up(shipped, "and the worst?", before)
        assert found is not None
        result = ask(shipped, found.question).result
        assert isinstance(result, SetResult)
        members = shipped.taxonomy.members("Africa", 2025)
        scores = shipped.score_store.scores_of(members)
        assert result.values[0] == float(value(scores[c][result.indicator, 2025][0] for c in members))


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("What was the criminality of Peru in 2023?", "What was the criminality of Chile in 2021?"),
        ("who controls illegal gold mining in Peru", "What is the resilience score of Chile in 2025?"),
        (TOP_FIVE, "What is the resilience of Chile?"),
        (TOP_FIVE, "Tell me about Myanmar"),
        (TOP_FIVE, "which country has the lowest heroin score"),
        (TOP_FIVE, "how many countries are in Africa"),
        (TOP_FIVE, "who makes these scores"),
        (TOP_FIVE, ""),
        ("who controls illegal gold mining in Peru", "and the second?"),
        ("hello", "and the lowest?"),
        ("", "and the lowest?"),
    ],
)
def test_a_question_by_itself_is_left_alone(before: str, typed: str, shipped: Snapshot) -> None:
    assert follow_up(shipped, typed, before) is None
