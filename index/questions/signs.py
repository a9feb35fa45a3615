"""Comparison signs and shortened names of regions, spelt out before a question is split into words. Pure."""

from __future__ import annotations

import re

_SIGNS = (
    (re.compile(r"-*[-=]>|→|⟶"), " to "),
    (re.compile(r"(?<![\w.])\+(?=\d)"), " up "),
    (re.compile(r">=|=>|≥|⩾"), " at least "),
    (re.compile(r"<=|=<|≤|⩽"), " at most "),
    (re.compile(r">"), " more than "),
    (re.compile(r"<"), " less than "),
    (re.compile(r"(?<=\d)\s*\+"), " or more "),
    (re.compile(r"="), " equal to "),
)
_SIDE = r"(?:south|north)?-?(?:east|west|north|south)(?:ern)?|central"
# "West or Central Africa" says "Africa" only once.
_ELISION = re.compile(
    rf"\b({_SIDE})( and | or |, )((?:{_SIDE}) (africa|america|asia|europe)(n|an)?)\b",
    re.IGNORECASE,
)
# "The Dominican Rep." is no end of a sentence.
_SHORTENED = (
    (re.compile(r"\bdom\. rep(?:\.|ublic\b)", re.IGNORECASE), "Dominican Republic"),
    (re.compile(r"\bdem(?:\.|ocratic) rep(?:\.|ublic\b)", re.IGNORECASE), "Democratic Republic"),
    (re.compile(r"\b(central african|dominican|czech|islamic|people's) rep\.", re.IGNORECASE), r"\1 Republic"),
)


def spelt_out(text: str) -> str:
    """The question with comparison signs in words and shortened names in full."""
    text = _ELISION.sub(r"\1 \4\5\2\3", text)
    for sign, words in (*_SIGNS, *_SHORTENED):
        text = sign.sub(words, text)
    return text
