"""The typed results that set groups, indicators or editions side by side, with the field names of the answer contract, version 1.

Scores run from 1 to 10; a mean is rounded once, at the end, to two decimals. `verdict` as in `typed_results`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupRankingResult:
    """Groups in order of a statistic of their countries; `counts` are how many countries of each were used.

    A change between two editions has `start` and `end`.
    """

    groups: tuple[str, ...]
    values: tuple[float, ...]
    counts: tuple[int, ...]
    indicator: str
    edition: int
    stat: str
    within: str
    start: int | None = None
    end: int | None = None
    verdict: bool | None = None
    type: str = "group_ranking"


@dataclass(frozen=True, slots=True)
class IndicatorRankingResult:
    """Indicators in order of a statistic over the countries of a group, "world" for all. Changes have `start` and `end`."""

    indicators: tuple[str, ...]
    values: tuple[float, ...]
    group: str | None
    edition: int
    stat: str
    start: int | None = None
    end: int | None = None
    verdict: bool | None = None
    type: str = "indicator_ranking"


@dataclass(frozen=True, slots=True)
class DifferenceResult:
    """How far apart two figures are: the first minus the second, with its sign.

    Either two `countries` on one `indicator`, or one country on two `indicators`, or one country and the `stat` of a `group`, or
    two `groups`. `values` are the two figures, in the order of the question.
    """

    value: float
    values: tuple[float, float]
    edition: int
    countries: tuple[str, ...] = ()
    indicator: str | None = None
    indicators: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    stat: str | None = None
    verdict: bool | None = None
    type: str = "difference"


@dataclass(frozen=True, slots=True)
class TrendResult:
    """One figure in every edition that has it, the earliest first: of a country, or the mean of a group.

    `ranks` are within the world, None where there is no rank. `chosen` is the edition asked for, as in "in which edition was it
    highest"; `like_for_like` are the changes from one edition to the next over the parts that both have, None where nothing was
    added.
    """

    indicator: str
    editions: tuple[int, ...]
    values: tuple[float, ...]
    ranks: tuple[int | None, ...]
    country: str | None = None
    group: str | None = None
    chosen: tuple[int, ...] = ()
    like_for_like: tuple[float | None, ...] | None = None
    verdict: bool | None = None
    type: str = "trend"


@dataclass(frozen=True, slots=True)
class CorrelationResult:
    """How two scores go together over the `n` countries that have both. Says nothing about cause."""

    indicators: tuple[str, str]
    edition: int
    within: str
    pearson: float
    spearman: float
    n: int
    type: str = "correlation"
