"""Questions that ask for nothing the corpus could hold: no answer is made up for them, and nothing fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from index.answers.answer import ask
from index.contract.briefing_results import AboutResult
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot


@pytest.mark.parametrize("question", ["What is the Global Organized Crime Index?", "what does organised crime mean"])
def test_asking_for_a_meaning_without_naming_an_indicator_is_answered_about_the_index(question: str, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert answer.answered and isinstance(answer.result, AboutResult)
    assert answer.passages == () and answer.facts == ()


@pytest.mark.parametrize(
    "question",
    [
        "Chad financial crimes",
        "how does Chad rank for financial crimes",
        "compare Chad and Niger on financial crimes",
        "which country has the highest score for cyber-dependent crimes",
    ],
)
def test_an_indicator_that_no_loaded_edition_has_is_said_to_be_newer(
    question: str, rebuilt: Callable[[Mapping[tuple[str, int], None]], Snapshot]
) -> None:
    answer = ask(rebuilt({("Chad", 2021): None, ("Niger", 2021): None}), question)
    assert isinstance(answer.result, Unavailable) and answer.result.reason == "not measured in that edition"
    assert re.search("first appear(s|ed) in the 2023 edition", answer.answer) and "2021" in answer.answer


@pytest.mark.parametrize("text", ["ok", "good morning", "thanks!", "what can I ask", "how do I quote this"])
def test_talk_is_answered_by_our_own_words_and_by_no_passage(text: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert isinstance(answer.result, AboutResult | Unavailable)
    assert answer.passages == () and answer.facts == ()


@pytest.mark.parametrize("text", ["good morning", "what can I ask"])
def test_a_greeting_gets_example_questions_that_can_be_answered(text: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert answer.answered and len(answer.alternatives) == 3
    assert all(ask(shipped, question).answered for question in answer.alternatives)


@pytest.mark.parametrize("text", ["asdkjh kk", "zxcvb", "jjjjjjjj"])
def test_keys_hit_at_random_are_declined(text: str, shipped: Snapshot) -> None:
    answer = ask(shipped, text)
    assert not answer.answered and isinstance(answer.result, Unavailable)
    assert not any(passage.highlight for passage in answer.passages)
