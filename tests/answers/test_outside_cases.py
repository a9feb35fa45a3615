"""Questions that people outside put down as having gone wrong, with right values: each has its answer now."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from outside_cases import Case, disagreement, read_cases

from index.answers.answer import ask
from index.generations.snapshot import Snapshot

SHARED = Path(os.environ.get("OCQA_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PATH = SHARED / "cases" / "questions.jsonl"
CASES = read_cases(PATH) if PATH.is_file() else []


@pytest.mark.skipif(not CASES, reason="the outside cases are not here")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.question}")
def test_an_everyday_question_has_the_answer_that_is_right(case: Case, shipped: Snapshot) -> None:
    answer = json.loads(json.dumps(ask(shipped, case.question).to_dict()))
    assert disagreement(case.expected, answer) == ""
