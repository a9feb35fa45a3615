"""The parts that the names and numbers of a question can play, and what else is learned of a question as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from index.scores.query import Op

NONE, ASKED, WITHOUT, LIMIT, PLACE = "none", "asked", "without", "limit", "place"
# An indicator that a condition is about: on its level, or that it rose, fell or stayed the same.
TESTED, ROSE, FELL, SAME = "tested", "rose", "fell", "same"
# What stands on the right of a comparison of levels, with its sign.
AGAINST: Mapping[str, Op] = {
    f"against {sign}": op
    for sign, op in ((">", Op.ABOVE), (">=", Op.AT_LEAST), ("<", Op.BELOW), ("<=", Op.AT_MOST), ("=", Op.EQUAL))
}
# By how much a score rose or fell: more than, or at least.
ROSE_BY: Mapping[str, Op] = {"rose by >": Op.ABOVE, "rose by >=": Op.AT_LEAST}
FELL_BY: Mapping[str, Op] = {"fell by >": Op.BELOW, "fell by >=": Op.AT_MOST}

ROLES = (NONE, ASKED, WITHOUT, LIMIT, PLACE, TESTED, ROSE, FELL, SAME, *AGAINST, *ROSE_BY, *FELL_BY)
# Which of them the marks of each letter (see `masked`) can have.
ROLES_OF: Mapping[str, tuple[str, ...]] = {
    "C": (NONE, ASKED, WITHOUT, *AGAINST),
    "G": (NONE, ASKED, WITHOUT, *AGAINST),
    "I": (NONE, ASKED, TESTED, ROSE, FELL, SAME, *AGAINST),
    "N": (NONE, LIMIT, PLACE, *AGAINST, *ROSE_BY, *FELL_BY),
    "P": (NONE, *AGAINST, *ROSE_BY, *FELL_BY),
}
# What is learned of the whole question besides its kind, its order and its indicators: the values of each slot.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "limit": ("", "one", "number"),
    "place": ("", "place"),
    "stat": ("", "mean", "median", "min", "max", "share"),
    "by": ("", "region", "continent", "membership", "pillar", "edition"),
    "of": ("", "value", "rank", "set", "comparison", "change", "count", "group_ranking"),
    "moves": ("", ROSE, FELL, SAME),
    "conditions": ("0", "1", "2"),
    # The editions that are meant, whatever words say so; none if none is.
    "editions": ("", "2021", "2023", "2025", "2021 2023", "2021 2025", "2023 2025", "2021 2023 2025"),
}
