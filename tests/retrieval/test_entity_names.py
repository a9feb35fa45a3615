"""Named entities that go by few names, and missing words: evidence that a passage does not answer."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from corpus.naming import fold
from index.answers.answer import ask
from index.encoders.protocol import ModelSpec
from index.generations.snapshot import Snapshot
from index.language.stems import stem, stems
from index.retrieval.entity_names import missing_entities
from index.retrieval.missing_words import missing_word_vector, missing_word_weights


def test_every_entity_is_listed_once_as_a_single_word() -> None:
    groups = tomllib.loads(files("index").joinpath("data", "entity_names.toml").read_text(encoding="utf-8"))
    entities = [entity for group in groups.values() for entity in group]
    assert all(len(fold(word).split()) == 1 for word in entities)
    assert len({stem(fold(word)) for word in entities}) == len(entities)
    assert all(list(group) == sorted(group) for group in groups.values())


def test_no_entity_shares_its_stem_with_a_common_word_of_another_meaning() -> None:
    assert not missing_entities(
        stems("nations, nationals, private programmes, adopted laws, inherited land, sailing home"), set()
    )


@pytest.mark.parametrize(
    ("asked", "text", "missing"),
    [
        ("heroin", "opiates are refined abroad", set()),
        ("heroin", "cocaine passes the port", {"heroin"}),
        ("marijuana", "cannabis may be grown for medical use", set()),
        ("diamonds", "gold is dug by families", {"diamond"}),
        ("diamonds", "a diamond was found", set()),
        ("frogs", "amphibians are sold as pets", set()),
        ("drugs", "heroin is made there", set()),
        ("guns", "firearms come from police", set()),
        ("kidnapping", "two traders were abducted", set()),
        ("kidnapping", "two traders paid a tax", {"kidnap"}),
        ("mainly control", "gold is dug by families", set()),
        ("", "", set()),
    ],
)
def test_a_text_names_an_entity_by_any_of_its_names(asked: str, text: str, missing: set[str]) -> None:
    assert missing_entities(stems(asked), set(stems(text))) == missing


def test_only_words_that_are_not_found_count_as_missing() -> None:
    words = np.eye(3, dtype=np.float32)
    assert missing_word_vector(words, np.array([0.75, 0.9, 1.0], np.float32)).tolist() == [0, 0, 0]
    far, farther, _ = missing_word_vector(words, np.array([0.5, 0.25, 1.0], np.float32))
    assert farther == pytest.approx(2 * far) and far > 0


def test_only_the_packaged_model_has_weights_for_missing_words() -> None:
    assert missing_word_weights(ModelSpec("some/other", "hash", 12, 64)).tolist() == [0] * 12
    packaged = missing_word_weights(ModelSpec("all-MiniLM-L6-v2", "hash", 384, 254))
    assert packaged.shape == (384,) and np.isfinite(packaged).all() and packaged.any()


@pytest.mark.parametrize(
    "question",
    [
        "Who controls platinum mining in Peru?",
        "who traffics tortoises and orchids in Peru",
        "Which gangs run ransomware from Peru?",
        "Where in Peru is methadone smuggled?",
        "How do I bake bread in Peru?",
    ],
)
def test_a_topic_that_the_page_does_not_cover_is_declined(question: str, shipped: Snapshot) -> None:
    assert not ask(shipped, question).answered


@pytest.mark.parametrize(
    "question",
    [
        "who controls illegal gold mining in Peru",
        "How is cocaine moved out of Peru?",
        "Is marijuana legal as medicine in Peru?",
        "where do guns that pass through Peru come from",
        "Peru timber",
    ],
)
def test_a_topic_of_the_page_is_answered_in_its_own_words_and_in_other_words(question: str, shipped: Snapshot) -> None:
    assert ask(shipped, question).answered
