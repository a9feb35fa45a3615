"""The comparisons in a masked text, each with its right-hand side: "over N1", "worse than C1", "above the G1 mean". Pure.

What is compared is worked out in `tests`, clause by clause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.taxonomy import WORLD
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.meaning import OfIndicator, OfPlace
from index.meaning.phrase_patterns import Found, found_in, phrases_in
from index.meaning.slots.limits import counted_in
from index.meaning.slots.when import short_years
from index.scores.statistics import Stat

# Scores run from 1 to 10.
_HIGHEST = Decimal(10)
_MEAN = LatePattern(r"\b(?:average|averages|avg|mean|norm|typical country)\b")
_MEDIAN = LatePattern(r"\b(?:median|middle)\b")
_OWN = LatePattern(r"\b(?:own|their|its|regional|continental)\b")
_ITSELF = LatePattern(
    r" (?:of|for|in) (?:the |that |its |their )?(?:own )?(?:union|bloc|group|region|continent|alliance|club|whole)\b"
)
# What follows a number that is more than just equalled, though in words not understood ("an 8 or mroe").
_OPEN_END = LatePattern(r" (?:or|to|plus|upwards?|and (?:up|over|above|more|higher))\b")
_THAN = LatePattern(r"\b(?:than|then)\b")
_OPPOSED = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "=": "!=", "worse": "better =", "better": "worse ="}
_MORE = {
    "more": ">",
    "higher": ">",
    "stronger": ">",
    "worse": "worse",
    "less": "<",
    "lower": "<",
    "weaker": "<",
    "better": "better",
}
_AND_MORE = LatePattern(
    rf"\b(?:but|and|yet|while|with|,) (?:\w+ ){{0,2}}?({'|'.join(_MORE)}) (?:[a-z]+ ){{0,2}}(I\d+)\b(?! than)"
)
Right = Decimal | OfPlace | OfIndicator


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison at the characters `start` to `end` of a masked text.

    `way` is as in `index/data/meaning/tests.toml`. Of several right-hand sides (`rights`) all count, or one is enough (`either`);
    of "between" there are two; with none it could not be read. `points` says that the number is one of points. `used` are the
    marks that the right-hand side takes, `topics` the indicator marks inside the phrase that are what is compared ("more I1 than
    C1").
    """

    way: str
    start: int
    end: int
    rights: tuple[Right, ...]
    either: bool = False
    plus: Decimal = Decimal(0)
    points: bool = False
    used: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def comparisons_in(asked: Asked) -> tuple[Comparison, ...]:
    """The comparisons of a text from left to right. A number is in one of them at most."""
    found = [c for f in found_in("tests", asked.text) if f.way != "not" and (c := _comparison(asked, f)) is not None]
    years = short_years(asked)
    idle = {m for f in phrases_in("tests", "not", asked.text) for m in MARK.findall(f.words)}
    found = [c for c in found if not (years | idle) & set(c.used)]
    counted = counted_in(asked.text) | idle
    for phrase in phrases_in("tests", "is", asked.text):
        same = _comparison(asked, phrase)
        open_end = _OPEN_END.match(asked.text[phrase.end :])
        if same is not None and same.rights and not open_end and not (counted | years) & set(same.used):
            found.append(replace(same, way="="))
    kept: list[Comparison] = []
    for comparison in sorted(found, key=_first_to_keep):
        if not any(set(comparison.used) & set(k.used) or _overlap(comparison, k) for k in kept):
            kept.append(comparison)
    kept += _without_than(asked, kept)
    return tuple(_negated(asked.text, c) for c in sorted(kept, key=lambda c: c.start))


def _without_than(asked: Asked, kept: list[Comparison]) -> list[Comparison]:
    """ "More I1 than C1 but less I2": the second comparison is with the same country."""
    found = []
    for match in _AND_MORE.finditer(asked.text):
        before = [c for c in kept if c.end <= match.start(1) and any(isinstance(r, OfPlace) for r in c.rights)]
        made = Comparison(_MORE[match[1]], match.start(1), match.end(2), (), topics=(match[2],))
        if before and not any(_overlap(made, c) for c in kept):
            last = max(before, key=lambda c: c.start)
            found.append(replace(made, rights=last.rights, either=last.either, used=last.used))
    return found


def _first_to_keep(comparison: Comparison) -> tuple[bool, int]:
    return comparison.way == "=", comparison.start - comparison.end


def _overlap(one: Comparison, other: Comparison) -> bool:
    return one.start < other.end and other.start < one.end


