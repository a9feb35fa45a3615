"""Every phrase of a slot is found in its examples and in none of its counter-examples."""

from __future__ import annotations

import pytest

from index.meaning.phrase_patterns import APART, Phrases, found_in, phrases_in, phrases_of

SLOTS = ("order", "limits", "tests", "stat", "by", "families", "refused")
ENTRIES = [(slot, phrases) for slot in SLOTS for phrases in phrases_of(slot)]


def _ways(slot: str, way: str, text: str) -> set[str]:
    return {
        f.way
        for f in (
            *found_in(slot, text),
            *phrases_in(slot, way, text) * (way in APART),
        )
    }


@pytest.mark.parametrize(("slot", "phrases"), ENTRIES, ids=lambda value: value if isinstance(value, str) else value.way)
def test_examples_and_counter_examples(slot: str, phrases: Phrases) -> None:
    assert phrases.examples
    for text in phrases.examples:
        assert phrases.way in _ways(slot, phrases.way, text), text
    for text in phrases.counter_examples:
        assert phrases.way not in _ways(slot, phrases.way, text), text
