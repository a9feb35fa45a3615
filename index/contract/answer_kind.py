"""The kinds of question, in the words of the answer contract."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a question asks for: the value of `understood.kind`, and of `result.type` where there is a typed result."""

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
    OVERVIEW = "overview"
    EXPLANATION = "explanation"
    ABOUT = "about"
    GROUP_RANKING = "group_ranking"
    INDICATOR_RANKING = "indicator_ranking"
    DIFFERENCE = "difference"
    TREND = "trend"
    CORRELATION = "correlation"
    PAGE_FACT = "page_fact"
