"""Lines that are added to small files are whole or not there, whatever the disk does."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import OcqaError
from corpus.placing import append_line
from index.evals.drift import read_questions, save_question
from index.evals.sets import case_of_dict


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "saved.jsonl"
    assert save_question(path, "Who sells salt in Niger?")
    before, write = path.read_bytes(), os.write
    parts = iter([5])

    def full(handle: int, data: bytes) -> int:
        room = next(parts, 0)
        if not room:
            raise OSError(28, "No space left on device")
        return write(handle, data[:room])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OcqaError, match="No space left"):
            save_question(path, "Who buys salt in Niger?")
    assert path.read_bytes() == before
    assert save_question(path, "Who buys salt in Niger?")
    assert len(read_questions(path)) == 2


def test_a_line_that_was_left_unfinished_swallows_no_other(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"question": "half')
    append_line(path, json.dumps({"question": "whole"}))
    assert path.read_text(encoding="utf-8").splitlines()[1:] == ['{"question": "whole"}']


@given(st.text(alphabet=st.characters(), min_size=1, max_size=40))
def test_any_text_is_kept_as_one_line_of_utf_8(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kept.jsonl"
        append_line(path, json.dumps({"question": text}, ensure_ascii=False))
        (line,) = path.read_text(encoding="utf-8").split("\n")[:-1]
        assert json.loads(line)["question"] == text


@pytest.mark.parametrize("grade", [11, 10**18, 10**400])
def test_a_grade_that_no_gain_can_be_made_of_is_refused(grade: int) -> None:
    gold = [{"iso3": "PER", "edition": 2021, "section": "Trade", "paragraph": 1, "grade": grade}]
    with pytest.raises(ValueError, match=r'"grade" .* is not a whole number from 0 to 10'):
        case_of_dict({"id": "Q1", "question": "what", "gold": gold})
