"""What a question says beside what it asks: guesses, slips put right and topics not meant are left out, all else stays."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, asked_of
from index.meaning.slots.asides import without_asides
from index.questions.names import build_gazetteer
from index.questions.question import understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def asked(text: str) -> Asked:
    return asked_of(understand(text, GAZETTEER, TAXONOMY.editions), TAXONOMY)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("continents on heroin, I suspect Asia is leading", "continents on I1"),
        ("any OECD member under 5 on prevention? I expect one or two", "any G1 member under N1 on I1"),
        ("which market is biggest in Europe, my money's on cannabis", "which market is biggest in G1"),
        ("worst in Africa... sorry, Asia for heroin", "worst in G2 for I1"),
        ("who has six or better, I mean worse, on heroin", "who has N1 or worse , on I1"),
        ("who in Europe does worse than us, Belgium that is, on heroin", "who in G1 does worse than C1 on I1"),
        ("which continent is worst for heroin, my brother says Asia", "which continent is worst for I1"),
        ("which G7 member is worst for heroin, I need it for a slide", "which G1 member is worst for I1"),
        ("worst for people smuggling, not human trafficking", "worst for I1 ,"),
    ],
)
def test_what_is_only_said_in_passing_is_left_out(text: str, left: str) -> None:
    assert without_asides(asked(text)).text == left


@pytest.mark.parametrize(
    "text",
    [
        "which countries in Africa are not above 6 for heroin",
        "countries with heroin above 6, and cocaine under 4",
        "is Asia or Africa worse for heroin",
        "countries with heroin above 6, I want only islands",
        "I guess the worst country for heroin is in Asia, which one is it",
    ],
)
def test_what_limits_the_question_stays(text: str) -> None:
    assert without_asides(asked(text)).text == asked(text).text
