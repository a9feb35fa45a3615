"""Comparison signs and shortened names of regions, spelt out before a question is split into words. Pure."""

from __future__ import annotations

import re

from index.questions.shorthand import beside_others_in_full

_SIGNS = (
    (re.compile(r"-*[-=]>|→|⟶"), " to "),
    (re.compile(r"(?<![\w.])\+(?=\d)"), " up "),
    (re.compile(r">=|=>|≥|⩾"), " at least "),
    (re.compile(r"<=|=<|≤|⩽"), " at most "),
    (re.compile(r">"), " more than "),
    (re.compile(r"<"), " less than "),
    # "Criminality > 6 + resilience < 4" are two conditions.
    (re.compile(r"(?<=\d) \+ (?=[a-z]+\s*(?:[<>≥≤]|at (?:least|most)|more|less|above|below|over|under))", re.I), " and "),
    (re.compile(r"(?<=\d)\s*\+"), " or more "),
    (re.compile(r"="), " equal to "),
)
_SIDE = r"(?:south|north)?-?(?:east|west|north|south)(?:ern)?|central"
# "West or Central Africa" says "Africa" only once; "the Middle East and North Africa" names two places.
_ELISION = re.compile(
    rf"(?<!middle )(?<!near )(?<!far )\b({_SIDE})( and | or |, )((?:{_SIDE}) (africa|america|asia|europe)(n|an)?)\b",
    re.IGNORECASE,
)
# "The Dominican Rep." is no end of a sentence.
_SHORTENED = (
    (re.compile(r"\bdom\. rep(?:\.|ublic\b)", re.IGNORECASE), "Dominican Republic"),
    (re.compile(r"\bdem(?:\.|ocratic) rep(?:\.|ublic\b)", re.IGNORECASE), "Democratic Republic"),
    (re.compile(r"\b(central african|dominican|czech|islamic|people's) rep\.", re.IGNORECASE), r"\1 Republic"),
)
# Digits that are typed for a word: "according 2 this", "4 my essay".
_TYPED_SHORT = (
    (
        re.compile(
            r"\b(according|compared|due|thanks|next|close|closer|closest|relative|used|want|need|have|going|easier|harder) 2\b",
            re.IGNORECASE,
        ),
        r"\1 to",
    ),
    (re.compile(r"\b4 (?=(?:my|the|our|your|his|her|their|me|us|each|all|every)\b)", re.IGNORECASE), "for "),
)
# Years as they are said: "twenty twenty-one".
_SAID_YEARS = tuple(
    (re.compile(rf"\b(?:twenty twenty|two thousand (?:and )?twenty)[- ]{word}\b", re.IGNORECASE), f"202{number}")
    for number, word in enumerate("one two three four five six seven eight nine".split(), start=1)
)


def spelt_out(text: str) -> str:
    """The question with comparison signs in words and shortened names in full."""
    text = beside_others_in_full(_ELISION.sub(r"\1 \4\5\2\3", text))
    for sign, words in (*_SIGNS, *_SHORTENED, *_TYPED_SHORT, *_SAID_YEARS):
        text = sign.sub(words, text)
    return text
