"""The answer object: the one shape that page, command line and any other reader of answers share.

Field names and meanings are those of the answer contract, version 1. Everything is frozen; `to_dict` gives plain JSON types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Value:
    """One published score."""

    country: str
    indicator: str
    edition: int
    value: float
    type: str = "value"


@dataclass(frozen=True, slots=True)
class Rank:
    """A competition rank, 1 the highest score, of the loaded countries of the world or a group."""

    country: str
    indicator: str
    edition: int
    value: float
    rank: int
    of: int
    within: str
    type: str = "rank"


@dataclass(frozen=True, slots=True)
class DefinitionResult:
    """What an indicator means."""

    indicator: str
    text: str
    type: str = "definition"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why there is no answer."""

    why: str
    type: str = "unavailable"


Result = Value | Rank | DefinitionResult | Unavailable


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read; `words` says it to a person."""

    kind: str
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    indicators: tuple[str, ...]
    editions: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A score beside the answer; rank, of and within are None unless ranks were asked for."""

    country: str
    indicator: str
    edition: int
    value: float
    source: str
    rank: int | None = None
    of: int | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage, whole, with the character ranges that carry the answer. `score` only orders passages, higher is better."""

    id: str
    kind: str
    country: str | None
    edition: int | None
    section: str | None
    paragraph: int | None
    indicator: str | None
    text: str
    highlight: tuple[tuple[int, int], ...]
    score: float
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `confidence` is the estimated chance, 0 to 1, that it is right."""

    question: str
    understood: Understood
    answered: bool
    confidence: float
    answer: str
    result: Result | None
    facts: tuple[Fact, ...]
    passages: tuple[FoundPassage, ...]
    notes: tuple[str, ...]
    generation: str
    id: str | None = None
    version: int = VERSION

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, the contract's fields in the contract's order."""
        order = ("version id question understood answered confidence answer result facts passages notes generation").split()
        data = {name: _plain(getattr(self, name)) for name in order}
        if self.id is None:
            del data["id"]
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, (Value, Rank, DefinitionResult, Unavailable)):
        rest = {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "type"}
        return {"type": value.type, **rest}
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
