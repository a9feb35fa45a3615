"""What a few words after a question change in it: "and the lowest?", "only in Europe", "how did it change since 2021?". Pure.

A fragment is all names, numbers and function words; whatever has a verb and a subject of its own is a question by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.questions.names import Gazetteer, LinkKind, find_links
from index.questions.tokens import Token

_ORDINALS = {word: n for n, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), start=2)}
_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}
_MOST = 50
# The place after that of the question before.
NEXT = 0


class End(StrEnum):
    """Which end of an order a fragment names. WORSE and BETTER depend on the scale; UP and DOWN are of changes."""

    HIGH = "high"
    LOW = "low"
    WORSE = "worse"
    BETTER = "better"
    UP = "up"
    DOWN = "down"


class Asks(StrEnum):
    """What a fragment asks of the answer before: its CHANGE, how many or WHICH of it are in a group, its RANK or its MEAN."""

    CHANGE = "change"
    COUNT = "count"
    WHICH = "which"
    RANK = "rank"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Fragment:
    """The parts that are given; the others stay as they were. `groups` and `editions` in the order of the text."""

    asks: Asks | None = None
    end: End | None = None
    limit: int | None = None
    place: int | None = None
    groups: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()


_ENDS = {
    End.HIGH: "highest largest biggest most top maximum max strongest".split(),
    End.LOW: "lowest smallest least bottom minimum min weakest fewest".split(),
    End.WORSE: ["worst"],
    End.BETTER: ["best", "safest"],
}
_MOVES = {
    End.UP: "rose risen climbed gained increased grew".split(),
    End.DOWN: "fell fallen dropped lost declined decreased shrank".split(),
}
_END_OF = {word: end for end, words in (*_ENDS.items(), *_MOVES.items()) for word in words}
_LEAD = (
    r"(?:(?:and|but|ok|okay|so|now|then|just|only|what about|how about|what is|who is|which is|which one is|who are|which are|"
    r"show|give me) )*"
)
_END = rf"(?P<end>{'|'.join(word for words in _ENDS.values() for word in words)})"
_MOVE = rf"(?P<move>{'|'.join(word for words in _MOVES.values() for word in words)})"
_IT = r"(?:it|that|this|they|he|she|the score|the country|its score)"
_CHANGED = r"(?:changed?|developed?|moved?|evolved?|improved?|grown?|fared?)"
_WHEN = r"(?: (?:since|from|between|after|over) (?:the )?(?:E(?: (?:and|to|until) E)?|editions|time|years))?"
_THEM = r"(?:of (?:them|these|those|the N|all N|the) )?"
_IN = r"(?:are |is |lie |belong |come )?(?:in|to|within|among|from|of|members of|inside) (?:the )?G"
_FORMS: tuple[tuple[str, Asks | None], ...] = (
    (rf"{_LEAD}(?:the )?(?:N )?{_END}(?: (?:N|one|ones|country|countries|score|scores))?", None),
    (rf"{_LEAD}(?:who |which |the ones that )?(?:have |has )?{_MOVE}(?: (?:the )?most)?", None),
    (rf"{_LEAD}(?:the )?P(?: {_END})?(?: (?:one|place|country))?", None),
    (rf"{_LEAD}(?:the )?next(?: (?:one|place|country))?", None),
    (rf"{_LEAD}(?:in|of|within|for|among|from|inside)? ?(?:the )?G(?: only| alone| instead)?", None),
    (rf"{_LEAD}(?:the )?(?:first|last|top) N(?: countries)?", None),
    (rf"{_LEAD}(?:how )?(?:did|has|have|does|was) {_IT} {_CHANGED}{_WHEN}", Asks.CHANGE),
    (rf"{_LEAD}(?:since|compared with|compared to|against) E", Asks.CHANGE),
    (rf"{_LEAD}(?:the |its )?(?:change|trend|development)(?: since E| over time)?", Asks.CHANGE),
    (rf"{_LEAD}how many {_THEM}{_IN}", Asks.COUNT),
    (rf"{_LEAD}which (?:ones )?{_THEM}{_IN}", Asks.WHICH),
    (rf"{_LEAD}(?:the |its |their )?(?:rank|ranking|position|place)", Asks.RANK),
    (rf"{_LEAD}(?:how does {_IT} rank|where does {_IT} (?:rank|stand))", Asks.RANK),
    (rf"{_LEAD}(?:the |its |their )?(?:average|mean)(?: in (?:the )?G| of (?:the )?G)?", Asks.MEAN),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), asks) for pattern, asks in _FORMS)


def fragment_of(tokens: Sequence[Token], gazetteer: Gazetteer, editions: Sequence[int]) -> Fragment | None:
    """What this text changes; None if it is no fragment."""
    links = find_links(tokens, gazetteer)
    if any(link.target.kind is not LinkKind.GROUP or len(link.target.ids) != 1 for link in links):
        return None
    groups = {link.start: link.target.ids[0] for link in links}
    inside = {at for link in links for at in range(link.start + 1, link.end)}
    marks = [("G", "") if at in groups else _mark(t.folded, editions) for at, t in enumerate(tokens) if at not in inside]
    text = " ".join(mark or word for mark, word in marks if mark or word)
    form = next(((match, asks) for pattern, asks in _COMPILED if (match := pattern.fullmatch(text))), None)
    if form is None:
        return None
    given = form[0].groupdict()
    places = [_ORDINALS[word] for mark, word in marks if mark == "P"]
    return Fragment(
        form[1],
        _END_OF.get(given.get("end") or given.get("move") or ""),
        next((_NUMBERS.get(word) or int(word) for mark, word in marks if mark == "N"), None),
        NEXT if "next" in text.split() else next(iter(places), None),
        tuple(groups[at] for at in sorted(groups)),
        tuple(int(word) for mark, word in marks if mark == "E"),
    )


def _mark(word: str, editions: Sequence[int]) -> tuple[str, str]:
    """The mark of a word, empty if it stands for itself, and the word."""
    if word in _ORDINALS:
        return "P", word
    if word.isdecimal() and int(word[:4]) in editions:
        return "E", word[:4]
    if word in _NUMBERS or (word.isdecimal() and 1 < int(word[:4]) <= _MOST):
        return "N", word
    return "", word
