"""Where a label leaves something open: every reading that is accepted, in one place.

| left open | accepted |
|---|---|
| no edition of a score | 2025 |
| no edition of a change ("since last time", "got worse") | 2023 to 2025, and 2021 to 2025 |
| 2021 for a change | from it to 2025 |
| 2023 for a change | from 2021, or to 2025 |
| 2025 for a change | from 2023, or from 2021 |
| no edition of a trend | every edition that has the indicator; or its change over either span |
| no indicator | criminality; criminality and resilience; if marked ambiguous also resilience |
| criminality and resilience | both; criminality alone |
| criminality in a comparison or a trend ("worse off") | criminality; criminality and resilience |
| several indicators, marked ambiguous | all; each alone |
| an indicator that the edition asked for lacks | a refusal |
| superlative without a number | those tied in the first place, or any longer beginning of the order, ties whole |
| superlative or "first n" | n with all tied at the cut |
| "third" | who holds the third place when all are put in a row, or the third distinct score |
| two groups | in both, or in either |
| two conditions in a question that says "or" | both, or either |
| "best and worst", no order | either end first |
| a country's indicators, no family | markets; actors; resilience; markets and actors |
| groups in order, a number asked for | that many, or all that were compared, in the order asked for |
| "which region is worst", no number | the first, with those tied, or all that were compared, in the order asked for |
| a yes/no about a change without editions | the truth over the span that the answer names |
"""

from __future__ import annotations

import re

from tests.questions.author_sets.figures import FAMILY, Figures, When
from tests.questions.author_sets.labels import Label

BOTH = ("criminality", "resilience")
LATEST: When = (2025,)
SPANS: dict[When, tuple[When, ...]] = {
    (): ((2023, 2025), (2021, 2025)),
    (2021,): ((2021, 2025),),
    (2023,): ((2021, 2023), (2023, 2025)),
    (2025,): ((2023, 2025), (2021, 2025)),
}


def spans(label: Label) -> tuple[When, ...]:
    """The spans of a change."""
    if len(label.editions) >= 2:
        return ((min(label.editions), max(label.editions)),)
    return SPANS.get(label.editions, ())


def is_change(label: Label) -> bool:
    """Whether a label that can be about scores is about their changes."""
    return label.order in ("up", "down") or any(c.change for c in label.conditions)


def whens(label: Label) -> tuple[When, ...]:
    """The editions or spans that a question about one set of figures may mean."""
    if is_change(label):
        return spans(label)
    return tuple((e,) for e in label.editions) if label.editions else (LATEST,)


def indicator_readings(label: Label) -> tuple[tuple[str, ...], ...]:
    """The indicators that a question may be about: each reading is a tuple of those needed together."""
    asked = label.indicators
    if not asked:
        found = [("criminality",), BOTH]
        return tuple([*found, ("resilience",)] if label.ambiguous else found)
    readings = [asked]
    if set(asked) == set(BOTH):
        readings.append(("criminality",))
    if asked == ("criminality",) and label.kind in ("comparison", "trend"):
        readings.append(BOTH)
    if label.ambiguous and len(asked) > 1:
        readings += [(one,) for one in asked]
    return tuple(dict.fromkeys(readings))


_ALL = re.compile(
    r"\b(?:rank|ranked|ranking|order|sort|sorted|list|table|line up|row|compare|league|all|each|every|per)\b"
    r"|\b(?:regions|continents|parts|blocs)\b|\bby (?:sub)?-?(?:region|continent)|\b(?:region|continent) by (?:region|continent)"
    r"|\b(?:first|to (?:the )?(?:\w+est|worst|best))\b",
    re.IGNORECASE,
)


# "Which of the Asian sub-regions": one of them.
_OF_THEM = re.compile(r"\bof (?:all )?(?:the |these )?(?:\w+ )?(?:sub-?)?(?:regions|continents|parts|blocs)\b", re.IGNORECASE)


def asks_for_one(label: Label) -> bool:
    """Whether a question about groups asks in the singular which of them is first ("which continent is worst")."""
    question = _OF_THEM.sub("", label.question)
    return _ALL.search(question) is None


def family_readings(label: Label) -> tuple[tuple[str, ...], ...]:
    """The indicators among which a country's or a group's highest or lowest are looked for."""
    families = [FAMILY[i] for i in label.indicators if i in FAMILY]
    singles = tuple(i for i in label.indicators if i not in FAMILY)
    if len(singles) >= 2 or (singles and not families):
        return (singles,)
    if not families:
        return tuple(FAMILY.values())
    readings = [families[0]] if len(families) == 1 else [tuple(dict.fromkeys(i for f in families for i in f)), *families]
    if "criminality" in label.indicators:
        readings += [FAMILY["criminal_markets"]]
    if label.ambiguous:
        readings += FAMILY.values()
    return tuple(dict.fromkeys(readings))


def scopes(label: Label, figures: Figures, edition: int) -> tuple[frozenset[str], ...]:
    """The countries among which a question looks."""
    # Countries that others are compared with are labelled too, but limit nothing.
    compared = {one.value for one in label.conditions if isinstance(one.value, str)}
    named = frozenset(label.countries) - compared
    if not label.groups and named and not label.world:
        return (named - frozenset(label.without),)
    found = [figures.members(label.groups, label.without, edition)]
    if len(label.groups) > 1:
        found.append(figures.members(label.groups, label.without, edition, any=True))
    return tuple(dict.fromkeys(one for one in found if one))
