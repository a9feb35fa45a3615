"""Things that go by few names, and what the words without their like say: evidence that a passage does not answer."""

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
from index.retrieval.entity_names import unnamed
from index.retrieval.missing_words import lack, missing_word_weights


def test_every_thing_stands_in_the_list_once_as_a_single_word() -> None:
    sorts = tomllib.loads(files("index").joinpath("data", "entity_names.toml").read_text(encoding="utf-8"))
    things = [thing for sort in sorts.values() for thing in sort]
    assert all(len(fold(word).split()) == 1 for word in things)
    assert len({stem(fold(word)) for word in things}) == len(things)
    assert all(list(sort) == sorted(sort) for sort in sorts.values())


def test_no_thing_has_the_stem_of_a_common_word_that_means_something_else() -> None:
    assert not unnamed(stems("nations, nationals, private programmes, adopted laws, inherited land, sailing home"), set())


@pytest.mark.parametrize(
    ("asked", "text", "without_name"),
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
def test_a_text_names_a_thing_by_any_of_its_names(asked: str, text: str, without_name: set[str]) -> None:
    assert unnamed(stems(asked), set(stems(text))) == without_name


def test_a_lack_counts_only_words_that_are_not_found() -> None:
    words = np.eye(3, dtype=np.float32)
    assert lack(words, np.array([0.75, 0.9, 1.0], np.float32)).tolist() == [0, 0, 0]
    far, farther, _ = lack(words, np.array([0.5, 0.25, 1.0], np.float32))
    assert farther == pytest.approx(2 * far) and far > 0


def test_the_worth_of_a_lack_is_known_of_the_packaged_model_alone() -> None:
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
def test_a_topic_that_the_page_leaves_out_is_declined(question: str, shipped: Snapshot) -> None:
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
def test_a_topic_of_the_page_is_answered_in_its_own_words_and_in_others(question: str, shipped: Snapshot) -> None:
    assert ask(shipped, question).answered
