"""The dictionary that keeps English words from being corrected into names: where it comes from, and what it answers."""

from __future__ import annotations

import gzip
import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from index.questions.english import is_english

SCRIPT = Path(__file__).resolve().parents[1] / "fitting" / "make_english_words.py"


@pytest.fixture(scope="module")
def library() -> SpellChecker:
    return SpellChecker(language="en")


def test_the_stored_words_are_what_the_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_english_words", SCRIPT)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    stored = files("index").joinpath("data", "english_words.txt.gz").read_bytes()
    assert gzip.decompress(stored).decode() == script.word_file()


def test_words_and_their_misspellings_are_judged_as_by_the_library(library: SpellChecker) -> None:
    words = sorted(w for w in library.word_frequency.words() if len(w) >= 5 and w.isascii() and w.isalpha())[::250]
    misspelt = [word[:2] + word[1] + word[2:] for word in words]
    assert len(words) > 400
    assert all(is_english(word) for word in words)
    assert [is_english(word) for word in misspelt] == [word in library for word in misspelt]


@pytest.mark.parametrize("word", ["chdaian", "nigerai", "qzxvy", 'a": 1', ""])
def test_what_is_no_word_is_not_english(word: str) -> None:
    assert not is_english(word)


@pytest.mark.parametrize("word", ["the", "gold", "port"])
def test_words_too_short_to_be_corrected_are_not_listed(word: str) -> None:
    assert not is_english(word)
