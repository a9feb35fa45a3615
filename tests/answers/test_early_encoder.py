"""A process that answers one question opens the encoder early if it needs one, and never that of another build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.answers.answer import ask
from index.answers.early_encoder import early_encoder
from index.generations.snapshot import open_snapshot

TEXT = "who controls illegal gold mining in Peru"


def test_a_question_about_text_is_answered_with_the_encoder_that_was_opened_early(shipped_index: Path) -> None:
    early = early_encoder(shipped_index, TEXT)
    assert early is not None
    opened = open_snapshot(shipped_index)
    snapshot = early.given_to(opened)
    assert snapshot.encoder is early.encoder and early.encoder.trouble == ""
    assert ask(snapshot, TEXT) == ask(opened, TEXT)
    opened.close()


@pytest.mark.parametrize("question", ["Peru cocaine score 2021", "compare Peru and Chile on criminality", "", "¿¿??", "x" * 2000])
def test_a_question_that_needs_no_text_opens_nothing(question: str, shipped_index: Path) -> None:
    assert early_encoder(shipped_index, question) is None


def test_without_an_index_nothing_is_opened_and_no_error_raised(tmp_path: Path) -> None:
    assert early_encoder(tmp_path, TEXT) is None


def test_the_encoder_of_another_build_is_not_used(shipped_index: Path) -> None:
    early = early_encoder(shipped_index, TEXT)
    assert early is not None
    opened = open_snapshot(shipped_index)
    assert replace(early, generation="another").given_to(opened) is opened
    early.encoder.get()
    opened.close()
