"""Yes/no questions: the claim that each makes, and what is refused. The tables are the specification."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, asked_of
from index.meaning.forms import verdict
from index.meaning.meaning import Meaning
from index.meaning.yes_no import claim_in, expects_yes_or_no
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def asked(text: str) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY)


def said(meaning: Meaning | None) -> dict[str, Any]:
    """What a claim says, with its conditions as words."""
    assert meaning is not None and meaning.yes_no
    tests = [[f"{t.op.value} {getattr(t.right, 'place', t.right)}" for t in row] for row in meaning.tests]
    slots = {
        "kind": meaning.kind.value,
        "countries": meaning.countries,
        "order": meaning.order and meaning.order.value,
        "limit": meaning.limit,
        "place": meaning.place,
        "tests": tests,
        "quantifier": meaning.quantifier and meaning.quantifier.value,
        "number": meaning.number and (meaning.number[0].value, int(meaning.number[1])),
    }
    return {slot: value for slot, value in slots.items() if value}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("is Kenya among the five worst in Africa", {"kind": "rank", "countries": ("KEN",), "order": "high", "limit": 5}),
        ("Denmark has the lowest criminality, right?", {"kind": "rank", "countries": ("DNK",), "order": "low", "limit": 1}),
        ("is Italy third in Europe for mafia groups", {"kind": "rank", "countries": ("ITA",), "order": "high", "place": 3}),
        ("is Peru above 6 for cocaine", {"kind": "value", "countries": ("PER",), "tests": [["> 6"]]}),
        ("does Oman clear 5 on money laundering", {"kind": "value", "countries": ("OMN",), "tests": [[">= 5"]]}),
        ("is Malta above the EU mean", {"kind": "value", "countries": ("MLT",), "tests": [["> European Union"]]}),
        (
            "my editor says Colombia is worse than Mexico, is he right",
            {"kind": "comparison", "countries": ("COL", "MEX"), "order": "high"},
        ),
        ("has Ecuador overtaken Colombia in criminality", {"kind": "comparison", "countries": ("ECU", "COL"), "order": "high"}),
        ("Rwanda better since 2021, yes or no", {"kind": "change", "countries": ("RWA",), "order": "down"}),
        ("is Poland safer now than in 2021", {"kind": "change", "countries": ("POL",), "order": "down"}),
        (
            "are both Kenya and Uganda above 5 for human trafficking",
            {"kind": "set", "countries": ("KEN", "UGA"), "tests": [["> 5"]], "quantifier": "all"},
        ),
        (
            "somebody at the club bet me a drink that Uruguay is the most resilient in South America; has he won?",
            {"kind": "rank", "countries": ("URY",), "order": "high", "limit": 1},
        ),
        (
            "verify this sentence: Ghana is the most resilient country in West Africa",
            {"kind": "rank", "countries": ("GHA",), "order": "high", "limit": 1},
        ),
        (
            "does Estonia have the best resilience of the three Baltics",
            {"kind": "rank", "countries": ("EST",), "order": "high", "limit": 1},
        ),
        (
            "is Denmark the strongest in Northern Europe for resilience bar Finland",
            {"kind": "set", "countries": ("DNK",), "order": "high", "limit": 1},
        ),
        ("is cocaine Peru's biggest market", {"kind": "indicator_set", "countries": ("PER",), "order": "high", "limit": 1}),
    ],
)
def test_a_claim_about_countries_is_of_the_kind_that_decides_it(text: str, claim: dict[str, Any]) -> None:
    assert said(verdict.fill(asked(text))) == claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("is every country in South America above 5", {"kind": "set", "tests": [["> 5"]], "quantifier": "all"}),
        (
            "nobody in Europe has stronger mafia groups than Italy, true?",
            {"kind": "set", "tests": [["> ITA"]], "quantifier": "none"},
        ),
        (
            "are there more than 10 countries above 7 for criminality",
            {"kind": "count", "tests": [["> 7"]], "number": (">", 10)},
        ),
        (
            "do more than half of African countries have 6 or more in human trafficking",
            {"kind": "count", "tests": [[">= 6"]], "number": (">", 50)},
        ),
        ("is the average criminality of Africa above 5", {"kind": "aggregate", "tests": [["> 5"]]}),
        ("did criminality rise worldwide between 2021 and 2025", {"kind": "aggregate", "order": "up"}),
        ("are Asian states worse off than European ones", {"kind": "group_ranking", "order": "high", "limit": 1}),
        ("is Europe the safest continent", {"kind": "group_ranking", "order": "low", "limit": 1}),
        (
            "does human trafficking score highest of all markets in Africa",
            {"kind": "indicator_ranking", "order": "high", "limit": 1},
        ),
    ],
)
def test_a_claim_about_groups_is_of_the_kind_that_decides_it(text: str, claim: dict[str, Any]) -> None:
    assert said(verdict.fill(asked(text))) == claim


@pytest.mark.parametrize(("text", "limit"), [("top quartile of South America", 3), ("top 5% for resilience", 9)])
def test_a_part_of_a_group_is_as_many_as_are_at_most_that_part(text: str, limit: int) -> None:
    meaning = verdict.fill(asked(f"is Chile in the {text}"))
    assert meaning is not None and meaning.limit == limit


@pytest.mark.parametrize(
    "text",
    [
        "is Ghana not in the top ten",
        "Peru is above 6, is that false",
        "is Turkmenistan in the ten worst for big shots on the take",
        "Venezuela has the most crime-ridden government in the world, right?",
        "does Kenya or Uganda have more human trafficking",
        "has Chile used to be above 6",
        "is Peru above 6 in 2022",
        "is Spain dangerous",
    ],
)
def test_a_claim_that_is_denied_or_not_read_whole_is_refused(text: str) -> None:
    assert verdict.fill(asked(text)) is None


def test_what_is_said_around_a_claim_is_no_part_of_it() -> None:
    assert claim_in("fact check | C1 is worse than C2 , right") == "C1 is worse than C2"
    assert claim_in("my brother says that C1 is worse than C2 | is he right") == "C1 is worse than C2"


def test_a_question_expects_yes_or_no_by_its_verb_or_by_what_is_said_around_it() -> None:
    assert expects_yes_or_no("is C1 worse than C2")
    assert expects_yes_or_no("C1 over N1 yes or no")
    assert not expects_yes_or_no("is C1 or C2 worse")
    assert not expects_yes_or_no("do you know which G1 country is worst")
    assert not expects_yes_or_no("C1 and C2 on I1")
