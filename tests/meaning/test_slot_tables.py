"""Every entry of a slot's table is found in its examples and not in its counter-examples."""

from __future__ import annotations

import pytest

from index.meaning.slots.phrases import Phrase, found, phrases

ENTRIES = [(table, phrase) for table in ("scope", "when", "topics") for phrase in phrases(table)]


@pytest.mark.parametrize(
    ("table", "phrase"), ENTRIES, ids=lambda v: f"{v.means}-{'-'.join(v.ids)}" if isinstance(v, Phrase) else v
)
def test_an_entry_is_found_in_its_examples_and_nowhere_else(table: str, phrase: Phrase) -> None:
    assert phrase.examples
    for text in phrase.examples:
        assert phrase in [f.phrase for f in found(table, text)], text
    for text in phrase.counter_examples:
        assert phrase not in [f.phrase for f in found(table, text)], text
