"""Questions of two steps: the first names countries or a group, the second asks something of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms import group_ranking, ranking, set_of_countries
from index.meaning.forms.steps import named_with_mean, second_step
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.phrase_patterns import found_in
from index.meaning.phrase_tables import table
from index.meaning.slots.limits import limit_of
from index.meaning.slots.order import moves_in, order_of
from index.meaning.slots.scope import scope_of
from index.meaning.slots.topics import indicators_of
from index.meaning.slots.when import when_of
from index.scores.query import Op

_BY_GROUP = LatePattern(r"\b(?:region|continent|part of the world)s?\b")
_EACH_GROUP = LatePattern(r"\b(?:each|every|per) (?:single )?(?:region|continent)\b")
# What joins the steps is no part of the first, and a number of "those" is of no countries named before.
_JOINT = LatePattern(r"(?: (?:and|then|n|after|after that|afterwards|next|first|,|\|))+$")
_GROUP_FIRST = LatePattern(r"^(?:the |that |whichever |whatever |which )?(?:G\d+ )?(region|continent)\b(?!s)")
_MOVERS = {
    LatePattern(r"\b(?:faller|decliner)\b"): "fall",
    LatePattern(r"\b(?:climber|riser|gainer)\b"): "rise",
    LatePattern(r"\bimprover\b"): "improvement",
}
# "Among the G1 , select those with": the group is that of the countries selected.
_GROUP_BEFORE = LatePattern(
    r"^(?P<group>G\d+)(?: countries| states| nations| members)? (?:, )?(?:select|take|pick|find|keep|get|choose|list|those)"
    r"(?: (?:only|the|all))* (?:those|ones|countries|states|nations|members) "
    r"(?=with|that|who|whose|above|over|below|under|where|which)"
)
# "The five of higher crime".
_HIGHER = {
    LatePattern(rf"\b{side}(?: (?:level|levels|score|scores) (?:of|for|on))? (?=I\d)"): f"{end} "
    for side, end in (
        ("higher", "highest"),
        ("lower", "lowest"),
        ("greater", "highest"),
    )
}
_THOSE = LatePattern(r"^(?:those|these) (?=N\d)")
# "The states" alone is the United States, but not before "whose".
_STATES = LatePattern(r"\bthe states (?=(?:in|of|that|which|whose|with|where|having)\b)")
# "With the crookedest officials", "the worst gulf monarchy": a topic or a kind of country that was not read.
_WITH = LatePattern(r"\b(?:with|having|has|got) the (?:\w+est|most \w+|worst|best) ([a-z]+)\b")
_KIND = LatePattern(r"\b(?:worst|best|\w+est) ((?:[a-z]+ )+?)(?:in|for|on|at|with|of|by)\b")
_OTHER_THINGS = LatePattern(
    r"\bN\d+ (?:[a-z]+ )?(?:kinds|types|sorts|forms|markets|crimes|actors|indicators|drugs|rackets|trades|pillars"
    r"|editions|reports)\b"
)
# "I have a theory that ... | so pick those with": only what follows is asked.
_TOLD_BEFORE = LatePattern(
    r"^(?!(?:of|among|take|find|pick|which|who|what|the|top|get|look|whichever|whoever)\b)(?:(?!\b[NPY]\d).)+ \| "
    r"(?=(?:so |now |ok |please |then )*(?:pick|find|take|get|show|give|list|look|identify|select|choose|name)\b)"
)
_KNOWN = frozenset(
    "country countries state states nation nations place places member members one ones in of for on at the place and performer "
    "region regions continent continents part world level levels score scores mean average avg fall rise improvement drop gain "
    "increase decrease decline jump loss s".split()
)
_DEFAULT = "criminality"


def fill(asked: Asked) -> Meaning | None:
    """Both steps, the first as `among` of the second; None if the question cannot be cut into two that are both read whole."""
    if asked.question.unread_numbers or asked.question.unread_years or _EACH_GROUP.search(asked.text):
        return None
    for before, after in cuts_of(asked.text):
        first = _first(asked.step(before, _DEFAULT))
        if first is None:
            continue
        second = second_step(asked.step(after, (first.indicators or (_DEFAULT,))[0]), first)
        if second is not None and (second.kind is Kind.AGGREGATE or not named_with_mean(asked.part(before))):
            return replace(second, among=first)
    return None


def cuts_of(text: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a masked text into a first and a second step, the surest first."""
    openers, cuts, _ = _patterns()
    if leaves_out_a_step(text):
        return
    told = _TOLD_BEFORE.match(text)
    text = openers.sub("", text[told.end() :] if told else text, count=1)
    for cut in cuts:
        match = cut.match(text)
        if match is not None:
            asks = match.groupdict().get("asks")
            first = _THOSE.sub("the ", _JOINT.sub("", match["first"].strip(" ,|")))
            first = _STATES.sub("the countries ", first)
            first = _GROUP_BEFORE.sub(r"\g<group> countries ", first)
            if re.search(r"\bN\d+\b(?! or| plus)", first):
                for side, end in _HIGHER.items():
                    first = side.sub(end, first)
            for mover, move in _MOVERS.items():
                first = mover.sub(move, first)
            yield first, f"{asks} {match['second']}" if asks else match["second"]


