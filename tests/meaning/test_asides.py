"""What is said before and behind a question is told from the question."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asides import without_asides
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)
ASKED = ("which African country has the highest cocaine score?", "Peru or Chile for resilience?", "who pays for the index?")


def left(text: str) -> str:
    return without_asides(understand(text, GAZETTEER, TAXONOMY.editions), GAZETTEER, TAXONOMY.editions).text


@pytest.mark.parametrize(
    "before",
    [
        "According to the Global Organized Crime Index, ", "Based on the Index, ", "Per GI-TOC's index, ",
        "Purely out of interest: ", "A colleague asked me: ", "Hello team, ", "Good afternoon! Quick one: ",
        "I was wondering: ", "To settle a bet, ",
        "In your database, ", "Just for the record - ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", ASKED)
def test_what_is_said_before_a_question_is_left_out(before: str, question: str) -> None:
    assert left(before + question) == question


@pytest.mark.parametrize(
    "behind", [" Please show your working.", " Cite your source.", " Cheers!", " Asking for a friend.", " Keep it short."]
)
@pytest.mark.parametrize("question", ASKED)
def test_what_is_said_behind_a_question_is_left_out(behind: str, question: str) -> None:
    assert left(question + behind) == question


@pytest.mark.parametrize(
    "whole",
    [
        "In landlocked countries, who is worst for cocaine?",
        "For democracies, who is worst for cocaine?",
        "For monarchies I want to know, who is worst for cocaine?",
        "Of those you score, who is worst for cocaine?",
        "I work on poisoned wells: which country is worst?",
        "On average, which region is worst for cocaine?",
        "Which country is worst for cocaine? Landlocked ones only please.",
        "Kenya is worse than Chad, am I right?",
        "Is Kenya worse than Chad? Yes or no please",
        "Kenya heroin score, please explain",
        "Top five in Asia for heroin, sorry, Africa",
        "Thanks!",
        "Honestly",
    ],
)
def test_what_limits_or_decides_a_question_stays(whole: str) -> None:
    assert left(whole) == whole


def test_a_word_that_may_be_a_topic_stays_unless_the_rest_names_one() -> None:
    assert left("I write about kidnappers: which country is worst?") == "I write about kidnappers: which country is worst?"
    assert left("For a novel I am writing, which country is worst for heroin?") == "which country is worst for heroin?"
