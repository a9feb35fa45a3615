"""What sort of answer a question wants, and whether a text holds one; everyday words turned to those of profiles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.plain_words import in_profile_words
from index.retrieval.answer_type import Wanted, holds, wanted_of


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("When did Peru sign the treaty?", Wanted.DATE),
        ("In what year was the court created?", Wanted.DATE),
        ("What share of the timber is illegal?", Wanted.SHARE),
        ("How many dollars were frozen?", Wanted.MONEY),
        ("what is the price of a rifle", Wanted.MONEY),
        ("How many prisons are there?", Wanted.NUMBER),
        ("How often are traffickers tried?", Wanted.NUMBER),
        ("Who leads the armed group?", Wanted.PERSON),
        ("Which general commands the east?", Wanted.PERSON),
        ("Which bank washes drug money?", Wanted.NAME),
        ("Name the transport firms", Wanted.NAME),
        ("In which town is opium refined?", Wanted.PLACE_NAME),
        ("Where does the gold go?", Wanted.PLACE),
        ("Which countries do weapons come from?", Wanted.PLACE),
        ("Why is logging hard to stop?", Wanted.ANY),
        ("What role do cargo companies play in moving migrants?", Wanted.ANY),
        ("who controls illegal gold mining", Wanted.ANY),
    ],
)
def test_the_words_of_a_question_say_what_it_wants(question: str, wanted: Wanted) -> None:
    assert wanted_of(question) is wanted


KNOWN = frozenset("peru peruvian which bank".split())


@pytest.mark.parametrize(
    ("wanted", "text", "held"),
    [
        (Wanted.NUMBER, "about 300 prisons were counted", True),
        (Wanted.NUMBER, "several presidents were charged", True),
        (Wanted.NUMBER, "prisons were built in 2019", False),
        (Wanted.MONEY, "a fine of US$1.2 billion", True),
        (Wanted.MONEY, "a large fine", False),
        (Wanted.SHARE, "up to 30 per cent of the wood", True),
        (Wanted.SHARE, "the wood is illegal", False),
        (Wanted.DATE, "established in 2009", True),
        (Wanted.DATE, "established by law", False),
        (Wanted.PERSON, "founded by Jonas SAVIMBI", True),
        (Wanted.PERSON, "founded by students", False),
        (Wanted.NAME, "money went through the Heron Bank", True),
        (Wanted.NAME, "Money went through a Peruvian bank", False),
        (Wanted.PLACE, "near the northern border", True),
        (Wanted.PLACE, "shipped by night", False),
        (Wanted.ANY, "", True),
    ],
)
def test_a_text_holds_the_sort_of_answer_or_not(wanted: Wanted, text: str, held: bool) -> None:
    assert holds(wanted, text, KNOWN) is held


def test_everyday_words_are_searched_as_profiles_put_them() -> None:
    text, replaced = in_profile_words("Are cops in league with narcos who make lab-made drugs?")
    assert text == "Are police colluding with drug traffickers who make synthetic drugs?"
    assert ("narcos", "drug traffickers") in replaced and ("lab-made drugs", "synthetic drugs") in replaced


def test_a_word_inside_another_is_left_alone() -> None:
    assert in_profile_words("copsewood and graftage") == ("copsewood and graftage", ())


@given(st.text(max_size=120))
def test_nothing_breaks_on_wild_text(text: str) -> None:
    read, replaced = in_profile_words(text)
    assert (read == text) or replaced
    assert holds(wanted_of(text), text, frozenset()) in (True, False)
