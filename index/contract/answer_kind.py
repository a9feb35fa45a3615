"""The kinds of answer, in the words of the answer contract."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What is asked for, in the words of the answer contract."""

    PASSAGES = "passages"
    VALUE = "value"
    RANK = "rank"
    SET = "set"
    RANKING = "ranking"
    CHANGE = "change"
    COMPARISON = "comparison"
    AGGREGATE = "aggregate"
    COUNT = "count"
    INDICATOR_SET = "indicator_set"
    DEFINITION = "definition"
