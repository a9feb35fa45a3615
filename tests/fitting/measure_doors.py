"""Asks the same questions through every door and counts the answers that differ by a byte from those of the engine.

    python tests/fitting/measure_doors.py INDEX [QUESTIONS]

INDEX is an index folder, QUESTIONS how many questions of the sets in `tests/data` are asked (500 by default), evenly spread.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.api import Corpus
from app.cli.doors import through_http, through_mcp
from corpus.errors import QuestionError
from index.answers.answer import ask
from index.answers.declined_answer import refused
from index.generations.snapshot import open_snapshot

DATA = Path(__file__).parents[1] / "data"
PASSAGES = 10


def questions(wanted: int) -> list[str]:
    every = [
        json.loads(line)["question"] for path in sorted(DATA.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return every[:: max(1, len(every) // wanted)][:wanted]


def compared(name: str, asked: list[str], wanted: list[str], respond: Callable[[str], Mapping[str, Any]]) -> None:
    start = time.perf_counter()
    given = [json.dumps(respond(question), ensure_ascii=False) for question in asked]
    each = (time.perf_counter() - start) / len(asked) * 1000
    different = [q for q, a, b in zip(asked, given, wanted, strict=True) if a != b]
    print(
        f"{name}: {len(asked) - len(different)} of {len(asked)} answers equal to the byte, {each:.1f} ms each",
        *different[:3],
    )


def main(index: Path, wanted: int) -> None:
    snapshot, asked = open_snapshot(index), questions(wanted)

    def engine(question: str) -> Mapping[str, Any]:
        try:
            return ask(snapshot, question).to_dict()
        except QuestionError as error:
            return refused(snapshot, question, error).to_dict()

    engine(asked[0])
    answers = [json.dumps(engine(question), ensure_ascii=False) for question in asked]
    compared("engine again", asked, answers, engine)
    corpus = Corpus.open(index)
    compared("Python", asked, answers, lambda question: corpus.ask_all([question])[0].to_dict())
    with through_http(index, PASSAGES) as respond:
        compared("HTTP", asked, answers, respond)
    with through_mcp(index, PASSAGES) as respond:
        compared("MCP", asked, answers, respond)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500)
