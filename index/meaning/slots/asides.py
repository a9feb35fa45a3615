"""What a question says beside what it asks: a guess at the answer, a slip that is put right, what is not meant. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.slots.background import without_background

_SLIP = r"(?:i mean(?:t)?|no wait|wait|sorry|no sorry|oops|or rather|rather|make that|scratch that|scrap that|correction)"
_STOPS = r"(?:[,|] )*"
# "For G1 | sorry , G2": the second is meant.
_NAME_PUT_RIGHT = LatePattern(rf"\b([CGISYNP])\d+ {_STOPS}{_SLIP} {_STOPS}(?:the |in )*(?=\1\d)")
# "N1 or better , i mean worse".
_SIDE = r"(?:better|worse|more|less|above|below|over|under|higher|lower|best|worst|most|least|highest|lowest)"
_SIDE_PUT_RIGHT = LatePattern(rf"\b{_SIDE} {_STOPS}{_SLIP} {_STOPS}(?={_SIDE}\b)")
# A guess holds no number or year: what limits the question is never taken for one.
_GUESS = LatePattern(
    r" [,|] (?:(?:and|but|though) )?(?:hoping|i hope|hopefully|"
    r"i (?:suspect|guess|bet|reckon|imagine|assume|expect|fear|d (?:say|guess|bet))"
    r"|i'd (?:say|guess|bet)|i'm (?:guessing|betting)|my (?:money|guess|bet|hunch)|presumably|surely|probably)\b"
    r"(?:[^,|NPY]*| (?:(?:about|around|maybe|only|just|like|it's|it|is) )*N\d+(?: or N\d+)?(?: of them)?)(?= [,|]|$)"
)
_GUESS_BEFORE = LatePattern(r" [,|] [^,|NPY]*(?: ,)? i (?:imagine|guess|suppose|believe|suspect|expect|bet|reckon)(?= [,|]|$)")
_AMONG_THEM = LatePattern(r" [,|] (?:(?:and|n|&) )?is C\d+ (?:among|amongst|one of|in|on) (?:them|those|it|the list)(?= [,|]|$)")
# "I e | C1": "i.e." is no end of a sentence.
_THAT_IS = LatePattern(r"(?:[,|] )?\bi \| e (?:[,|] )?")
# "Us , C1 that is": the country is who speaks.
_US = LatePattern(
    r"\b(?:us|we|ourselves|me|my country|our country)(?: [,|])?(?: (?:that is|meaning|namely|so|in|i e))*(?: [,"
    r"|])?(?: the)? (C\d+)"
    r"(?: that is| i mean)?(?: [,|](?= (?:in|on|for|at|when|with)\b))?(?= |$)"
)
# "Her brother says G1 and she says G2".
_SAYS = r"(?:(?:my|her|his|our|their|the|one|a) [a-z]+|he|she|they|some|others|somebody|someone|people)"
_SAID = LatePattern(
    rf"(?: [,|])?(?: (?:and|but|while))? {_SAYS} (?:say|says|said|thinks?|thought|reckons?|bets?|claims?|swears?)"
    r"(?: (?:it's|it|is|that|the|its|in))* [CGI]\d+(?= [,|]| and| but|$)"
)
# "Is it C1 or us or somebody else".
_IS_IT = LatePattern(
    r" [,|] (?:is|would|could|might|maybe|perhaps)(?: it| that)?(?: be)?(?: the)? C\d+(?: or [^,|NPYGI]*)?(?=(?: [,|])|$)"
)
_AS_TOLD = LatePattern(r" [,|] as (?:i am|i'm|i was|we are|we were|i've been) (?:told|informed|taught)\b[^,|NPYGC]*(?= [,|]|$)")
# What the answer is for, at the end: "| i coordinate a joint team", ", need it for a slide".
_PURPOSE = LatePattern(
    r" [,|] (?:(?:and|so|but|because|since|as) )*(?:(?:i|i'd|i'm|i've|we|we're|he|she|they|my|our)(?! (?:mean|only"
    r"|just|do|don't|want|need|care|am|exclude|ask)\b)"
    r"|(?:i |we )?need (?:it|this|that) for|(?:it's|it is|its|this is|that's) (?:for|what|how)|(?:the|my"
    r"|our) [a-z]+ (?:always |keeps? |often )?(?:asks?|asking|wants?|needs?)|i don't need|humour|do mention|bear with)\b"
    r"(?![^|]*\b(?:only|except|without|excluding|not|never|but|which|what|who|how|where|above|below|over|under"
    r"|worst|best|most|least|first|last)\b)"
    r"[^|CGNPYS]*$"
)
_LIMITS = LatePattern(r"\b(?:only|just|except|without|excluding|limited|restricted|focus\w*|consider\w*|countr\w+|nations)\b")
_NOT_MEANT = LatePattern(
    r"\b(?:and |but )?(?:not|never mind|rather than|as opposed to|instead of) (?:the |for |about )*([IS]\d+)"
    r"(?! (?:is|are|was|or)\b)"
)


def without_asides(asked: Asked) -> Asked:
    """The question without guesses at its answer, slips that it puts right itself, and topics that it says are not meant."""
    text = _US.sub(r"\1", _THAT_IS.sub(", ", asked.text))
    for pattern in (_NAME_PUT_RIGHT, _SIDE_PUT_RIGHT, _GUESS, _GUESS_BEFORE, _AMONG_THEM, _SAID, _IS_IT, _AS_TOLD):
        text = pattern.sub("", text)
    text = _without_purpose(without_background(text, lambda asking: _holds_all(text, asking)))
    denied = {m[1] for m in _NOT_MEANT.finditer(text)}
    kept = {m for m in MARK.findall(text) if m[0] in "IS"} - denied
    if denied and kept:
        text = _NOT_MEANT.sub("", text)
    text = " ".join(text.split())
    return asked if text == asked.text else _part(asked, text)


def _holds_all(text: str, asking: str) -> bool:
    """Whether nothing that may limit the question stands only in what is told before it."""
    told = text[: len(text) - len(asking)]
    letters = {mark[0] for mark in MARK.findall(asking)}
    return not _LIMITS.search(told) and {mark[0] for mark in MARK.findall(told)} <= letters and bool(letters & {"I", "S"})


def _without_purpose(text: str) -> str:
    """The text without what it says last of who asks and why, unless the topic would go with it."""
    shorter = _PURPOSE.sub("", text)
    return shorter if re.search(r"\b[IS]\d", shorter) or not re.search(r"\b[IS]\d", text) else text


def _part(asked: Asked, text: str) -> Asked:
    """The part, without the indicators that were learned from a name that is no longer in it."""
    part = asked.part(text)
    gone = set(asked.masked.ids("I")) - set(part.masked.ids("I"))
    learned = replace(asked.learned, indicators={i: p for i, p in asked.learned.indicators.items() if i not in gone})
    return replace(part, learned=learned)
