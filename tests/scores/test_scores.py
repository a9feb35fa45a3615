"""Questions about scores, from text to typed result, with the scores of South America alone."""

from __future__ import annotations

import json

import pytest

from index.answers.answer import ask
from index.contract.typed_results import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    CountResult,
    IndicatorSetResult,
    RankingResult,
    SetResult,
    Unavailable,
    ValueResult,
)
from index.generations.snapshot import Snapshot


def test_a_superlative_names_every_country_that_shares_the_score(south_america: Snapshot) -> None:
    answer = ask(south_america, "which country has the highest human trafficking score in South America in 2021")
    result = answer.result
    assert isinstance(result, SetResult)
    rows = south_america.score_store.scores_of(sorted(south_america.loaded.countries))
    values = {c: scores["human_trafficking", 2021][0] for c, scores in rows.items()}
    assert set(result.countries) == {c for c, v in values.items() if v == max(values.values())}
    assert set(result.values) == {float(max(values.values()))}
    assert (result.edition, result.indicator) == (2021, "human_trafficking")
    assert {f.country for f in answer.facts} == set(result.countries)
    assert all(f.source for f in answer.facts)


def test_a_ranking_keeps_every_country_tied_at_the_cut(south_america: Snapshot) -> None:
    answer = ask(south_america, "top 3 countries in South America for non-renewable resource crimes in 2021")
    result = answer.result
    assert isinstance(result, RankingResult)
    assert len(result.countries) > 3
    assert list(result.values) == sorted(result.values, reverse=True)
    assert "joint 1st" in answer.answer
    assert [f.rank for f in answer.facts] == [1] * len(result.countries)


def test_an_answer_over_part_of_the_world_says_so(south_america: Snapshot) -> None:
    for question in ("top five for criminality", "which country has the lowest resilience", "how many countries score above 6"):
        answer = ask(south_america, question)
        assert "12 countries loaded (193 in all)" in answer.answer, answer.answer
    assert "12 countries loaded" not in ask(south_america, "top five for criminality in South America").answer


def test_a_change_of_an_average_is_given_like_for_like_as_well(south_america: Snapshot) -> None:
    """Five markets were added in 2023: Peru's published average stayed put while the ten old markets rose by half a point."""
    answer = ask(south_america, "how did Peru's criminal markets average change between 2021 and 2023")
    assert answer.result == ChangeResult("PER", "criminal_markets", 2021, 2023, 0.0, like_for_like=0.5)
    assert "did not change: 6.20 in 2021 and in 2023" in answer.answer
    assert "rose by 0.50" in answer.answer
    (note,) = [n for n in answer.notes if "like-for-like" in n]
    for added in ("extortion", "counterfeit", "excisable", "cyber-dependent", "financial crimes"):
        assert added in note


def test_a_change_without_added_parts_has_no_second_figure(south_america: Snapshot) -> None:
    answer = ask(south_america, "how did Peru's resilience change between 2021 and 2023")
    assert isinstance(answer.result, ChangeResult) and answer.result.like_for_like is None
    assert not any("like-for-like" in n for n in answer.notes)
    assert "like_for_like" not in answer.to_dict()["result"]


def test_a_change_in_one_indicator_is_given_in_steps_with_its_ranks(south_america: Snapshot) -> None:
    answer = ask(south_america, "how much did Ecuador's cocaine trade score rise from 2021 to 2023")
    assert answer.result == ChangeResult("ECU", "cocaine_trade", 2021, 2023, 1.5)
    assert "three steps of 0.5" in answer.answer
    assert "which is worse" in answer.answer
    assert "its rank moved from" in answer.answer and "(1st is the highest score)" in answer.answer
    assert "%" not in answer.answer


def test_a_comparison_names_the_higher_and_says_which_way_is_worse(south_america: Snapshot) -> None:
    answer = ask(south_america, "is the cocaine trade score higher in Peru or Chile in 2021?")
    assert isinstance(answer.result, ComparisonResult)
    assert (answer.result.countries, answer.result.higher) == (("PER", "CHL"), "PER")
    assert "higher is worse" in answer.answer
    assert {p.country for p in answer.passages} == {"PER"}


def test_a_tie_has_no_higher_country(south_america: Snapshot) -> None:
    answer = ask(south_america, "compare Peru and Colombia on non-renewable resource crimes in 2023")
    assert isinstance(answer.result, ComparisonResult)
    assert answer.result.values == (9.0, 9.0) and answer.result.higher is None
    assert "tie" in answer.answer


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("compare Peru, Chile and Taiwan on criminality", "does not score Taiwan"),
        ("compare Peru, Chile and Norway on criminality", "No scores for Norway are loaded"),
    ],
)
def test_what_is_missing_from_a_comparison_is_named(question: str, missing: str, south_america: Snapshot) -> None:
    answer = ask(south_america, question)
    assert isinstance(answer.result, ComparisonResult) and answer.result.countries == ("PER", "CHL")
    assert any(missing in note for note in answer.notes)


def test_a_comparison_with_only_one_loaded_country_is_declined(south_america: Snapshot) -> None:
    answer = ask(south_america, "compare Peru and Norway on criminality")
    assert isinstance(answer.result, Unavailable) and "no scores for Norway" in answer.result.why
    assert [f.country for f in answer.facts] == ["PER"]


