"""Other languages and noise are declined for the true reason; a question in English never is."""

from __future__ import annotations

import pytest

from index.generations.snapshot import Snapshot
from index.meaning.talk import in_other_language, language_of, not_a_question
from index.questions.question import understand


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Qué país tiene más tráfico de cocaína en el mundo?", "Spanish"),
        ("quel est le pire pays pour la corruption", "French"),
        ("welches Land ist am schlimmsten und warum", "German"),
        ("qual é o pior país para crimes ambientais e por que não", "Portuguese"),
        ("qual è il paese peggiore per la criminalità nel mondo", "Italian"),
        ("nchi gani ina uhalifu zaidi na kwa nini", "Swahili"),
        ("какая страна хуже всех", "a language in Cyrillic letters"),
        ("你好", "Chinese or Japanese"),
        ("merhaba", "Turkish"),
    ],
)
def test_the_language_of_a_question_is_named(text: str, language: str) -> None:
    assert language_of(text) == language
    refusal = in_other_language(text)
    assert refusal is not None and f"seems to be in {language}" in refusal.sentence and "ask in English" in refusal.sentence


@pytest.mark.parametrize("text", ["asdfghjkl", "qwerty", "sdkjfh 123", "zzzzzzz"])
def test_noise_is_not_read_as_a_question(text: str, shipped: Snapshot) -> None:
    question = understand(text, shipped.gazetteer, shipped.taxonomy.editions)
    refusal = not_a_question(question)
    assert refusal is not None and refusal.reason == "not understood"


@pytest.mark.parametrize(
    "text",
    [
        "Côte d'Ivoire",
        "El Salvador vs La Paz",
        "los zetas in mexico",
        "Cartel de los Soles Venezuela",
        "Ndrangheta in Germany",
        "wich contry has teh most guns",
        "DRC",
        "peru cocane scroe 2021",
        "Timor-Leste resilience",
        "who runs the Primeiro Comando da Capital",
        "Kyrgyzstan, cybr crmes?",
        "São Tomé e Príncipe score",
        "property crime",
        "GAFI",
    ],
)
def test_names_misspelt_words_and_half_sentences_are_kept(text: str, shipped: Snapshot) -> None:
    assert not_a_question(understand(text, shipped.gazetteer, shipped.taxonomy.editions)) is None
