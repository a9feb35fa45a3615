"""The typed results of questions about scores, with the field names and meanings of the answer contract, version 1.

Countries are ISO 3166-1 alpha-3 codes, indicators are ids, scores run from 1 to 10. `type` identifies the result in JSON. A
result that decides a yes/no question carries `verdict`; it is None where none was asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.contract.briefing_results import AboutResult, ExplanationResult, OverviewResult, PageFactResult
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)


@dataclass(frozen=True, slots=True)
class ValueResult:
    """One published score."""

    country: str
    indicator: str
    edition: int
    value: float
    verdict: bool | None = None
    type: str = "value"


@dataclass(frozen=True, slots=True)
class RankResult:
    """A competition rank, 1 for the highest score, among the loaded countries of the world or a group."""

    country: str
    indicator: str
    edition: int
    value: float
    rank: int
    of: int
    within: str
    verdict: bool | None = None
    type: str = "rank"


@dataclass(frozen=True, slots=True)
class SetResult:
    """Countries in no meaningful order.

    `values` has a number for each country, or a tuple where several indicators or editions are asked for. `edition` is None where
    the query spans several editions; a change has `start` and `end`. `place` is the place in the order asked for, such as 3 for
    the third highest.
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
    verdict: bool | None = None
    place: int | None = None
    type: str = "set"


@dataclass(frozen=True, slots=True)
class RankingResult:
    """Countries in order with their figures: ties by code, all those tied at the cut kept. Changes have `start` and `end`."""

    countries: tuple[str, ...]
    values: tuple[float, ...]
    indicator: str
    edition: int
    within: str
    start: int | None = None
    end: int | None = None
    like_for_like: tuple[float | None, ...] | None = None
    verdict: bool | None = None
    type: str = "ranking"


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """The later score minus the earlier one. `like_for_like` is set for an average that gained indicators in between."""

    country: str
    indicator: str
    start: int
    end: int
    value: float
    like_for_like: float | None = None
    verdict: bool | None = None
    type: str = "change"


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """Countries side by side, in the order of the question. `higher` is None where two or more tie for the highest."""

    countries: tuple[str, ...]
    values: tuple[float, ...]
    indicator: str
    edition: int
    higher: str | None
    start: int | None = None
    end: int | None = None
    like_for_like: tuple[float | None, ...] | None = None
    verdict: bool | None = None
    type: str = "comparison"


@dataclass(frozen=True, slots=True)
class AggregateResult:
    """One statistic of a group: the mean, median, min or max of scores or changes, over `of` countries."""

    group: str
    indicator: str
    edition: int
    stat: str
    value: float
    of: int
    start: int | None = None
    end: int | None = None
    verdict: bool | None = None
    type: str = "aggregate"


@dataclass(frozen=True, slots=True)
class CountResult:
    """How many countries meet the conditions, and which; `indicators` or `groups` where those are counted.

    Where a share is asked for, `of` is how many there are in all and `share` the percentage that meets the conditions.
    """

    value: int
    countries: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    verdict: bool | None = None
    groups: tuple[str, ...] = ()
    of: int | None = None
    share: float | None = None
    type: str = "count"


@dataclass(frozen=True, slots=True)
class IndicatorSetResult:
    """Indicators of one country that come first, come last or meet a condition, ties included. Changes have `start` and `end`."""

    country: str
    edition: int
    indicators: tuple[str, ...]
    values: tuple[float, ...]
    start: int | None = None
    end: int | None = None
    verdict: bool | None = None
    type: str = "indicator_set"


@dataclass(frozen=True, slots=True)
class Mention:
    """The sentence in which a profile mentions what was asked for; `at` is its character range in the passage."""

    country: str
    edition: int
    passage: str
    at: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class MentionsResult:
    """The countries whose profiles mention something, by code, with one sentence each."""

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
    """Why there is no answer; `reason` is a value of `index.contract.refusal.RefusalReason`."""

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
    | OverviewResult
    | ExplanationResult
    | AboutResult
    | GroupRankingResult
    | IndicatorRankingResult
    | DifferenceResult
    | TrendResult
    | CorrelationResult
    | PageFactResult
    | Unavailable
)
