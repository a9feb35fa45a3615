"""A process that answers one question opens the encoder first, if one is wanted, and never the encoder of another build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.answers.answer import ask
from index.answers.early_encoder import early_encoder
from index.generations.snapshot import open_snapshot

TEXT = "who controls illegal gold mining in Peru"


def test_a_question_about_text_is_answered_with_the_encoder_that_was_opened_ahead(shipped_index: Path) -> None:
    ahead = early_encoder(shipped_index, TEXT)
    assert ahead is not None
    opened = open_snapshot(shipped_index)
    snapshot = ahead.given_to(opened)
    assert snapshot.encoder is ahead.encoder and ahead.encoder.trouble == ""
    assert ask(snapshot, TEXT) == ask(opened, TEXT)
    opened.close()


@pytest.mark.parametrize("question", ["Peru cocaine score 2021", "compare Peru and Chile on criminality", "", "¿¿??", "x" * 2000])
def test_a_question_that_wants_no_text_opens_nothing(question: str, shipped_index: Path) -> None:
    assert early_encoder(shipped_index, question) is None


def test_where_there_is_no_index_nothing_is_opened_and_nothing_said(tmp_path: Path) -> None:
    assert early_encoder(tmp_path, TEXT) is None


def test_the_encoder_of_another_build_is_not_taken(shipped_index: Path) -> None:
    ahead = early_encoder(shipped_index, TEXT)
    assert ahead is not None
    opened = open_snapshot(shipped_index)
    assert replace(ahead, generation="another").given_to(opened) is opened
    ahead.encoder.get()
    opened.close()
