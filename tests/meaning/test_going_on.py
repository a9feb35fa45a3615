"""Questions that go on from one that is not known: what stands by itself is read, what does not is declined with the reason."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asides import without_asides
from index.meaning.going_on import goes_on
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def read(text: str) -> Question:
    return understand(text, GAZETTEER, TAXONOMY.editions)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("same for Laos but counterfeit goods", "Laos counterfeit goods"),
        ("ok, the same thing for Chad in 2021", "Chad in 2021"),
        ("is Mali the same for heroin as Niger", "is Mali the same for heroin as Niger"),
    ],
)
def test_what_stands_by_itself_is_asked_without_the_words_that_go_on(text: str, left: str) -> None:
    assert without_asides(read(text), GAZETTEER, TAXONOMY.editions).text == left


@pytest.mark.parametrize(
    "text", ["the same, but for the 2023 edition, only landlocked ones", "ok now only the EU ones", "and only in Africa"]
)
def test_what_only_narrows_or_repeats_is_declined(text: str) -> None:
    refusal = goes_on(read(text))
    assert refusal is not None and "earlier one" in refusal.why


@pytest.mark.parametrize("text", ["only the countries in Africa above 7 for heroin", "same for Laos", "which ones are in Africa"])
def test_a_question_with_a_place_or_a_topic_of_its_own_is_not(text: str) -> None:
    assert goes_on(read(text)) is None
