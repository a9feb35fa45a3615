"""An author's question with what its author meant by it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AUTHORS = Path(__file__).resolve().parents[2] / "data" / "authors"


@dataclass(frozen=True)
class Condition:
    """What a country's score (or its change) must satisfy: `value` is a number, a country, a group or another indicator."""

    indicator: str
    op: str
    value: Any
    change: bool = False


@dataclass(frozen=True)
class Label:
    """A question, its kind and its slots, as in the brief for the authors; what was not labelled is empty or None."""

    author: str
    question: str
    kind: str
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()
    order: str | None = None
    n: int | None = None
    place: int | None = None
    conditions: tuple[Condition, ...] = ()
    stat: str | None = None
    by: str | None = None
    without: tuple[str, ...] = ()
    field: str | None = None
    topic: str = ""
    of: str | None = None
    steps: tuple[str, ...] = ()
    ambiguous: bool = False
    world: bool = False

    @property
    def slots(self) -> dict[str, Any]:
        """The slots that are filled, for reading."""
        empty = Label("", "", "")
        return {k: v for k, v in vars(self).items() if k not in ("author", "question", "kind") and v != getattr(empty, k)}


def label_of(line: dict[str, Any], author: str = "") -> Label:
    """The label of one line. The world among the groups is no limit, but can be one of two that are compared: `world`."""
    slots = dict(line.get("slots") or {})
    conditions = tuple(Condition(c["indicator"], c["op"], c["value"], bool(c.get("change"))) for c in slots.pop("conditions", ()))
    named = slots.pop("groups", ())
    groups = tuple(g for g in named if str(g).lower() != "world")
    known = {k: tuple(v) if isinstance(v, list) else v for k, v in slots.items() if k in Label.__dataclass_fields__}
    known |= {"groups": groups, "conditions": conditions, "world": len(groups) < len(named)}
    return Label(author, line["question"], line["kind"], **known)


def read_author(name: str, folder: Path = AUTHORS) -> list[Label]:
    """All labelled questions of one author, in their order."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [label_of(json.loads(line), name) for line in lines if line.strip()]
