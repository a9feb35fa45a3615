"""How many of the first are asked for, or which place: "top five", "third worst", "runner-up"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.phrase_patterns import Found, found_in, phrases_in
from index.meaning.slots.order import runs_down

# There are this many countries: a larger number does not say how many are wanted.
_MOST = 193
_NUMBER = LatePattern(r"\bN\d+\b")
_ORDINALS = {
    word: n
    for n, words in enumerate(
        "second 2nd|third 3rd|fourth 4th|fifth 5th|sixth 6th|seventh 7th|eighth 8th|ninth 9th|tenth 10th|eleventh 11th|"
        "twelfth 12th".split("|"),
        2,
    )
    for word in words.split()
} | {"fifteenth": 15, "15th": 15, "twentieth": 20, "20th": 20, "two": 2}


@dataclass(frozen=True, slots=True)
class Limits:
    """`limit`: how many of the first ranks; `place`: exactly which. `used`: the number marks that say so.

    `idle`: number marks that restrict nothing ("all five"). `known`: whether such a number counts countries that must have been
    named ("our five"). `end`: "low" or "high" where the place is counted from one end of
    the list ("second from the bottom").
    """

    limit: int | None = None
    place: int | None = None
    used: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    end: str = ""
    known: bool = False


def limit_of(asked: Asked) -> Limits:
    """The limit or the place that the words of a question give; neither if it gives none, or several that differ.

    Whether a superlative means one or several is the caller's to decide: see `plural`.
    """
    found = found_in("limits", asked.text)
    idle = [f for f in found if f.way.startswith("idle")]
    idle_marks = tuple(m for f in idle for m in _NUMBER.findall(f.words))
    kept = [f for f in found if not any(f.start < i.end and i.start < f.end for i in idle)]
    if any(f.way == "limit_3" for f in kept):
        # "The podium: first, second and third".
        kept = [f for f in kept if not f.way.startswith("place")]
    for phrase in (f for f in kept if f.way.startswith("place")):
        place = _place(asked, phrase)
        used = tuple(_NUMBER.findall(phrase.words)[:1])
        if place == 1:
            return Limits(1, None, used, idle_marks)
        if place is not None:
            return Limits(None, place, used, idle_marks, _end(phrase))
    for phrase in sorted(kept, key=lambda f: f.way != "limit"):
        if phrase.way == "limit":
            mark = _NUMBER.findall(phrase.words)[0]
            number = asked.masked.marks[mark].number
            if number is not None and number == int(number) and 1 <= number <= _MOST:
                return Limits(int(number), None, (mark,), idle_marks)
        elif phrase.way == "limit_digits":
            return Limits(int(re.sub(r"\D", "", phrase.words)), None, (), idle_marks)
        elif phrase.way.startswith("limit_"):
            return Limits(int(phrase.way[-1]), None, (), idle_marks)
    return Limits(idle=idle_marks, known=any(f.way == "idle_known" for f in idle))


def counted_in(text: str) -> frozenset[str]:
    """The number marks that a text uses to say how many or which place, or that restrict nothing."""
    return frozenset(m for f in found_in("limits", text) for m in _NUMBER.findall(f.words))


def plural(asked: Asked) -> bool:
    """Whether several are asked for, though it does not say how many ("which countries are worst")."""
    return bool(phrases_in("limits", "plural", asked.text)) and not phrases_in("limits", "singular", asked.text)


def in_a_row(asked: Asked) -> bool:
    """Whether all there are, or as many as are asked for, are wanted one after the other ("order the regions", "by region")."""
    return runs_down(asked.text) or bool(phrases_in("limits", "row", asked.text))


def _place(asked: Asked, phrase: Found) -> int | None:
    if phrase.way[-1].isdigit():
        return int(phrase.way[-1])
    marks = _NUMBER.findall(phrase.words)
    if marks:
        number = asked.masked.marks[marks[0]].number
        return int(number) if number is not None and number == int(number) and 1 <= number <= _MOST else None
    return next((n for word in phrase.words.split() if (n := _ORDINALS.get(word)) is not None), None)


def _end(phrase: Found) -> str:
    if re.search(r"\b(?:bottom|last|penultimate|end)\b", phrase.words):
        return "low"
    return "high" if phrase.words.endswith("top") else ""
