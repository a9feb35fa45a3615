"""Words as people shorten them are read in full; what only looks like a shortened word is left as it is."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.masked import masked
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def asked(text: str) -> str:
    return masked(understand(text, GAZETTEER, TAXONOMY.editions).reading).text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("How many ctries >7 criminality", "how many countries more than N1 I1"),
        ("African ctries with crim > 6 + res < 4", "G1 with I1 more than N1 and I2 less than N2"),
        ("diff btwn Chad crim & resil", "difference between C1 I1 & I2"),
        ("lowest crim rating in Europe", "lowest I1 rating in G1"),
        ("which crim networks are strongest in Mali", "which I1 are strongest in C1"),
        ("ASEAN crim hi to lo", "G1 I1 highest to lowest"),
        ("wrst grp for heroin", "worst group for I1"),
        ("change btw 2021 and 2025", "change Y1"),
        ("UAE mkts", "C1 markets"),
    ],
)
def test_shortened_words_are_read_in_full(text: str, read: str) -> None:
    assert asked(text) == read


@pytest.mark.parametrize("word", ["pcc", "mcc", "drc", "fdlr", "ltte", "hmm", "kdf"])
def test_names_and_sounds_are_left_as_they_are(word: str) -> None:
    assert asked(f"what does the page of Mali say of {word}").split()[-1] in (word, "C2")


def test_more_than_a_number_is_no_second_condition() -> None:
    assert asked("countries with heroin 7 + in Asia") == "countries with I1 N1 or more in G1"
