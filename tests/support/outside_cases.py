"""Questions of everyday use with what is right, as people outside wrote it down in plain words, held against an answer.

Each line of the file has a question, its kind and `expected`: a few words with the figures, names, and "yes", "no" or "declined".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NUMBER = re.compile(r"(?<![\w.])[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Case:
    """A question and what is right, in words."""

    kind: str
    question: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Case(d["kind"], d["question"], d["expected"]) for d in map(json.loads, lines)]


def disagreement(expected: str, answer: dict[str, Any]) -> str:
    """What of the expected words an answer object lacks; empty if it lacks nothing. Remarks in brackets are not looked for."""
    said = json.dumps([answer["answer"], answer["result"], answer["facts"], answer["notes"]], ensure_ascii=False)
    if not answer["answered"]:
        return "" if re.search(r"\bdeclined\b|n/a", expected) else f"declined: {answer['answer']}"
    if re.match(r"declined\b(?!, or)", expected):
        return f"answered: {answer['answer']}"
    verdict = re.match(r"(yes|no)\b", expected)
    if verdict and (answer["result"] or {}).get("verdict") is not (verdict[1] == "yes"):
        return f"not decided as {verdict[1]}: {answer['answer']}"
    wanted = re.sub(r"\((?:[^)]*\b(?:as|with|so|says|shown|alone)\b[^)]*)\)", "", expected)
    numbers = {abs(float(n)) for n in _NUMBER.findall(said.replace(",", ""))}
    spoken = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
    numbers |= {float(n) for word, n in spoken.items() if re.search(rf"\b{word}\b", said)}
    missing = [n for n in _NUMBER.findall(wanted.replace(",", "")) if abs(float(n)) not in numbers and not _rounds(n, numbers)]
    return f"lacks {', '.join(missing)}: {answer['answer']}" if missing else ""


def _rounds(number: str, shown: set[float]) -> bool:
    """Whether a whole percentage is that of a share given to one decimal."""
    return "." not in number and any(round(s) == float(number) and s != round(s) for s in shown)
