"""Questions of two steps: what each step asks, and what is refused. The tables are the specification."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import asked_of
from index.meaning.forms import two_step
from index.meaning.meaning import Meaning
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def fill(text: str) -> Meaning | None:
    return two_step.fill(asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY))


def said(meaning: Meaning) -> dict[str, Any]:
    slots = {
        "kind": meaning.kind.value,
        "groups": meaning.groups,
        "indicators": meaning.indicators,
        "order": meaning.order and meaning.order.value,
        "limit": meaning.limit,
        "stat": meaning.stat and meaning.stat.value,
        "by": meaning.by and meaning.by.value,
    }
    return {slot: value for slot, value in slots.items() if value}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "take the ten worst for heroin, how many of them are in Asia",
            {"kind": "ranking", "indicators": ("heroin_trade",), "order": "high", "limit": 10},
            {"kind": "count", "groups": (("Asia",),), "indicators": ("heroin_trade",)},
        ),
        (
            "how many African countries are among the 50 highest for heroin",
            {"kind": "ranking", "indicators": ("heroin_trade",), "order": "high", "limit": 50},
            {"kind": "count", "groups": (("Africa",),), "indicators": ("heroin_trade",)},
        ),
        (
            "which of the 30 lowest on resilience are in Africa",
            {"kind": "ranking", "indicators": ("resilience",), "order": "low", "limit": 30},
            {"kind": "set", "groups": (("Africa",),), "indicators": ("resilience",)},
        ),
        (
            "the worst country in Africa for heroin, what is its biggest market",
            {"kind": "set", "groups": (("Africa",),), "indicators": ("heroin_trade",), "order": "high", "limit": 1},
            {"kind": "indicator_set", "indicators": ("criminal_markets",), "order": "high", "limit": 1},
        ),
        (
            "the country in Asia with the most heroin, where does it stand in the world for resilience",
            {"kind": "set", "groups": (("Asia",),), "indicators": ("heroin_trade",), "order": "high", "limit": 1},
            {"kind": "rank", "indicators": ("resilience",)},
        ),
        (
            "the country with the most heroin in Asia, how far is it above the Asian average",
            {"kind": "set", "groups": (("Asia",),), "indicators": ("heroin_trade",), "order": "high", "limit": 1},
            {"kind": "difference", "groups": (("Asia",),), "indicators": ("heroin_trade",), "stat": "mean"},
        ),
        (
            "average resilience of the ten countries with the highest heroin trade",
            {"kind": "ranking", "indicators": ("heroin_trade",), "order": "high", "limit": 10},
            {"kind": "aggregate", "indicators": ("resilience",), "stat": "mean"},
        ),
        (
            "the 20 lowest in resilience, split by continent",
            {"kind": "ranking", "indicators": ("resilience",), "order": "low", "limit": 20},
            {"kind": "group_ranking", "indicators": ("resilience",), "order": "high", "stat": "count", "by": "continent"},
        ),
        (
            "pick the region with the lowest resilience and tell me the best performer in it",
            {"kind": "group_ranking", "indicators": ("resilience",), "order": "low", "limit": 1, "by": "region"},
            {"kind": "set", "indicators": ("resilience",), "order": "high", "limit": 1},
        ),
        (
            "whoever rose most in heroin trade since 2021, what happened to their resilience",
            {"kind": "set", "indicators": ("heroin_trade",), "order": "up", "limit": 1},
            {"kind": "change", "indicators": ("resilience",)},
        ),
        (
            "among the G20, select those with mafia groups over 7 and calculate the mean of their judicial system",
            {"kind": "set", "groups": (("G20",),), "indicators": ("mafia_style_groups",)},
            {"kind": "aggregate", "indicators": ("judicial_system_and_detention",), "stat": "mean"},
        ),
        (
            "single out the region with the lowest resilience and, next, the worst country in it for heroin",
            {"kind": "group_ranking", "indicators": ("resilience",), "order": "low", "limit": 1, "by": "region"},
            {"kind": "set", "indicators": ("heroin_trade",), "order": "high", "limit": 1},
        ),
        (
            "which one out of the 5 most resilient EU states has the most cocaine trade",
            {"kind": "ranking", "groups": (("European Union",),), "indicators": ("resilience",), "order": "high", "limit": 5},
            {"kind": "set", "indicators": ("cocaine_trade",), "order": "high", "limit": 1},
        ),
        (
            "I am writing about wars. So take the 10 worst for arms trafficking and tell me how many are in Africa",
            {"kind": "ranking", "indicators": ("arms_trafficking",), "order": "high", "limit": 10},
            {"kind": "count", "groups": (("Africa",),), "indicators": ("arms_trafficking",)},
        ),
    ],
)
def test_both_steps_are_read(text: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    meaning = fill(text)
    assert meaning is not None and meaning.among is not None
    assert said(meaning.among) == first
    assert said(meaning) == second


@pytest.mark.parametrize(
    "text",
    [
        "the worst gulf monarchy in human trafficking and give me its world rank",
        "average resilience of the 10 countries with the crookedest officials",
        "countries above 7 for heroin, out of those whose resilience is in the gutter the most",
        "the country with the most heroin, show its other three drugs",
        "the most resilient of every region, then sort these by criminality",
        "which of the four kinds of dope is the worst in Europe",
        "take the 20 worst on criminality, then tell me how many sit in the bottom quartile for resilience",
        "the worst country in Africa",
    ],
)
def test_a_step_that_is_not_read_whole_is_refused(text: str) -> None:
    assert fill(text) is None
