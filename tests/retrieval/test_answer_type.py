"""The answer type of a question, and whether a text has one of it; everyday words replaced by those of profiles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.search_rewording import in_profile_words
from index.retrieval.answer_type import AnswerType, answer_type_of, holds


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("When did Peru sign the treaty?", AnswerType.DATE),
        ("In what year was the court created?", AnswerType.DATE),
        ("What share of the timber is illegal?", AnswerType.SHARE),
        ("How many dollars were frozen?", AnswerType.MONEY),
        ("what is the price of a rifle", AnswerType.MONEY),
        ("How many prisons are there?", AnswerType.NUMBER),
        ("How often are traffickers tried?", AnswerType.NUMBER),
        ("Who leads the armed group?", AnswerType.PERSON),
        ("Which general commands the east?", AnswerType.PERSON),
        ("Which bank washes drug money?", AnswerType.NAME),
        ("Name the transport firms", AnswerType.NAME),
        ("In which town is opium refined?", AnswerType.PLACE_NAME),
        ("Where does the gold go?", AnswerType.PLACE),
        ("Which countries do weapons come from?", AnswerType.PLACE),
        ("Why is logging hard to stop?", AnswerType.ANY),
        ("What role do cargo companies play in moving migrants?", AnswerType.ANY),
        ("who controls illegal gold mining", AnswerType.ANY),
    ],
)
def test_the_words_of_a_question_give_its_answer_type(question: str, wanted: AnswerType) -> None:
    assert answer_type_of(question) is wanted


KNOWN = frozenset("peru peruvian which bank".split())


@pytest.mark.parametrize(
    ("wanted", "text", "held"),
    [
        (AnswerType.NUMBER, "about 300 prisons were counted", True),
        (AnswerType.NUMBER, "several presidents were charged", True),
        (AnswerType.NUMBER, "prisons were built in 2019", False),
        (AnswerType.MONEY, "a fine of US$1.2 billion", True),
        (AnswerType.MONEY, "a large fine", False),
        (AnswerType.SHARE, "up to 30 per cent of the wood", True),
        (AnswerType.SHARE, "the wood is illegal", False),
        (AnswerType.DATE, "established in 2009", True),
        (AnswerType.DATE, "established by law", False),
        (AnswerType.PERSON, "founded by Jonas SAVIMBI", True),
        (AnswerType.PERSON, "founded by students", False),
        (AnswerType.NAME, "money went through the Heron Bank", True),
        (AnswerType.NAME, "Money went through a Peruvian bank", False),
        (AnswerType.PLACE, "near the northern border", True),
        (AnswerType.PLACE, "shipped by night", False),
        (AnswerType.ANY, "", True),
    ],
)
def test_a_text_has_the_answer_type_or_not(wanted: AnswerType, text: str, held: bool) -> None:
    assert holds(wanted, text, KNOWN) is held


def test_everyday_words_are_searched_in_the_words_of_profiles() -> None:
    text, replaced = in_profile_words("Are cops in league with narcos who make lab-made drugs?")
    assert text == "Are police colluding with drug traffickers who make synthetic drugs?"
    assert ("narcos", "drug traffickers") in replaced and ("lab-made drugs", "synthetic drugs") in replaced


def test_a_word_inside_another_is_left_alone() -> None:
    assert in_profile_words("copsewood and graftage") == ("copsewood and graftage", ())


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read, replaced = in_profile_words(text)
    assert (read == text) or replaced
    assert holds(answer_type_of(text), text, frozenset()) in (True, False)
