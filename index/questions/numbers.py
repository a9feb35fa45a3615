"""Numbers in a question, in digits and in words, with their units: "seven and a half", "half a point", "two steps". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.questions.cues import Role
from index.questions.spans import TaggedSpan
from index.questions.tokens import Token

YEAR = re.compile(r"(?:19|20)\d\d")
# No score changes by more points than this: "rose above 7" is about the score, "rose by more than 1" about the change.
LARGEST_CHANGE = Decimal(3)

# A number written in a way of which only a part would be read: ".5" as 5, "-4" as 4, "7/10" as 7 and 10, "5²" as 52.
_HALF_READ = re.compile(
    r"(?<![\w.,])[.,]\d[\d.,]*"
    r"|(?:(?<=[\s(])|^)(?<!\d\s)[-−]\d[\d.,]*"
    r"|\d*[¼½¾⅐-⅞]|\d+[⁰¹²³⁴-⁹]+"
    r"|(?<![\d/])\d{1,3}(?:\.\d+)?\s?/\s?\d{1,3}(?![\d/])"
    r"|\d+(?:\.\d+){2,}|\d+(?:\.\d+)?[eE][+-]?\d+"
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"dozen": 12, "pair": 2, "duo": 2, "trio": 3, "quartet": 4, "quintet": 5, "thirty": 30, "fifty": 50}
_ONE_IS_A_NUMBER = frozenset("point points step steps or country market actor indicator full whole".split())
_COUNTS_ONE = frozenset("a full whole single one half".split())
_BEFORE_ONE = frozenset("than least most above over under below by top bottom exceeds exceeding exactly".split())


def number_at(tokens: Sequence[Token], at: int) -> TaggedSpan | None:
    """A number in digits or words, with "and a half" or "point five", or a year; None if no number starts here."""
    word = tokens[at].word
    if YEAR.fullmatch(word):
        return TaggedSpan(Role.YEARS, at, at + 1, years=(int(word),))
    following = [token.word for token in tokens[at + 1 : at + 4]]
    if word == "half" and following[:2] == ["a", "dozen"]:
        return TaggedSpan(Role.NUMBER, at, at + 3, number=Decimal(6))
    if word == "half" and following[:1] != ["year"]:
        return TaggedSpan(Role.NUMBER, at, at + 1 + (following[:1] == ["a"]), number=Decimal("0.5"))
    if word == "one" and not (
        (following[:1] and following[0] in _ONE_IS_A_NUMBER) or following[:3] == ["and", "a", "half"] or _after_cue(tokens, at)
    ):
        return None
    if _NUMBER.fullmatch(word):
        number = Decimal(word)
    elif word in _NUMBER_WORDS:
        number = Decimal(_NUMBER_WORDS[word])
    else:
        return None
    if following[:3] == ["and", "a", "half"]:
        return TaggedSpan(Role.NUMBER, at, at + 4, number=number + Decimal("0.5"))
    if following[:1] == ["point"] and len(following) > 1 and (digit := _digit(following[1])) is not None:
        return TaggedSpan(Role.NUMBER, at, at + 3, number=number + digit / 10)
    return TaggedSpan(Role.NUMBER, at, at + 1, number=number)


def half_read_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a question that are written in a way that cannot be read whole, as typed."""
    return tuple(dict.fromkeys(match[0].strip() for match in _HALF_READ.finditer(text)))


def _digit(word: str) -> Decimal | None:
    value = _NUMBER_WORDS.get(word, int(word) if word.isdecimal() and len(word) == 1 else None)
    return Decimal(value) if value is not None and value < 10 else None


def counts_points(tokens: Sequence[Token], at: int) -> bool:
    """Whether "point" is a unit, as in "a full point", rather than a word with another meaning."""
    word = tokens[at - 1].word if at else ""
    return word in _COUNTS_ONE or word in _NUMBER_WORDS or bool(_NUMBER.fullmatch(word))


def _after_cue(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].word in _BEFORE_ONE


def amounts(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Numbers with their unit: "two steps" is 1, "half a point" 0.5, "a full point" 1; "in points" is not a number."""
    joined: list[TaggedSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if span.role is not Role.POINTS or last is None:
            joined.append(span)
        elif last.role is Role.NUMBER and last.number is not None:
            joined[-1] = replace(last, role=Role.AMOUNT, end=span.end, number=last.number * _unit(span))
        elif span.value.endswith("s"):
            joined.append(TaggedSpan(Role.SCORE, span.start, span.end, "loose"))
        else:
            joined.append(TaggedSpan(Role.AMOUNT, span.start, span.end, number=_unit(span)))
    return joined


def _unit(span: TaggedSpan) -> Decimal:
    return Decimal("0.5") if span.value.startswith("step") else Decimal(1)
