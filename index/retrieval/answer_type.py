"""The answer type of a question (a number, a sum, a share, a date, a name, a place) and whether a text has one of it.

Most near misses are of this kind: the page covers the topic, but gives no number, no name and no year. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from corpus.naming import fold


class AnswerType(StrEnum):
    """The type of answer a question asks for; ANY if its words do not say."""

    ANY = "any"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    DATE = "date"
    PERSON = "person"
    NAME = "name"
    PLACE_NAME = "name of a place"
    PLACE = "place"


def _any(words: str, *phrases: str) -> str:
    return f"(?:{'|'.join((*words.split(), *phrases))})"


_NAMED = _any(
    "banks? compan(?:y|ies) firms? business(?:es)? gangs? cartels? clans? mafia militia party ministry agenc(?:y|ies) vessel "
    "ship law organi[sz]ations? decree statute treaty operation hospitals? factor(?:y|ies) hotels? spas universit(?:y|ies) "
    "museums? app refiner(?:y|ies) brand website platform exchange species newspaper ngos? charity donors retailers traders "
    "carrier airline network group"
)
_PEOPLE = _any(
    "commander leader boss kingpin ministers? officials? officers? judges? journalists? general(?:'s)? president prosecutor "
    "senator politicians? king businessman broker ambassador diplomats"
)
_PLACES = _any(
    "provinces? departments? cit(?:y|ies) towns? villages? ports? airports? valleys? districts? islands? municipality capital "
    "lake river neighbourhood desert mountain pass hamlet street prison forest reserve park"
)
_AREAS = _any("countr(?:y|ies) borders? areas? parts? places? regions? neighbou?rs? states? continent")
_WHICH = r"\b(?:which|what) "
# "What role do companies play" does not ask for a company: a verb ends the words that belong to "which".
_WORD = r"(?:(?!(?:do|does|did|is|are|was|were|has|have|can|will)\b)[\w'-]+ )"
_BETWEEN = _WORD + "{0,2}?"
_VERBS = _any("did was were will is are has have does do exactly")
# The first match counts, so that "how many dollars" is a sum and "which year" a date.
_ASKS: tuple[tuple[AnswerType, tuple[str, ...]], ...] = (
    (
        AnswerType.DATE,
        (
            r"^(?:and |but |so )?when\b", rf"\bwhen {_VERBS}\b", r"\bsince when\b", r"\bhow long ago\b",
            _WHICH + r"(?:exact |precise )?(?:year|date|month|day|decade|century)\b",
        ),
    ),
    (
        AnswerType.SHARE,
        (
            _WHICH + r"(?:share|percentage|percent|per cent|proportion|fraction)\b", r"\bin percent\b",
            r"\b(?:percentage|share) of\b", r"\bhow large a (?:share|part)\b", r"\bunemployment rate\b",
        ),
    ),
    (
        AnswerType.MONEY,
        (
            r"\bhow much (?:money|in dollars|does .* cost|do .* (?:pay|charge|cost|earn)|did .* (?:pay|cost|spend|charge))\b",
            r"\bhow much (?:is|was) .* (?:worth|paid|spent)\b", r"\bhow many (?:dollars|euros|pounds)\b",
            r"\b" + _any("price cost salary salaries wages? fees budget revenue ransom bounty turnover") + r"\b",
        ),
    ),
    (
        AnswerType.NUMBER,
        (
            r"\bhow (?:many|much|often|large|big|old|long|far|high|numerous)\b", r"\bnumber of\b", r"\bwhat (?:number|rate)\b",
            r"\bby how\b", r"\brate per\b",
            r"\b" + _any("count tally total rate size amount quantity volume population") + r" of\b",
        ),
    ),
    (
        AnswerType.PERSON,
        (
            r"\bwho " + _any("leads heads commands chairs founded led headed commanded", "runs the", "(?:is|was) the",
                             "was (?:sentenced|convicted)", "is in charge") + r"\b",
            rf"{_WHICH}{_BETWEEN}{_PEOPLE}\b", rf"\bname of the {_BETWEEN}{_PEOPLE}\b",
        ),
    ),
    (
        AnswerType.NAME,
        (
            r"\bnames? (?:of|the)\b", r"\bby name\b", r"\bnamed?\b", r"\b(?:is|are|was|were) .* called\b",
            rf"{_WHICH}{_WORD}{{0,3}}?{_NAMED}\b",
        ),
    ),
    (AnswerType.PLACE_NAME, (rf"{_WHICH}{_BETWEEN}{_PLACES}\b",)),
    (AnswerType.PLACE, (r"\bwhere\b", r"\bwhence\b", r"\bfrom which\b", rf"{_WHICH}{_BETWEEN}{_AREAS}\b")),
)  # fmt: skip
_NUMBERS = _any(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety dozens? "
    "hundreds? thousands? millions? billions? trillion tens several half most majority none no"
)
_MONTHS = _any("january february march april may june july august september october november december")
_SIGNS: dict[AnswerType, tuple[str, ...]] = {
    # A year is not a count.
    AnswerType.NUMBER: (r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d(?![\d,.]\d|\d))\d[\d,.]*", rf"\b{_NUMBERS}\b"),
    AnswerType.MONEY: (
        r"[$€£¥]\s?\d", r"\b(?:us)?\$", r"\b(?:dollars?|euros?)\b",
        r"\d[\d,.]* ?(?:million|billion)? ?(?:usd|eur|pounds?)\b",
    ),
    AnswerType.SHARE: (
        r"\d ?%", r"\bper ?cent\b", r"\bpercentage\b", r"\bnearly all\b", r"\balmost all\b", r"\bone in\b",
        r"\b(?:half|thirds?|quarters?|fifth|majority|most|mainly|bulk)\b",
    ),
    AnswerType.DATE: (
        r"\b(?:1[0-9]\d\d|20\d\d)s?\b", rf"\b{_MONTHS}\b", r"\bcentur(?:y|ies)\b", r"\b(?:decades?|years?|months?) (?:ago|of)\b",
        r"\bsince\b", r"\brecent(?:ly)?\b", r"\bcurrently\b",
    ),
    AnswerType.PLACE: (
        r"\b(?:north|south|east|west|central|rural|urban|remote)\w*\b", r"\b(?:capital|jungle|abroad|overseas)\b",
        r"\b(?:border|coast|river|port|region|area|province|mountain|island|valley|village|zone|district|camp)\w*\b",
        r"\bcit(?:y|ies)\b",
    ),
}  # fmt: skip
# A capital that opens a sentence says nothing.
_NAME = re.compile(r"(?<![.!?:;] )(?<!^)(?<!\()\b[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*|\b[A-Z]{2,}\b|[\"“][^\"”]{3,40}[\"”]")
# Given name and surname, a surname in capitals, or a title before a name.
_PERSON = re.compile(
    r"\b[A-Z][a-z]+ (?:[A-Z]\. )?(?:al-|bin |de |van )?[A-Z][^\W\d_]+|\b[A-Z]{4,}(?:-[A-Z]+)?\b"
    r"|\b(?:President|General|Gen|King|Queen|Prince|Minister|Field Marshal)\.? [A-Z]\w+"
)


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_OFFICE = re.compile(
    r"(?:and |so )?(?:who(?:'s|s| is| was)|what(?:'s|s| is| was) the name of)(?: the| its| their)?(?: [\w'’-]+){0,2}? "
    r"(?:president|prime minister|premier|king|queen|head of state|head of government|chancellor|vice president"
    r"|(?:interior|foreign|defen[cs]e|justice|finance) minister|attorney general|chief justice|police chief|chief of police"
    r"|first lady|governor|mayor|(?:drug |mafia |gang |crime )?(?:boss|lord|kingpin|baron|capo|ringleader|godfather))\b",
    re.IGNORECASE,
)
_ASKED = tuple((wanted, _one_of(patterns)) for wanted, patterns in _ASKS)
_HELD = {wanted: _one_of(patterns) for wanted, patterns in _SIGNS.items()}


def answer_type_of(question: str) -> AnswerType:
    """The answer type that the words of a question ask for."""
    return next((wanted for wanted, pattern in _ASKED if pattern.search(question)), AnswerType.ANY)


def asks_office_holder(question: str) -> bool:
    """Whether a question asks who holds an office or leads a gang, so that nothing but a name answers it.

    "Who is the president of Peru", "what is the name of the biggest drug boss".
    """
    return _OFFICE.match(question) is not None


def holds(wanted: AnswerType, text: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a text has something of this answer type.

    `known` are folded words that do not count as a new name, such as those of the question and of countries.
    """
    if wanted is AnswerType.ANY:
        return True
    if wanted is AnswerType.PERSON:
        return any(not set(fold(m.group()).split()) & known for m in _PERSON.finditer(text))
    if wanted in (AnswerType.NAME, AnswerType.PLACE_NAME) or (wanted is AnswerType.PLACE and not _HELD[wanted].search(text)):
        return any(not set(fold(m.group()).split()) <= known for m in _NAME.finditer(text))
    return bool(_HELD[wanted].search(text))
