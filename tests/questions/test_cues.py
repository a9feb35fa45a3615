"""The table of cues: what a phrase must look like to be matched, and that each means one thing."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from corpus.naming import fold
from index.questions.cues import Role, cue_table

ENTRIES = tomllib.loads(files("index").joinpath("data", "cues.toml").read_text(encoding="utf-8"))["cue"]
PHRASES = [phrase for entry in ENTRIES for phrase in entry["phrases"]]


def test_every_phrase_is_written_as_the_words_of_a_question_are_folded() -> None:
    assert [phrase for phrase in PHRASES if not phrase or fold(phrase) != phrase] == []


def test_no_phrase_is_listed_twice() -> None:
    assert [phrase for phrase, times in Counter(PHRASES).items() if times > 1] == []


@pytest.mark.parametrize(
    ("phrase", "role", "way"),
    [
        ("at least", Role.OP, ">="),
        ("or more", Role.POSTFIX, ">="),
        ("top", Role.SUPERLATIVE, "top"),
        ("rose", Role.CHANGE, "up"),
        ("improved", Role.CHANGE, "better"),
        ("how many", Role.HOW_MANY, ""),
        ("please", Role.FILLER, ""),
    ],
)
def test_a_phrase_does_this_in_this_direction(phrase: str, role: Role, way: str) -> None:
    cue = cue_table().by_phrase[tuple(phrase.split())]
    assert (cue.role, cue.value) == (role, way)


def test_no_cue_is_longer_than_the_longest_that_starts_with_its_first_word() -> None:
    table = cue_table()
    assert all(len(phrase) <= table.longest[phrase[0]] for phrase in table.by_phrase)
    assert table.longest["at"] == max(len(phrase) for phrase in table.by_phrase if phrase[0] == "at")
