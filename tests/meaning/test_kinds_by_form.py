"""Questions whose form alone says their kind. The examples of the table are the specification."""

from __future__ import annotations

import re

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, Learned, asked_of
from index.meaning.form_table import FORMS
from index.meaning.kinds_by_form import by_form
from index.meaning.phrase_tables import table
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)
KINDS = table("kinds")["kind"]


def asked(text: str, **learned: float) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY, Learned(learned))


@pytest.mark.parametrize(("kind", "text"), [(k, text) for k in KINDS for text in k["examples"]])
def test_a_form_holds_for_its_examples(kind: dict[str, list[str]], text: str) -> None:
    assert any(re.search(p, text) for p in kind["patterns"])


@pytest.mark.parametrize(("kind", "text"), [(k, text) for k in KINDS for text in k["counter_examples"]])
def test_a_form_does_not_hold_for_its_counter_examples(kind: dict[str, list[str]], text: str) -> None:
    assert not any(re.search(p, text) for p in kind["patterns"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What was the criminality of Peru in 2023?", "value"),
        ("How did Peru do on cocaine trade in 2023?", "value"),
        ("When was Haiti's criminality at its lowest?", "trend"),
        ("How did Peru's world rank for resilience change from 2021 to 2025?", "trend"),
        ("Caribbean criminality 2023", "aggregate"),
        ("Compare average criminality of Africa, Asia and Europe in 2025", "group_ranking"),
        ("Rank the fifteen criminal markets by world average in 2025", "indicator_ranking"),
        ("In which criminal markets does Kenya score above the African average in 2023?", "indicator_set"),
        ("who is right behind Haiti for criminality", "set"),
        ("who fell by half a point or more on resilience since 2021 and rank them on criminality", "two_step"),
        ("is Kenya among the five worst in Africa", "verdict"),
    ],
)
def test_the_form_decides_whatever_was_learned(text: str, kind: str) -> None:
    decided, is_decided = by_form(asked(text, ranking=0.9, out=0.05), FORMS)
    assert is_decided and max(decided.learned.kinds, key=lambda k: decided.learned.kinds[k]) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Which country climbed the most places for criminality between 2023 and 2025?",
        "whichever EU state fell most on resilience since 2021, why did it fall",
        "would I be lying if I said that Kenya is the worst in East Africa, is it false",
    ],
)
def test_what_no_kind_could_answer_is_left_to_none_of_the_plain_ones(text: str) -> None:
    _, is_decided = by_form(asked(text), FORMS)
    assert is_decided


def test_a_plain_question_keeps_what_was_learned() -> None:
    question = asked("the ten worst countries for heroin", ranking=0.9, set=0.1)
    assert by_form(question, FORMS) == (question, False)
