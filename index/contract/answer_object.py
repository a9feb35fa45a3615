"""The answer object: the one shape shared by the page, the command line and any other reader of answers.

Field names and meanings are those of the answer contract, version 1. Everything is frozen; `to_dict` gives plain JSON types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from index.contract.typed_results import Result

VERSION = 1


# "from" is a reserved word in Python, so such fields have names of their own and are renamed in the JSON.
_RENAMED = {"start": "from", "end": "to"}
_ONLY_WHERE_SET = frozenset({"start", "end", "like_for_like", "verdict", "place", "share", "chosen", "sharing"})


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read; `words` puts it into words.

    `confidence` is the calibrated probability, 0 to 1, that the question was read as it was meant.
    """

    kind: str
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    indicators: tuple[str, ...]
    editions: tuple[int, ...]
    words: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class QueryShown:
    """How the answer to a question about scores was computed: in words, and as the SQL that ran with its bound values.

    A question of two steps has both in `steps`, in words.
    """

    words: str
    sql: str
    values: tuple[str | int | float, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A score given beside the answer; rank, of and within are None unless a ranking was computed.

    `sharing` is how many countries have the rank, itself included.
    """

    country: str
    indicator: str
    edition: int
    value: float
    source: str
    rank: int | None = None
    of: int | None = None
    within: str | None = None
    sharing: int | None = None


@dataclass(frozen=True, slots=True)
class SignalShown:
    """One signal of a passage: its value, its contribution to the order of passages, and a band where one is known.

    Names and units are those of `index.retrieval.signals.Signals`.
    """

    name: str
    value: float
    worth: float
    band: str = ""


@dataclass(frozen=True, slots=True)
class WordPair:
    """A word of the question, the nearest word of the passage with its character range, and their cosine similarity."""

    asked: str
    found: str
    at: tuple[int, int]
    likeness: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found; `text` puts it into words."""

    signals: tuple[SignalShown, ...]
    words: tuple[WordPair, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A whole passage with the character ranges that carry the answer. `score` only orders passages; higher is better.

    `title` is that of the document, for a passage of one.
    """

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
    why: Why | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `confidence` is the estimated probability, 0 to 1, that it is right.

    `query` is set for questions about scores; `alternatives` are other questions that may have been intended.
    """

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
    query: QueryShown | None = None
    alternatives: tuple[str, ...] = ()
    id: str | None = None
    version: int = VERSION

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON types, with the contract's fields in the contract's order."""
        order = (
            "version id question understood answered confidence answer result facts passages notes query alternatives generation"
        ).split()
        data = {name: _plain(getattr(self, name)) for name in order}
        if self.id is None:
            del data["id"]
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, Result):
        shown = [f.name for f in fields(value) if f.name != "type"]
        shown = [name for name in shown if name not in _ONLY_WHERE_SET or getattr(value, name) is not None]
        return {"type": value.type, **{_RENAMED.get(name, name): _plain(getattr(value, name)) for name in shown}}
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
