"""Readers' feedback becomes a question set that is reviewed by hand."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st

from app.cli.main import main
from corpus.errors import OcqaError
from index.answers.answer import ask
from index.evals.feedback import Opinion, append_feedback, cases_of_feedback, feedback_of
from index.evals.sets import read_sets
from index.generations.snapshot import Snapshot

QUARRY = "Blue marble quarries near the lake are run by the Heron Brotherhood."


AT = "2025-11-23T10:15:00+00:00"


def kept(tmp_path: Path, *given: tuple[dict, Opinion, int | None]) -> str:
    path = tmp_path / "folder" / "feedback.jsonl"
    for answer, opinion, passage in given:
        append_feedback(path, feedback_of(answer, opinion, AT, passage))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answers(world: Snapshot) -> dict[str, dict]:
    asked = {
        "text": "who runs the marble quarries in Chad in 2021",
        "figure": "Chad human trafficking score 2021",
        "declined": "who sells melons on Mars in Norway",
        "definition": "what counts as flora crimes",
    }
    return {name: ask(world, question).to_dict() for name, question in asked.items()}


def test_opinions_become_gold_places_expected_results_and_unanswerable_questions(answers: dict, tmp_path: Path) -> None:
    text, figure, declined = answers["text"], answers["figure"], answers["declined"]
    given = [
        (text, Opinion.RIGHT, None),
        (text, Opinion.WRONG, 2),
        (figure, Opinion.RIGHT, None),
        (declined, Opinion.RIGHT, None),
    ]
    cases, complaints = cases_of_feedback(kept(tmp_path, *given), "f")
    assert complaints == ()
    assert [(g.place, g.grade) for g in cases[0].gold] == [("TCD-2021-environment-1", 2), (text["passages"][1]["id"], 0)]
    assert cases[1].expect == figure["result"] and cases[2].unanswerable
    assert [c.kind for c in cases] == ["feedback"] * 3


def test_the_majority_of_readers_decides_and_a_tie_decides_nothing(answers: dict, tmp_path: Path) -> None:
    text, figure = answers["text"], answers["figure"]
    given = [(text, Opinion.RIGHT, None)] * 2 + [
        (text, Opinion.WRONG, None),
        (figure, Opinion.RIGHT, None),
        (figure, Opinion.WRONG, None),
    ]
    cases, complaints = cases_of_feedback(kept(tmp_path, *given), "f")
    assert [c.question for c in cases] == [text["question"]]
    assert "nothing was called right more often than wrong" in complaints[0]


def test_two_different_confirmed_answers_must_be_labelled_by_hand(answers: dict, tmp_path: Path) -> None:
    figure = answers["figure"]
    other = {**figure, "result": {**figure["result"], "value": 1.0}}
    cases, complaints = cases_of_feedback(kept(tmp_path, (figure, Opinion.RIGHT, None), (other, Opinion.RIGHT, None)), "f")
    assert cases == () and "confirmed different answers" in complaints[0]


def test_a_passage_that_does_not_exist_or_has_no_place_takes_no_opinion(answers: dict) -> None:
    with pytest.raises(OcqaError, match="no passage 99"):
        feedback_of(answers["text"], Opinion.RIGHT, AT, 99)
    with pytest.raises(OcqaError, match="is a definition"):
        feedback_of(answers["definition"], Opinion.RIGHT, AT, 1)


@given(st.text())
def test_every_damaged_line_of_a_feedback_file_is_named(text: str) -> None:
    cases, complaints = cases_of_feedback(text, "f")
    assert cases == () and len(complaints) == sum(bool(line.strip()) for line in text.split("\n"))


def test_feedback_is_off_unless_a_file_is_named_and_becomes_a_reviewed_set(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, other = "who runs the marble quarries in Chad in 2021", "Chad human trafficking score 2021"
    code, out, err = run(capsys, "ask", question, "--feedback", "right", "--index", world_index)
    assert (code, out) == (1, "") and "feedback is not switched on" in err and "OCQA_FEEDBACK" in err
    file = tmp_path / "feedback.jsonl"
    monkeypatch.setenv("OCQA_FEEDBACK", str(file))
    run(capsys, "ask", question, "--index", world_index)
    assert not file.exists()
    for asked, opinion in ((question, "1"), (other, "right")):
        code, out, err = run(capsys, "ask", asked, "--feedback", opinion, "--index", world_index)
        assert code == 0 and out and f"feedback kept in {file}" in err
    code, out, err = run(capsys, "eval", "--from-feedback", file, "--yes")
    assert code == 0 and len(out.splitlines()) == 2 and "2 of 2 questions kept" in err
    monkeypatch.setattr("sys.stdin", io.StringIO("y\nn\n"))
    code, out, err = run(capsys, "eval", "--from-feedback", file, "--index", world_index)
    assert code == 0 and QUARRY in err and "1 of 2 questions kept" in err
    reviewed = tmp_path / "reviewed.jsonl"
    reviewed.write_text(out, encoding="utf-8")
    (case,) = read_sets([reviewed])
    assert (case.question, case.gold[0].place) == (question, "TCD-2021-environment-1")
    with pytest.raises(SystemExit):
        main(["ask", question, "--feedback", "maybe"])
