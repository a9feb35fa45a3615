"""The labelled questions that the learned reader is fitted on: those of the authors who are not held back."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from role_labels import roles_of, slot_values

from corpus.errors import QuestionError
from corpus.taxonomy import Taxonomy
from index.meaning.asides import without_asides
from index.meaning.masked import Masked, masked
from index.questions.cues import Role
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand
from tests.questions.author_sets.claims import claimed_order
from tests.questions.author_sets.expected import BOTH_ENDS
from tests.questions.author_sets.labels import label_of

AUTHORS = Path(__file__).parents[1] / "data" / "authors"
OLDER = ("peru_dev.jsonl", "world_dev.jsonl")
# Plainly worded questions about scores; the fifth and the sixth set are left for measuring.
OLDER_SCORES = ("scores_first_dev.jsonl", "scores_second.jsonl", "scores_third.jsonl", "scores_fourth.jsonl")
HELD_BACK = frozenset("a03 a07 a10 a12 b03 b06 b09 b12 c05 c07 d03 d06 d08 e03 e06 e08 f06 f08 g02 g05".split())


@dataclass(frozen=True)
class Labelled:
    """A question with its labels. In `spelt_out` the indicators are words, so that what they are called can be learned."""

    author: str
    question: Question
    masked: Masked
    spelt_out: Masked
    kind: str
    order: str
    indicators: frozenset[str]
    roles: Mapping[str, str]
    slots: Mapping[str, str]

    @property
    def read_text(self) -> str:
        return self.question.read_text


def question_files() -> list[Path]:
    """The files of all authors who are not held back."""
    return sorted(path for path in AUTHORS.glob("*.jsonl") if path.stem not in HELD_BACK)


def digest(paths: list[Path]) -> str:
    """A hash of the questions and labels."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def labelled(paths: list[Path], taxonomy: Taxonomy) -> Iterator[Labelled]:
    """The questions in order, without those that are declined before they are read."""
    gazetteer = build_gazetteer(taxonomy)
    for path in paths:
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            try:
                question = without_asides(
                    understand(line["question"], gazetteer, taxonomy.editions), gazetteer, taxonomy.editions
                )
            except QuestionError:
                continue
            reading, slots = question.reading, line["slots"]
            unnamed = replace(reading, spans=tuple(s for s in reading.spans if s.role is not Role.INDICATOR))
            yield Labelled(
                path.stem,
                question,
                masked(reading),
                masked(unnamed),
                line["kind"],
                claimed_order(label_of(line)) if line["kind"] == "verdict" else _order(slots),
                _indicators(slots, taxonomy),
                roles_of(masked(reading), slots),
                slot_values(slots),
            )


def _order(slots: Mapping[str, Any]) -> str:
    """The order labelled, if it is one of those that are told apart."""
    return "" if slots.get("order") in BOTH_ENDS else slots.get("order", "")


def _indicators(slots: Mapping[str, Any], taxonomy: Taxonomy) -> frozenset[str]:
    """Those labelled, and those that a condition is about or compares with."""
    found = set(slots.get("indicators", ()))
    for condition in slots.get("conditions", ()):
        found |= {condition.get("indicator"), condition.get("value")} & set(taxonomy.indicators)
    return frozenset(found)


def part_of(text: str, parts: int) -> int:
    """In which part of the older questions one is: the same for every script, whatever order it reads them in."""
    return zlib.crc32(text.encode()) % parts


def older_texts(taxonomy: Taxonomy) -> Iterator[Labelled]:
    """The development questions about the text of pages, with or without an answer there, all of kind "text"."""
    gazetteer = build_gazetteer(taxonomy)
    for name in OLDER:
        for line in map(json.loads, (AUTHORS.parent / name).read_text(encoding="utf-8").splitlines()):
            if "expect" not in line:
                question = without_asides(
                    understand(line["question"], gazetteer, taxonomy.editions), gazetteer, taxonomy.editions
                )
                text = masked(question.reading)
                yield Labelled(name, question, text, text, "text", "", frozenset(), {}, {})


def older_scores(taxonomy: Taxonomy) -> Iterator[Labelled]:
    """Older questions about scores, each with the kind of result that is expected; those that have none are left out."""
    gazetteer = build_gazetteer(taxonomy)
    for name in OLDER_SCORES:
        for line in map(json.loads, (AUTHORS.parent / name).read_text(encoding="utf-8").splitlines()):
            if line["expect"]["type"] != "unavailable":
                question = without_asides(
                    understand(line["question"], gazetteer, taxonomy.editions), gazetteer, taxonomy.editions
                )
                text = masked(question.reading)
                yield Labelled(name, question, text, text, line["expect"]["type"], "", frozenset(), {}, {})
