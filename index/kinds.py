"""Which kind of answer a question asks for, from the words it is made of.

Words such as "most", "rise" or "rank" are cues only where a score can be meant: "the most active group in Peru" asks for
text. Pure; the table in the tests is the specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is asked for, in the words of the answer contract."""

    PASSAGES = "passages"
    VALUE = "value"
    RANK = "rank"
    SET = "set"
    RANKING = "ranking"
    CHANGE = "change"
    COMPARISON = "comparison"
    AGGREGATE = "aggregate"
    COUNT = "count"
    INDICATOR_SET = "indicator_set"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as far as it is read: all its `words`, the `rest` that no link explains, and what was linked.

    `official` says that every indicator was named as the Index names it.
    """

    words: tuple[str, ...]
    rest: tuple[str, ...]
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    indicators: tuple[str, ...]
    sections: tuple[str, ...]
    editions: tuple[int, ...]
    official: bool


_RANK = frozenset("rank ranks ranked ranking rankings position placed standing".split())
_SCORE = frozenset("score scores scored scoring rating ratings rated".split())
_PLAIN = frozenset("edition editions latest newest current world worldwide global globally high low level".split())
CUES = _RANK | _SCORE | _PLAIN

_CHANGE = frozenset(
    (
        "change changes changed changing rise rises rose risen rising fall falls fell fallen falling increase increases "
        "increased decrease decreases decreased drop drops dropped improve improved improvement worsen worsened trend "
        "trends evolve evolved deteriorate deteriorated grew grown climbed"
    ).split()
)
_COMPARE = frozenset("compare compares compared comparing comparison versus vs than".split())
_EXTREME = frozenset(
    (
        "highest lowest most least worst best top bottom safest weakest strongest largest smallest biggest greatest "
        "higher lower better worse leading exceed exceeds above below"
    ).split()
)
_AVERAGE = frozenset("average mean median minimum maximum avg".split())
_DEFINE = frozenset(
    (
        "define defined defines definition definitions meaning mean means meant counts counted cover covers covered "
        "include includes included measure measures measured describe describes classified class qualify qualifies "
        "term indicator category refer refers constitute constitutes"
    ).split()
)
_COUNTRY = frozenset("country countries nation nations state states".split())
_KIND = frozenset("market markets actor actors indicator indicators".split())
_QUESTION = frozenset("who whom whose why how where when which what does do did is are was were can has have".split())
_ASKING = frozenset("which what list name".split())
_VALUE_FILLERS = frozenset("many much give tell show get received index points value values".split())
_RANK_FILLERS = frozenset("compared relative overall among amongst countries region continent terms index".split())
_DEFINE_FILLERS = frozenset("exactly give index ocindex crime crimes falls count".split())
_DEFINE_STARTS = ("what is", "what are", "whats", "what s", "what does", "what do", "what counts", "what falls")


def kind_of(draft: Draft) -> Kind:
    """The kind of answer a question asks for."""
    words, rest = frozenset(draft.words), frozenset(draft.rest)
    text = " ".join(draft.words)
    scored = bool(words & _SCORE) or (bool(draft.indicators) and any(cue in text for cue in ("how high", "how low")))
    about_scores = bool(draft.indicators) or scored
    if draft.indicators and not draft.countries and not draft.groups and _asks_definition(text, words, rest):
        return Kind.DEFINITION
    if not draft.countries:
        return (_over_countries(draft, text, words, scored) if about_scores else None) or Kind.PASSAGES
    return _of_countries(draft, words, rest, scored, about_scores)


def _of_countries(draft: Draft, words: frozenset[str], rest: frozenset[str], scored: bool, about_scores: bool) -> Kind:
    """Questions that name a country."""
    unexplained = rest - CUES
    if words & _RANK and not unexplained - _RANK_FILLERS:
        return Kind.RANK
    if len(draft.countries) > 1 and about_scores and (scored or words & _COMPARE):
        return Kind.COMPARISON
    if about_scores and (len(draft.editions) > 1 or scored) and words & _CHANGE:
        return Kind.CHANGE
    if scored and words & _EXTREME and not unexplained - _EXTREME - _KIND:
        return Kind.INDICATOR_SET
    if scored and not unexplained - _VALUE_FILLERS:
        return Kind.VALUE
    named = (bool(draft.indicators) and draft.official) or not (draft.indicators or draft.sections or draft.groups)
    bare = len(draft.countries) == 1 and named and not unexplained and not words & _QUESTION
    return Kind.VALUE if bare else Kind.PASSAGES


def _over_countries(draft: Draft, text: str, words: frozenset[str], scored: bool) -> Kind | None:
    """Questions about scores that name no country."""
    if "how many" in text and words & _COUNTRY:
        return Kind.COUNT
    if words & _AVERAGE and (draft.groups or scored):
        return Kind.AGGREGATE
    asks_countries = bool(words & _COUNTRY and words & _ASKING)
    if words & (_RANK | {"top", "bottom"}):
        return Kind.RANKING
    if words & (_EXTREME | _CHANGE) and (asks_countries or scored or draft.groups):
        return Kind.SET
    return Kind.SET if asks_countries and scored else None


def _asks_definition(text: str, words: frozenset[str], rest: frozenset[str]) -> bool:
    asks = text.startswith(_DEFINE_STARTS) or bool(words & _DEFINE)
    return asks and not rest - _DEFINE - CUES - _DEFINE_FILLERS
