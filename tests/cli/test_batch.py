"""`ocqa ask --batch`: a file of questions to a file of answers, where no line can spoil the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from faults import fails_on


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "q", "--batch", "f"], ["ask", "--batch", "f"], ["ask", "q", "--output", "f"]]
)
def test_ask_wants_a_question_or_a_batch_with_its_output(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2 and "hint: " in err


def test_a_batch_is_answered_in_order_with_its_ids(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path
) -> None:
    questions, output = tmp_path / "q.jsonl", tmp_path / "out" / "a.jsonl"
    questions.write_text(
        '{"id": "B", "question": "Peru cocaine score 2021"}\n\n'
        '{"id": 7, "question": "gold in Norway"}\n{"question": "Peru rank"}\n'
    )
    code, out, err = run(capsys, "ask", "--batch", questions, "--output", output, "--index", shipped_index)
    answers = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert (code, out) == (0, "")
    assert [a.get("id") for a in answers] == ["B", "7", None]
    assert answers[0]["result"]["value"] == 9.0
    assert "3 answers written" in err
    assert list(output.parent.iterdir()) == [output]


def test_bad_lines_of_a_batch_are_reported_and_the_rest_answered(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path
) -> None:
    questions, output = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    lines = [
        b'{"id": "1", "question": ""}',
        b"not json",
        b"[]",
        b'{"id": "4"}',
        b"\xff\xfe",
        b'{"id": "6", "question": "Peru cocaine score 2021"}',
    ]
    questions.write_bytes(b"\n".join(lines))
    code, _, err = run(capsys, "ask", "--batch", questions, "--output", output, "--index", shipped_index)
    answers = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert code == 1
    assert [a["answered"] for a in answers] == [False] * 5 + [True]
    assert all(a["result"]["type"] == "unavailable" for a in answers[:5])
    for number in range(1, 6):
        assert f"q.jsonl, line {number}: " in err


def test_a_line_that_makes_the_program_fail_is_answered_with_that_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    shipped_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fails_on(monkeypatch, "cocaine_trade")
    questions, output = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text(
        '{"id": "1", "question": "Peru heroin score"}\n{"id": "2", "question": "Peru cocaine score"}\n'
        '{"id": "3", "question": "\\ud800"}\n{"id": "\\ud800", "question": "Peru resilience score"}\n'
    )
    code, _, err = run(capsys, "ask", "--batch", questions, "--output", output, "--index", shipped_index)
    first, failed, empty, last = (json.loads(line) for line in output.read_text(encoding="utf-8").splitlines())
    assert (first["answered"], failed["answered"], empty["answered"], last["answered"]) == (True, False, False, True)
    assert failed["id"] == "2" and failed["confidence"] == 0
    assert failed["result"]["type"] == "unavailable" and failed["result"]["reason"] == "the program failed"
    assert "RuntimeError" in failed["answer"] and "fault is in the program" in failed["answer"]
    assert "4 answers written" in err and code == 1
    assert "q.jsonl, line 2: The program failed on this question (RuntimeError)" in err
    assert "Traceback" in caplog.text and "a fault of the program" in caplog.text


def test_a_batch_that_cannot_be_read_writes_nothing(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path
) -> None:
    code, _, err = run(
        capsys, "ask", "--batch", tmp_path / "no.jsonl", "--output", tmp_path / "a.jsonl", "--index", shipped_index
    )
    assert code == 1 and "no.jsonl cannot be read" in err
    assert list(tmp_path.iterdir()) == []
