"""Every phrase of a slot is found in its examples and in none of its counter-examples."""

from __future__ import annotations

import pytest

from index.meaning.phrase_patterns import APART, Phrases, found_in, phrases_in, phrases_of
from index.meaning.slots.asks import Asks

SLOTS = ("order", "limits", "tests", "stat", "by", "families", "refused")
SLOTS += ("scope", "when", "topics", "directions", "own_families", "page_fields", "asks")
ENTRIES = [(slot, phrases) for slot in SLOTS for phrases in phrases_of(slot)]
LOOKED_FOR_APART = ("plural", "singular", "negation", "ordered", "is", "each", "how_many", *Asks)


def _said(slot: str, way: str, text: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(f.way, f.ids) for f in (*found_in(slot, text), *phrases_in(slot, way, text) * (way in {*LOOKED_FOR_APART, *APART}))}


def _name(value: str | Phrases) -> str:
    return value if isinstance(value, str) else "-".join((value.way, *value.ids))


@pytest.mark.parametrize(("slot", "phrases"), ENTRIES, ids=_name)
def test_examples_and_counter_examples(slot: str, phrases: Phrases) -> None:
    assert phrases.examples
    for text in phrases.examples:
        assert (phrases.way, phrases.ids) in _said(slot, phrases.way, text), text
    for text in phrases.counter_examples:
        assert (phrases.way, phrases.ids) not in _said(slot, phrases.way, text), text


def test_a_phrase_has_the_marks_among_its_words() -> None:
    (phrase,) = found_in("scope", "which states except C1 , C2 and the G1 have I1")
    assert (phrase.way, phrase.marks) == ("without", ("C1", "C2", "G1"))