def leaves_out_a_step(text: str) -> bool:
    """Whether a masked text leaves out the countries that a step gives: "apart from the five worst"."""
    return _patterns()[2].search(text) is not None


@cache
def _patterns() -> tuple[LatePattern, tuple[LatePattern, ...], LatePattern]:
    steps = table("steps")
    cuts = tuple(LatePattern(pattern) for pattern in steps["cuts"])
    return LatePattern(steps["openers"]), cuts, LatePattern(steps["leaving_out"])


def _first(asked: Asked) -> Meaning | None:
    """The step that names countries: those first in an order or those that meet a test; or the first of some groups."""
    if _unread(asked):
        return None
    if _BY_GROUP.search(asked.text):
        group = group_ranking.fill(asked) or _one_group(asked)
        return None if group is None else replace(group, limit=group.limit or 1)
    limits = limit_of(asked)
    several = limits.limit is not None and limits.limit > 1
    filled = ranking.fill(asked) if several else set_of_countries.fill(asked)
    if filled is None or filled.countries or not (filled.order or filled.tests):
        return None
    if _moves_only(asked, filled):
        # "Who fell more" is the one that fell most; "the states that fell" are several.
        order = Direction.UP if filled.tests[0][0].op in (Op.ABOVE, Op.AT_LEAST) else Direction.DOWN
        return replace(filled, order=order, tests=(), limit=1)
    return filled


def _one_group(asked: Asked) -> Meaning | None:
    """ "The region having the lowest I1": the first of the continents, or of the regions of the world or of a continent."""
    match = _GROUP_FIRST.match(asked.text)
    topics, scope = indicators_of(asked), scope_of(asked)
    order = order_of(asked, topics.indicators)
    if match is None or order is None or len(topics.indicators) > 1 or scope.countries or len(scope.group_ids) > 1:
        return None
    by = By.CONTINENT if match[1] == "continent" else By.REGION
    groups = scope.groups if by is By.REGION else ()
    return Meaning(
        Kind.GROUP_RANKING,
        groups=groups,
        indicators=topics.indicators,
        editions=when_of(asked).editions,
        order=order,
        limit=1,
        by=by,
    )


def _unread(asked: Asked) -> bool:
    """Whether a word stands where a topic or a kind of country stands, and nothing read it."""
    if _OTHER_THINGS.search(asked.text):
        return True
    topic = [] if asked.masked.ids("I") or asked.masked.ids("S") else [m[1] for m in _WITH.finditer(asked.text)]
    kinds = [word for m in _KIND.finditer(asked.text) for word in m[1].split()]
    return any(word not in _KNOWN and not found_in("topics", word) for word in (*topic, *kinds))


def _moves_only(asked: Asked, filled: Meaning) -> bool:
    single = len(filled.tests) == 1 and filled.tests[0][0].change and filled.tests[0][0].right == 0
    more = re.search(r"^(?:who|which \w+) .*(?<!or )\bmore\b(?! than)", asked.text)
    return single and bool(moves_in(asked.text)) and more is not None
