"""The typed results of questions about scores, with the field names and meanings of the answer contract, version 1.

`type` is the word by which a reader of the JSON tells them apart. Everything is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass


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
