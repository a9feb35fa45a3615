"""Noise, instructions, places that do not exist or are not scored, and what is off topic: declined, or answered about the Index.

A hundred questions, twenty-five of each sort, asked of the shipped corpus.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import QuestionError
from index.answers.answer import ask
from index.contract.answer_kind import Kind
from index.generations.snapshot import Snapshot

NOISE = Path(__file__).parents[1] / "data" / "noise.jsonl"
LEAST = 95


def turned_away(snapshot: Snapshot, text: str) -> bool:
    """Whether no score and no passage was given as the answer."""
    try:
        answer = ask(snapshot, text)
    except QuestionError:
        return True
    return not answer.answered or answer.understood.kind == Kind.ABOUT


def test_what_the_index_cannot_answer_is_turned_away(shipped: Snapshot) -> None:
    lines = [json.loads(line) for line in NOISE.read_text(encoding="utf-8").splitlines()]
    answered = [line["question"] for line in lines if not turned_away(shipped, line["question"])]
    assert len(lines) == 100
    assert len(answered) <= len(lines) - LEAST, answered
