"""A question that by its form expects yes or no, has two steps, asks for a neighbour or is plainly of one kind is read as such,
whatever its words are usually asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms import neighbour
from index.meaning.meaning import Meaning
from index.meaning.phrase_tables import table
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.yes_no import expects_yes_or_no, is_denied

VERDICT, TWO_STEP, SET, EXPLANATION = "verdict", "two_step", "set", "explanation"
# Kinds whose plain answer would leave out the yes or no, or one of the steps.
_PLAIN = frozenset({
    "value", "rank", "set", "ranking", "count", "change", "comparison", "aggregate", "group_ranking", "indicator_set",
    "indicator_ranking", "difference",
})  # fmt: skip
_GAINS_PLACES = LatePattern(
    r"\b(?:climb\w*|rose|risen|fell|fallen|drop\w*|gain\w*|lost|lose|slipp?\w*|jump\w*|moved|move) (?:up |down )?(?:by )?"
    r"(?:the )?(?:most|fewest|least|more) (?:ranking )?(?:places|positions|spots|ranks|rungs)\b"
)
# "Whichever state fell most | why did it fall": the reason is a second step, which no query gives.
_THEN_WHY = LatePattern(
    r"^(?!.*\bC\d).*\b(?:whichever|whoever|which|who|the)\b.+ why (?:did|has|have|is|was|does|do) (?:it|they|that|he|she)\b"
)
Fill = Callable[[Asked], Meaning | None]


def by_form(asked: Asked, forms: Mapping[str, Fill]) -> tuple[Asked, bool]:
    """The question with the kind that it has by its form, and whether its form decides its kind.

    What was learned of the plain kinds counts for a yes/no question or one of two steps, if it can be filled. A claim that is
    denied is answered neither plainly nor with yes or no.
    """
    for label, patterns in _kinds():
        if any(p.search(asked.text) for p in patterns) and forms[label](asked) is not None:
            return replace(asked, learned=replace(asked.learned, kinds={label: 1.0})), True
    if expects_yes_or_no(asked.text):
        if forms[VERDICT](asked) is not None:
            return _as(asked, VERDICT), True
        return (_as(asked, None), True) if is_denied(asked.text) else (asked, False)
    if _GAINS_PLACES.search(asked.text):
        # Nothing but a ranking by places would be an answer, and every reader would give one by scores.
        return _as(asked, None), True
    if any(p.search(asked.text) for p in _two_steps()) and forms[TWO_STEP](asked) is not None:
        return _as(asked, TWO_STEP), True
    if asks_for(asked, Asks.WHY) and forms[EXPLANATION](asked) is not None:
        return _as(asked, EXPLANATION), False
    if neighbour.fill(asked) is not None:
        return replace(asked, learned=replace(asked.learned, kinds={SET: 1.0})), True
    return (_as(asked, None), True) if _THEN_WHY.search(asked.text) else (asked, False)


def _as(asked: Asked, label: str | None) -> Asked:
    kinds = asked.learned.kinds
    kept = {kind: p for kind, p in kinds.items() if kind not in _PLAIN}
    if label is not None:
        plain = sum(p for kind, p in kinds.items() if kind in _PLAIN)
        kept[label] = kinds.get(label, 0.0) + plain
    return replace(asked, learned=replace(asked.learned, kinds=kept))


@cache
def _kinds() -> tuple[tuple[str, tuple[LatePattern, ...]], ...]:
    return tuple((entry["name"], tuple(LatePattern(p) for p in entry["patterns"])) for entry in table("kinds")["kind"])


@cache
def _two_steps() -> tuple[LatePattern, ...]:
    return tuple(LatePattern(p) for p in table("steps")["form"])