def test_counts_statistics_and_the_indicators_of_a_country(south_america: Snapshot) -> None:
    count = ask(south_america, "how many South American countries have criminality of at least 6 in 2023?")
    listed = ask(south_america, "South American countries with criminality of at least 6 in 2023")
    assert isinstance(count.result, CountResult) and isinstance(listed.result, SetResult)
    assert count.result.value == len(count.result.countries) == len(listed.result.countries)
    mean = ask(south_america, "average resilience of South American countries in 2021").result
    assert isinstance(mean, AggregateResult)
    assert (mean.group, mean.stat, mean.of) == ("South America", "mean", 12)
    rows = south_america.score_store.scores_of(sorted(south_america.loaded.countries))
    values = [scores["resilience", 2021][0] for scores in rows.values()]
    assert abs(mean.value - float(sum(values)) / 12) <= 0.005
    worst = ask(south_america, "Peru's worst criminal markets in 2021").result
    assert isinstance(worst, IndicatorSetResult)
    assert worst.indicators == ("cocaine_trade", "non_renewable_resource_crimes") and worst.values == (9.0, 9.0)


def test_a_yes_or_no_question_is_answered_with_the_score(south_america: Snapshot) -> None:
    yes = ask(south_america, "is Peru's cocaine score above 8 in 2021")
    no = ask(south_america, "is Peru's heroin score above 8 in 2021")
    assert yes.result == ValueResult("PER", "cocaine_trade", 2021, 9.0, verdict=True) and yes.answer.startswith("Yes, ")
    assert no.answer.startswith("No, ")


def test_an_answer_shows_how_it_was_computed(south_america: Snapshot) -> None:
    answer = ask(south_america, "South American countries with cocaine trade above 7.5 in 2023")
    data = json.loads(json.dumps(answer.to_dict()))
    assert data["query"]["words"] == (
        "countries by cocaine trade in 2023, in South America, where cocaine trade in 2023 is above 7.50"
    )
    assert data["query"]["sql"].startswith("select s1.country")
    assert {"cocaine_trade", 2023, "South America", 7.5} <= set(data["query"]["values"])
    assert data["query"]["words"] == answer.understood.words
    assert ask(south_america, "who controls gold mining in Peru").query is None


@pytest.mark.parametrize(
    ("question", "says", "offer"),
    [
        ("Peru cocaine score 2022", "The Index has no 2022 edition", "Peru cocaine score 2023"),
        ("Congo cocaine score", "may mean", "Democratic Republic of the Congo cocaine score"),
        (
            "criminality in the Mediterranean on average",
            "not a group we have a member list",
            "criminality in Southern Europe on average",
        ),
        ("Peru financial crimes score 2021", "first appears in the 2023 edition", "Peru financial crimes score 2023"),
        ("compare Peru and Nigera on cocaine", "may mean Niger or Nigeria", "compare Peru and Nigeria on cocaine"),
    ],
)
def test_a_refusal_says_why_and_offers_what_can_be_asked(question: str, says: str, offer: str, south_america: Snapshot) -> None:
    answer = ask(south_america, question)
    assert not answer.answered and isinstance(answer.result, Unavailable)
    assert says in answer.answer
    assert offer in answer.alternatives


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("small countries with a criminality score above 6", "small"),
        ("countries with a population over 50 million and a criminality score above 6", "population"),
        ("countries bordering Peru with a criminality score above 6", "bordering"),
    ],
)
def test_a_word_that_may_be_a_condition_is_never_left_out(question: str, word: str, south_america: Snapshot) -> None:
    answer = ask(south_america, question)
    assert not answer.answered
    assert repr(word) in answer.answer


def test_a_score_that_does_not_exist_is_not_answered_with_another(south_america: Snapshot) -> None:
    assert not ask(south_america, "maritime piracy score for Peru").answered


def test_a_place_in_an_order_is_given_with_all_who_share_it(south_america: Snapshot) -> None:
    result = ask(south_america, "third highest criminality score in South America, which country").result
    assert isinstance(result, SetResult) and result.place == 3 and result.countries


def test_what_is_said_before_a_question_changes_nothing(south_america: Snapshot) -> None:
    question = "which South American country has the highest criminality score in 2021?"
    assert ask(south_america, f"My uncle insists: {question}").result == ask(south_america, question).result


def test_a_question_whose_conditions_no_country_meets_is_answered_with_none(south_america: Snapshot) -> None:
    answer = ask(south_america, "South American countries with a cocaine trade score of exactly 10 in 2021")
    assert answer.answered and isinstance(answer.result, SetResult) and answer.result.countries == ()
    assert answer.answer.startswith("None of the 12 countries in South America meets the condition: ")


@pytest.mark.parametrize("number", [".5", "-4", "½", "5²", "7/10", "7.5.2"])
def test_a_number_that_cannot_be_read_whole_stops_the_answer(number: str, south_america: Snapshot) -> None:
    answer = ask(south_america, f"which South American countries score above {number} for cocaine trade")
    assert not answer.answered and f"{number!r} could not be read as a number" in answer.answer
