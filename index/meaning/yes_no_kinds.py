"""A question that expects yes or no by its form is read as one, whatever its words are usually asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.meaning.asked import Asked
from index.meaning.meaning import Meaning
from index.meaning.yes_no import expects_yes_or_no, is_denied

VERDICT = "verdict"
# Kinds whose plain answer would leave out the yes or no.
_PLAIN = frozenset({
    "value", "rank", "set", "ranking", "count", "change", "comparison", "aggregate", "group_ranking", "indicator_set",
    "indicator_ranking", "difference",
})  # fmt: skip


def as_yes_or_no(asked: Asked, fill: Callable[[Asked], Meaning | None]) -> Asked:
    """What was learned of the plain kinds counts for the yes/no question, if it is one by its form and makes a claim.

    A claim that is denied is answered neither plainly nor with yes or no. `fill` reads the claim.
    """
    if not expects_yes_or_no(asked.text):
        return asked
    kinds = asked.learned.kinds
    plain = sum(p for kind, p in kinds.items() if kind in _PLAIN)
    if fill(asked) is not None:
        moved = {k: p for k, p in kinds.items() if k not in _PLAIN} | {VERDICT: kinds.get(VERDICT, 0.0) + plain}
    elif is_denied(asked.text):
        moved = {k: p for k, p in kinds.items() if k not in _PLAIN}
    else:
        return asked
    return replace(asked, learned=replace(asked.learned, kinds=moved))
