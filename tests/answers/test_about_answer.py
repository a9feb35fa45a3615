"""Answers about the Index: a reviewed text with what is loaded filled in, and examples that can be asked."""

from __future__ import annotations

import pytest

from index.about.entries import about_entries
from index.about.match import AboutMatch, best_entry
from index.answers.about_answer import answer_about
from index.answers.about_words import filled, number_words
from index.answers.answer import ask
from index.answers.example_questions import example_questions
from index.contract.briefing_results import AboutResult
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot

ENTRIES = about_entries().entries


def match_of(entry: str, beyond: bool = False) -> AboutMatch:
    return AboutMatch(ENTRIES[entry], beyond, 0.9, "")


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_can_be_shown_in_full(entry: str, shipped: Snapshot) -> None:
    text = filled(ENTRIES[entry].text, "is 9 bad", shipped)
    assert "{" not in text and "  " not in text and text.endswith(".")


def test_an_answer_has_its_topic_text_and_source(shipped: Snapshot) -> None:
    answer = answer_about(shipped, "who makes this", match_of("publisher"))
    assert answer.answered and answer.understood.kind == "about"
    assert isinstance(answer.result, AboutResult)
    assert (answer.result.topic, answer.result.text) == ("publisher", answer.answer)
    assert "Global Initiative Against Transnational Organized Crime" in answer.answer
    assert answer.result.source.startswith("https://")
    assert answer.to_dict()["result"]["type"] == "about"


def test_what_is_loaded_is_said_as_it_is(shipped: Snapshot) -> None:
    answer = answer_about(shipped, "what is loaded", match_of("loaded"))
    assert "193 countries in the editions 2021, 2023 and 2025, and the profile text of Peru" in answer.answer


def test_counts_of_indicators_come_from_the_taxonomy(shipped: Snapshot) -> None:
    answer = answer_about(shipped, "how many indicators", match_of("indicators"))
    assert "32 indicators: 15 criminal markets and five types of criminal actors" in answer.answer
    assert "had 26 of them" in answer.answer


def test_what_nothing_loaded_can_hold_is_declined_with_the_reason(shipped: Snapshot) -> None:
    answer = answer_about(shipped, "who will be worst in 2030", match_of("forecasts", beyond=True))
    assert not answer.answered and answer.understood.kind == "unavailable"
    assert isinstance(answer.result, Unavailable) and answer.result.reason == "outside the Index"
    assert answer.answer.startswith("There are no forecasts")


@pytest.mark.parametrize("text", ["hello", "help"])
def test_a_greeting_or_a_cry_for_help_brings_three_questions_that_are_answered(text: str, shipped: Snapshot) -> None:
    answer = answer_about(shipped, text, best_entry(text))
    assert len(answer.alternatives) == 3
    assert answer.alternatives == example_questions(shipped)
    assert all(ask(shipped, question).answered for question in answer.alternatives)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("is 9 bad", "9 is near the high end. "),
        ("is ten good", "10 is the highest score there is. "),
        ("what does 5.5 mean", "5.5 is the middle of the scale. "),
        ("is 6 bad", "6 is just above the middle of the scale. "),
        ("is 3.5 low", "3.5 is in the lower half of the scale. "),
        ("is 12 good", "12 is outside the scale. "),
        ("is it good or bad", ""),
        ("from 1 to 10, which side is bad", ""),
        ("is 2 better than 4", ""),
        ("what does .5 mean", ""),
        ("what does 50% mean", ""),
        ("what does 7/10 mean", ""),
        ("is -4 bad", ""),
        ("is 9,5 bad", ""),
    ],
)
def test_a_number_is_placed_on_the_scale_or_left_alone(question: str, words: str) -> None:
    assert number_words(question) == words