def _negated(text: str, comparison: Comparison) -> Comparison:
    if comparison.way in _OPPOSED and is_negated(text, comparison.start):
        return replace(comparison, way=_OPPOSED[comparison.way])
    return comparison


def is_negated(text: str, at: int) -> bool:
    """Whether "not" or the like stands directly before the character `at`."""
    return any(text[f.end : at].strip() == "" for f in phrases_in("tests", "negation", text) if f.end <= at)


def _comparison(asked: Asked, found: Found) -> Comparison | None:
    """The comparison that a phrase makes; None if its right-hand side is missing."""
    if found.way == "unchanged":
        return Comparison(found.way, found.start, found.end, (Decimal(0),))
    # "More I1 than I2": what stands before "than" is compared, what stands after it is compared with.
    split = max((m.end() for m in _THAN.finditer(found.words)), default=0)
    before = tuple(m for m in MARK.findall(found.words[:split]) if m[0] == "I")
    marks = MARK.findall(found.words[split:] if split and MARK.search(found.words[split:]) else found.words)
    numbers = [m for m in marks if m[0] in "NP"]
    made = Comparison(found.way, found.start, found.end, (), topics=before)
    if found.way.startswith("plus"):
        return _above_other(asked, made, MARK.findall(found.words))
    if numbers:
        return _with_numbers(asked, made, numbers)
    groups = [m for m in marks if m[0] == "G"]
    if _MEAN.search(found.words) or _MEDIAN.search(found.words):
        stat = Stat.MEDIAN if _MEDIAN.search(found.words) else Stat.MEAN
        places = [i for m in groups for i in asked.masked.marks[m].ids] or _own_group(asked, found)
        named = tuple(m for m in marks if m[0] == "I")
        return replace(made, rights=tuple(OfPlace(p, stat) for p in places), used=tuple(groups), topics=(*before, *named))
    countries = [m for m in marks if m[0] == "C"]
    if countries:
        codes = tuple(OfPlace(i) for m in countries for i in asked.masked.marks[m].ids)
        named = tuple(m for m in marks if m[0] == "I")
        return replace(made, rights=codes, either=" or " in found.words, used=tuple(countries), topics=(*before, *named))
    indicators = [m for m in marks if m[0] == "I"]
    if indicators:
        last = indicators[-1]
        return replace(
            made,
            rights=tuple(OfIndicator(i) for i in asked.masked.marks[last].ids),
            used=(last,),
            topics=tuple(m for m in (*before, *indicators[:-1]) if m != last),
        )
    return None


def _own_group(asked: Asked, found: Found) -> list[str]:
    """ "Their own average", "the average of the bloc itself": the one group named; otherwise the world. Empty if several are."""
    after = asked.text[found.end : found.end + 30]
    if not (_OWN.search(found.words) or _ITSELF.match(after)):
        return [WORLD]
    groups = asked.masked.ids("G")
    return list(groups) if len(groups) == 1 else []


def _with_numbers(asked: Asked, made: Comparison, marks: list[str]) -> Comparison:
    if len(marks) == 2 and marks[0][0] == "N" and marks[1][0] == "P" and asked.masked.marks[marks[0]].number == 1:
        # "One whole point".
        return replace(_with_numbers(asked, made, marks[1:]), used=tuple(marks))
    numbers = [asked.masked.marks[m].number for m in marks[: 2 if made.way == "between" else 1]]
    rights = tuple(n for n in numbers if n is not None and n <= _HIGHEST)
    if len(rights) < len(numbers) or (made.way == "between" and len(rights) < 2):
        return replace(made, used=tuple(marks[: len(numbers)]))
    if made.way == "between":
        rights = (min(rights), max(rights))
    return replace(made, rights=rights, points=marks[0][0] == "P", used=tuple(marks[: len(numbers)]))


def _above_other(asked: Asked, made: Comparison, marks: list[str]) -> Comparison:
    """ "At least P1 above I2": a number of points over the country's other score."""
    others = [m for m in marks if m[0] == "I"]
    numbers = [m for m in marks if m[0] in "NP"]
    number = asked.masked.marks[numbers[0]].number if numbers else None
    if not others or number is None:
        return made
    sign = -1 if "<" in made.way else 1
    return replace(
        made,
        way=made.way.removeprefix("plus "),
        rights=tuple(OfIndicator(i) for i in asked.masked.marks[others[-1]].ids),
        plus=sign * number,
        used=(numbers[0], others[-1]),
    )
