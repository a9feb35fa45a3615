"""The statistics of a group: what each is called, and how SQL computes it. Pure."""

from __future__ import annotations

from enum import StrEnum


class Stat(StrEnum):
    """A statistic of a group, in the words of the answer contract."""

    MEAN = "mean"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"
    # How many countries there are: only of groups set side by side.
    COUNT = "count"


# In sentences and in a query said back in words.
STAT_WORDS = {
    Stat.MEAN: "mean",
    Stat.MEDIAN: "median",
    Stat.MIN: "lowest",
    Stat.MAX: "highest",
    Stat.COUNT: "number of countries by",
}
# The figure and the number of values. The division is left to the caller, so that a mean is rounded once, from exact numbers.
STAT_COLUMNS = {
    Stat.MEAN: "sum(value), count(*)",
    Stat.MEDIAN: "median(cast(value as decimal(9, 4))), count(*)",
    Stat.MIN: "min(value), count(*)",
    Stat.MAX: "max(value), count(*)",
}
# The function of SQL that compares a score with the figure of a group.
STAT_FUNCTIONS = {Stat.MEAN: "avg", Stat.MEDIAN: "median", Stat.MIN: "min", Stat.MAX: "max"}
