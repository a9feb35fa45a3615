"""The answer object: the one shape that page, command line and any other reader of answers share.

Field names and meanings are those of the answer contract, version 1. Everything is frozen; `to_dict` gives plain JSON types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class ValueResult:
    """One published score."""

    country: str
    indicator: str
    edition: int
    value: float
    type: str = "value"


@dataclass(frozen=True, slots=True)
class RankResult:
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
class SetResult:
    """Countries in no order that means anything.

    `values` stand beside them: a number each, or a list of numbers where indicators or editions are several. `edition` is None
    where the conditions look into several; a change has `start` and `end`.
    """

    countries: tuple[str, ...]
    edition: int | None
    indicator: str
    indicators: tuple[str, ...]
    values: tuple[float | tuple[float, ...], ...]
    within: str
    start: int | None = None
    end: int | None = None
    like_for_like: tuple[float | None, ...] | None = None
    type: str = "set"


@dataclass(frozen=True, slots=True)
class RankingResult:
    """Countries in order with their figures; ties by code, a tie at the cut whole. For changes, `start` and `end` are set."""

    countries: tuple[str, ...]
    values: tuple[float, ...]
    indicator: str
    edition: int
    within: str
    start: int | None = None
    end: int | None = None
    like_for_like: tuple[float | None, ...] | None = None
    type: str = "ranking"


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """The later score minus the earlier one. `like_for_like` is set for an average that gained parts in between."""

    country: str
    indicator: str
    start: int
    end: int
    value: float
    like_for_like: float | None = None
    type: str = "change"


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """Countries side by side, in the order of the question. `higher` is None for a tie at the top."""

    countries: tuple[str, ...]
    values: tuple[float, ...]
    indicator: str
    edition: int
    higher: str | None
    start: int | None = None
    end: int | None = None
    like_for_like: tuple[float | None, ...] | None = None
    type: str = "comparison"


@dataclass(frozen=True, slots=True)
class AggregateResult:
    """One figure of a group: mean, median, min or max, of scores or of changes, and of how many countries."""

    group: str
    indicator: str
    edition: int
    stat: str
    value: float
    of: int
    start: int | None = None
    end: int | None = None
    type: str = "aggregate"


@dataclass(frozen=True, slots=True)
class CountResult:
    """How many countries meet the conditions, and which; `indicators` where a country's own indicators are counted."""

    value: int
    countries: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    type: str = "count"


@dataclass(frozen=True, slots=True)
class IndicatorSetResult:
    """A country's indicators that come first, last or meet a condition, ties included. For changes, `start` and `end` are set."""

    country: str
    edition: int
    indicators: tuple[str, ...]
    values: tuple[float, ...]
    start: int | None = None
    end: int | None = None
    type: str = "indicator_set"


@dataclass(frozen=True, slots=True)
class Mention:
    """The sentence in which a profile mentions what was asked for, with its place; `at` is its range in the passage."""

    country: str
    edition: int
    passage: str
    at: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class MentionsResult:
    """The countries whose profiles mention something, by code, with a sentence each."""

    countries: tuple[str, ...]
    phrase: str
    mentions: tuple[Mention, ...]
    edition: int | None = None
    indicators: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    type: str = "set"


@dataclass(frozen=True, slots=True)
class DefinitionResult:
    """What an indicator means."""

    indicator: str
    text: str
    type: str = "definition"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why there is no answer; `reason` is its sort, one of those of `index.contract.refusal`."""

    why: str
    reason: str = "not understood"
    type: str = "unavailable"


Result = (
    ValueResult
    | RankResult
    | SetResult
    | RankingResult
    | ChangeResult
    | ComparisonResult
    | AggregateResult
    | CountResult
    | IndicatorSetResult
    | MentionsResult
    | DefinitionResult
    | Unavailable
)
# "from" is a word of the language, so the fields are named for what they are.
_RENAMED = {"start": "from", "end": "to"}
_ONLY_WHERE_SET = frozenset({"start", "end", "like_for_like"})


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
class QueryShown:
    """How a question about scores was computed: in words, and as the SQL that ran with its bound values."""

    words: str
    sql: str
    values: tuple[str | int | float, ...]


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
class SignalShown:
    """One signal of a passage: its value, what it is worth in the order of passages, and a band where one is known.

    Names and units are those of `index.retrieval.signals.Signals`.
    """

    name: str
    value: float
    worth: float
    band: str = ""


@dataclass(frozen=True, slots=True)
class WordPair:
    """A word of the question and the passage's nearest word, its character range, and their cosine."""

    asked: str
    found: str
    at: tuple[int, int]
    likeness: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found; `text` says it to a person."""

    signals: tuple[SignalShown, ...]
    words: tuple[WordPair, ...]
    text: str


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
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `confidence` is the estimated chance, 0 to 1, that it is right.

    `query` is set for questions about scores; `alternatives` are other questions that may have been meant.
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
        """Plain JSON types, the contract's fields in the contract's order."""
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
