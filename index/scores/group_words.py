"""Groups in words: what kind they are, and which statistic of their countries is meant. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import WORLD, Taxonomy
from index.scores.query import Change, Query
from index.scores.statistics import Stat

# "highest highest score" would be hard to read.
_WORDS = {
    Stat.MEAN: "mean",
    Stat.MEDIAN: "median",
    Stat.MIN: "minimum",
    Stat.MAX: "maximum",
    Stat.COUNT: "number of countries with a",
}


def group_kind_words(groups: Sequence[str], taxonomy: Taxonomy, number: int) -> str:
    """What groups are called together: "continents", "regions", or "groups" where they are of several kinds."""
    kinds = {"group" if g == WORLD else taxonomy.groups[g].kind.value for g in groups}
    kind = kinds.pop() if len(kinds) == 1 else "group"
    kind = "group" if kind == "membership" else kind
    return kind if number == 1 else f"{kind}s"


def stat_word(query: Query) -> str:
    """The statistic of a group, the mean by default, as an adjective."""
    return _WORDS[query.stat or Stat.MEAN]


def group_stat_words(query: Query) -> str:
    """The statistic of a group: "mean score", "median change"."""
    what = "change" if isinstance(query.measures[0], Change) else "score"
    return f"{stat_word(query)} {what}"
