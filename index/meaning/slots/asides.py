"""What a question says beside what it asks: a guess at the answer, a slip that is put right, what is not meant. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from index.meaning.asked import Asked
from index.meaning.masked import MARK

_SLIP = r"(?:i mean(?:t)?|no wait|wait|sorry|no sorry|oops|or rather|rather|make that|scratch that|scrap that|correction)"
_STOPS = r"(?:[,|] )*"
# "For G1 | sorry , G2": the second is meant.
_NAME_PUT_RIGHT = re.compile(rf"\b([CGISYNP])\d+ {_STOPS}{_SLIP} {_STOPS}(?:the |in )*(?=\1\d)")
# "N1 or better , i mean worse".
_SIDE = r"(?:better|worse|more|less|above|below|over|under|higher|lower|best|worst|most|least|highest|lowest)"
_SIDE_PUT_RIGHT = re.compile(rf"\b{_SIDE} {_STOPS}{_SLIP} {_STOPS}(?={_SIDE}\b)")
# A guess holds no number or year: what limits the question is never taken for one.
_GUESS = re.compile(
    r" [,|] (?:(?:and|but|though) )?(?:hoping|i hope|hopefully|"
    r"i (?:suspect|guess|bet|reckon|imagine|assume|expect|fear|d (?:say|guess|bet))"
    r"|i'd (?:say|guess|bet)|i'm (?:guessing|betting)|my (?:money|guess|bet|hunch)|presumably|surely|probably)\b"
    r"(?:[^,|NPY]*| (?:(?:about|around|maybe|only|just|like|it's|it|is) )*N\d+(?: or N\d+)?(?: of them)?)(?= [,|]|$)"
)
_GUESS_BEFORE = re.compile(r" [,|] [^,|NPY]*(?: ,)? i (?:imagine|guess|suppose|believe|suspect|expect|bet|reckon)(?= [,|]|$)")
_AMONG_THEM = re.compile(r" [,|] (?:(?:and|n|&) )?is C\d+ (?:among|amongst|one of|in|on) (?:them|those|it|the list)(?= [,|]|$)")
_NOT_MEANT = re.compile(
    r"\b(?:and |but )?(?:not|never mind|rather than|as opposed to|instead of) (?:the |for |about )*([IS]\d+)"
    r"(?! (?:is|are|was|or)\b)"
)


def without_asides(asked: Asked) -> Asked:
    """The question without guesses at its answer, slips that it puts right itself, and topics that it says are not meant."""
    text = asked.text
    for pattern in (_NAME_PUT_RIGHT, _SIDE_PUT_RIGHT, _GUESS, _GUESS_BEFORE, _AMONG_THEM):
        text = pattern.sub("", text)
    denied = {m[1] for m in _NOT_MEANT.finditer(text)}
    kept = {m for m in MARK.findall(text) if m[0] in "IS"} - denied
    if denied and kept:
        text = _NOT_MEANT.sub("", text)
    text = " ".join(text.split())
    return asked if text == asked.text else _part(asked, text)


def _part(asked: Asked, text: str) -> Asked:
    """The part, without the indicators that were learned from a name that is no longer in it."""
    part = asked.part(text)
    gone = set(asked.masked.ids("I")) - set(part.masked.ids("I"))
    learned = replace(asked.learned, indicators={i: p for i, p in asked.learned.indicators.items() if i not in gone})
    return replace(part, learned=learned)
