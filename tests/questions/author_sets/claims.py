"""Whether what a yes/no question claims is true. What the label leaves out (a number, a direction) is read from its words.

Where the words do not settle it either, the claim is undetermined and there is no option.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tests.questions.author_sets.figures import RESILIENCE, Figures, When
from tests.questions.author_sets.labels import Label
from tests.questions.author_sets.many_places import about, condition_whens
from tests.questions.author_sets.options import Option, Verdict
from tests.questions.author_sets.readings import LATEST, indicator_readings, scopes, spans, whens

NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten eleven dozen".split(), 2)}
NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBER = r"(\d+|" + "|".join(NUMBERS) + ")"
END = r"(?:worst|best|top|bottom|first|last|highest|lowest|most|least|safest|strongest|weakest|biggest)"
MOST, LEAST = r"highest|most|top|strongest|first|number (?:one|1)|no?\.? ?1|leads", r"lowest|least|bottom|weakest"
HIGHER = r"more|higher|bigger|greater|above|over|exceed\w*|stronger|heavier|beats?|ahead|superior|outscore\w*|tops?"
HIGHER += r"|overtak\w*|surpass\w*"
LOWER = r"less|lower|smaller|below|under|behind|fewer|weaker|inferior"
WORSE = r"worse|dirtier|dodgier|rougher"
BETTER = r"better|safer|cleaner"
RISE = r"up|rise|rises|rose|risen|rising|increas\w*|grow\w*|grew|climb\w*|jump\w*|higher|augment\w*"
FALL = r"down|fall|falls|fell|fallen|falling|decreas\w*|drop\w*|declin\w*|lower\w*|reduc\w*|shr[aiu]nk\w*|diminish\w*"
WORSEN = r"wors\w+|deteriorat\w*|degrad\w*"
IMPROVE = r"improv\w*|better"


def of_verdict(label: Label, figures: Figures) -> list[Option]:
    """A yes or no with the truth of the claim, at every time that it may be about."""
    if label.of == "set" and not label.conditions:
        return _standing(label, figures)
    makers = {"rank": _standing, "set": _quantified, "change": _movement, "trend": _movement}
    if label.conditions and label.of not in ("set", "change", "trend"):
        return _tested(label, figures)
    return makers.get(label.of or "", _compared)(label, figures)


def claimed_order(label: Label) -> str:
    """Which way a claim without conditions goes: "high" or "low" in a place or a comparison, "up" or "down" over time; "" if
    neither the label nor its words say so."""
    if label.order or label.conditions:
        return label.order or ""
    indicator = (label.indicators or ("criminality",))[0]
    if label.of in ("change", "trend"):
        up = _direction(label, (RISE, FALL), (WORSEN, IMPROVE), indicator)
        return "" if up is None else "up" if up else "down"
    ends = (MOST, LEAST), (r"worst", r"safest|best")
    high = _direction(label, *(ends if label.of == "rank" else ((HIGHER, LOWER), (WORSE, BETTER))), indicator)
    return "" if high is None else "high" if high else "low"


def _has(words: str, label: Label) -> bool:
    return re.search(rf"\b(?:{words})\b", label.question.lower()) is not None


def _denied(label: Label) -> bool:
    """Whether the claim itself is negative ("is not among the ten"), which is left to people."""
    return _has(r"(?:is|are|was|were|does|do|did|has) (?:not|no longer)|never|nobody|no one", label)


def _direction(label: Label, up: tuple[str, str], good: tuple[str, str], indicator: str) -> bool | None:
    """True for higher or risen, False for lower or fallen, None where the words say neither or both."""
    low_is_good = indicator not in RESILIENCE
    found = {True} if _has(up[0], label) else set()
    found |= {False} if _has(up[1], label) else set()
    found |= {low_is_good} if _has(good[0], label) else set()
    found |= {not low_is_good} if _has(good[1], label) else set()
    return found.pop() if len(found) == 1 and not _denied(label) else None


def _tested(label: Label, figures: Figures) -> list[Option]:
    """Every named country meets the conditions."""
    found: list[Option] = []
    for when in condition_whens(label, figures):
        truth = all(figures.meets(c, one, when) for c in label.countries for one in label.conditions)
        if label.countries:
            found.append(Verdict(truth, frozenset(label.countries), about(label), when))
    return found


def _standing(label: Label, figures: Figures) -> list[Option]:
    """A country is among the first n of an order, or holds a place in it."""
    order, n = label.order, label.n or label.place or _number(label)
    indicator = (label.indicators or ("criminality",))[0]
    if order is None:
        high = _direction(label, (MOST, LEAST), (r"worst", r"safest|best"), indicator)
        order = None if high is None else "high" if high else "low"
    if order is None or n is None or _denied(label) or len(label.countries) != 1:
        return []
    found: list[Option] = []
    for when in whens(Label("", "", "", order=order, editions=label.editions)):
        if not figures.has(indicator, when):
            continue
        for scope in scopes(Label("", "", "", groups=label.groups, without=label.without), figures, when[-1]):
            value = figures.value(label.countries[0], indicator, when)
            values = [figures.value(c, indicator, when) for c in scope]
            before = sum(v > value if order in ("high", "up") else v < value for v in values)
            truth = before + 1 == label.place if label.place else before < n
            found.append(Verdict(truth, frozenset(label.countries), frozenset([indicator]), when))
    return found


def _number(label: Label) -> int | None:
    words = label.question.lower()
    found = re.search(rf"\b{END}\s+{NUMBER}\b|\b{NUMBER}\s+(?:\w+\s+)?{END}\b", words)
    if found:
        word = found.group(1) or found.group(2)
        return int(word) if word.isdigit() else NUMBERS[word]
    if re.search(r"quart|half|third|percent|%|\bhow\b", words):
        return None
    return 1 if re.search(rf"\b{END}\b|number (?:one|1)\b|\bno?\.? ?1\b|#1|champion|\bleads\b", words) else None


def _quantified(label: Label, figures: Figures) -> list[Option]:
    """All, some or none of a group meet the conditions."""
    every = _has(r"all|every|each|everyone|everybody|whole|entire", label)
    none = _has(r"no|none|nobody|not one|not a single|without any", label) and not _has("or no|yes or no|no more than", label)
    some = _has(r"any|some|a single|at least one|anyone|someone", label)
    if every + none + some != 1 or not label.conditions or _has(r"not (?:all|every|each)", label):
        return []
    found: list[Option] = []
    for when in condition_whens(label, figures):
        for scope in scopes(label, figures, when[-1]):
            met = [all(figures.meets(c, one, when) for one in label.conditions) for c in scope]
            truth = all(met) if every else not any(met) if none else any(met)
            found.append(Verdict(truth, frozenset(), about(label), when))
    return found


def _movement(label: Label, figures: Figures) -> list[Option]:
    """A score went up or down over the span."""
    found: list[Option] = []
    for what in indicator_readings(label):
        if label.order in ("up", "down"):
            up: bool | None = label.order == "up"
        else:
            up = _direction(label, (RISE, FALL), (WORSEN, IMPROVE), what[0])
        changes = [c for c in label.conditions if c.change]
        for when in spans(label) if (up is not None or changes) and len(label.countries) == 1 else ():
            if not figures.has(what[0], when):
                continue
            value = figures.value(label.countries[0], what[0], when)
            truth = value > 0 if up else value < 0
            if changes:
                truth = all(figures.meets(label.countries[0], c, when) for c in changes)
            found.append(Verdict(truth, frozenset(label.countries), frozenset(what[:1]), when))
    return found


def _compared(label: Label, figures: Figures) -> list[Option]:
    """The first of two places (countries, or a country and a group's mean) is higher or lower than the second."""
    named = [*label.countries, *label.groups]
    indicator = (label.indicators or ("criminality",))[0]
    high, equal = _direction(label, (HIGHER, LOWER), (WORSE, BETTER), indicator), _has("same|equal|identical", label)
    if len(named) != 2 or (high is None) != equal or len(label.indicators) > 1:
        return []
    found: list[Option] = []
    for when in whens(label) if label.order not in ("up", "down") else (LATEST,):
        if figures.has(indicator, when):
            one, two = (_place(figures, p, indicator, when) for p in named)
            truth = one == two if equal else one > two if high else one < two
            found.append(Verdict(truth, frozenset(named), frozenset([indicator]), when))
    return found


def _place(figures: Figures, place: str, indicator: str, when: When) -> Decimal:
    if figures.is_group(place):
        return figures.stat(figures.members((place,), edition=when[-1]), indicator, when)
    return figures.value(place, indicator, when)
