"""A fixed sample of labelled questions: those whose hash comes first, so that no one has chosen them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
# Held back for reporting: never looked at while the program is changed; and the last to be opened.
_NOT_SAMPLED = frozenset("a03 a07 a10 a12 b03 b06 b09 b11 b12".split())


def sampled(number: int) -> tuple[str, ...]:
    """So many questions of the authors who are not held back, and so many of the score sets that are not."""
    authors = [path for path in sorted((DATA / "authors").glob("*.jsonl")) if path.stem not in _NOT_SAMPLED]
    sets = [path for path in sorted(DATA.glob("scores_*.jsonl")) if not path.stem.endswith("held_back")]
    return (*_first(authors, number), *_first(sets, number))


def _first(paths: list[Path], number: int) -> list[str]:
    questions = {json.loads(line)["question"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(questions, key=lambda question: sha256(question.encode()).hexdigest())[:number]
