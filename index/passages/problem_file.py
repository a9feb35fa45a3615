"""The problems of a build as they are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from corpus.records import Problem, Severity


def problems_to_jsonl(problems: Iterable[Problem]) -> str:
    """One problem per line, in order."""
    return "".join(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in problems)


def problems_from_jsonl(text: str) -> tuple[Problem, ...]:
    """Read what `problems_to_jsonl` wrote."""
    rows = (json.loads(line) for line in text.split("\n")[:-1])
    return tuple(Problem(**{**row, "severity": Severity(row["severity"])}) for row in rows)
