"""Which end of the scale a question puts first, or which way scores moved."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.taxonomy import Pillar
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.meaning import Direction
from index.meaning.phrase_patterns import Found, found_in

# Below this the learned reader does not decide.
_SURE = 0.6
# Where a change is meant anyway: how likely the likelier way must be, and how many times as likely as the other.
_MOVED = 0.3
_CLEARLY = 4
_SUPERLATIVE = LatePattern(r"\b(?!inter|for|hon|arr|requ|sugg|prot|inv|conqu|harv|lat)[a-z]{3,}est\b")
_MOST = LatePattern(r"\b(?:most|furthest|farthest)\b")
_TIME = LatePattern(r"\bY\d|\b(?:since|change|changes|last time|editions)\b")
# From here on the learned reader decides against a word.
_NO_DOUBT = 0.2
# The end of a scale, or the way of a change, that is the opposite of another.
OTHER_END = {
    Direction.HIGH: Direction.LOW,
    Direction.LOW: Direction.HIGH,
    Direction.UP: Direction.DOWN,
    Direction.DOWN: Direction.UP,
}
_MOVES = frozenset({"up", "down", "better", "worse"})
_VALUED = frozenset({"better", "worse"})
_ENDS = frozenset({"high", "low", "worst", "best"})


def order_of(asked: Asked, indicators: tuple[str, ...], *, freely: bool = True) -> Direction | None:
    """The order asked for, None if nothing says one. If not `freely`, neither comparatives nor the learned reader count.

    "Worst" and "improved" depend on the scale: that of the first of `indicators`, criminality if there is none. Words of
    change decide first if a time is named, then how a list is to run ("worst first"), words of change, superlatives,
    comparatives ("who has more"), the learned reader.
    """
    criminality = _is_criminality(asked, indicators)
    found = orders_in(asked.text)
    moves = [f for f in found if f.way in _MOVES]
    for kept in (
        moves if _TIME.search(asked.text) else [],
        [f for f in found if f.way.startswith("list_")],
        moves,
        [f for f in found if f.way == "low" and f.words.startswith("last N")],
        [f for f in found if f.way in _ENDS],
        [f for f in found if f.way.startswith("compare_")] if freely else [],
    ):
        if kept:
            return _unless_clearly_other(asked, _direction(kept[0].way.split("_")[-1], criminality))
    return _learned(asked) if freely else None


def _unless_clearly_other(asked: Asked, said: Direction) -> Direction:
    """The end that a word says, or the other one if the learned reader has no doubt of it: "the biggest gaps in resilience"."""
    other = OTHER_END[said]
    doubt = 1 - asked.learned.orders.get(other, 0.0)
    return other if asked.learned.orders and doubt <= _NO_DOUBT else said


def change_order(asked: Asked, order: Direction | None, over_time: bool) -> Direction | None:
    """The order where a span of time is named: a superlative then puts changes in order, not scores.

    Which way they go, the words of change say; otherwise the learned reader, if it is sure of one of the two ways; if not, None.
    """
    if not over_time or order not in (Direction.HIGH, Direction.LOW):
        return order
    up, down = (asked.learned.orders.get(way, 0.0) for way in ("up", "down"))
    if max(up, down) < _MOVED or max(up, down) < _CLEARLY * min(up, down):
        return None
    return Direction.UP if up > down else Direction.DOWN


def orders_in(text: str) -> tuple[Found, ...]:
    """The words of order in a masked text that are not part of a phrase that only looks like one, from left to right."""
    return tuple(f for f in found_in("order", text) if f.way != "not")


def end_of(way: str, asked: Asked, indicators: tuple[str, ...]) -> Direction:
    """The end of the scale, or the way of a change, that a word of order stands for on the scale of the first indicator."""
    return _direction(way, _is_criminality(asked, indicators))


def runs_down(text: str) -> bool:
    """Whether a text says how a list is to run ("worst first"), so that all of it is wanted."""
    return any(f.way.startswith("list_") for f in orders_in(text))


def moves_in(text: str) -> tuple[Found, ...]:
    """The words of change in a masked text, from left to right."""
    return tuple(f for f in orders_in(text) if f.way in _MOVES)


def moved_most(asked: Asked) -> bool:
    """Whether those that moved furthest are asked for, rather than all that moved: "improved the most", "biggest rises"."""
    return bool(moves_in(asked.text)) and (_MOST.search(asked.text) is not None or _SUPERLATIVE.search(asked.text) is not None)


def settled_by_scale(asked: Asked) -> Mapping[str, float]:
    """How likely each order is. Where no indicator is named and the words of change are for the better or the worse, the scale of
    what is likeliest meant says which way scores moved, whatever was learned of the other scale."""
    orders, found = asked.learned.orders, moves_in(asked.text)
    if asked.masked.ids("I") or not found or any(f.way not in _VALUED for f in found):
        return orders
    likely = max(asked.learned.indicators.items(), key=lambda pair: pair[1], default=("criminality", 1.0))[0]
    own = str(_direction(found[0].way, _is_criminality(asked, (likely,))))
    # "Got worse the most" is no end of the scale.
    moved = sum(p for order, p in orders.items() if order)
    return {order: moved if order == own else p * (order == "") for order, p in orders.items()}


def _is_criminality(asked: Asked, indicators: tuple[str, ...]) -> bool:
    return not indicators or asked.taxonomy.indicators[indicators[0]].pillar is Pillar.CRIMINALITY


def _direction(way: str, criminality: bool) -> Direction:
    """The direction that a word stands for on a scale."""
    return {
        "high": Direction.HIGH,
        "low": Direction.LOW,
        "worst": Direction.HIGH if criminality else Direction.LOW,
        "best": Direction.LOW if criminality else Direction.HIGH,
        "up": Direction.UP,
        "down": Direction.DOWN,
        "worse": Direction.UP if criminality else Direction.DOWN,
        "better": Direction.DOWN if criminality else Direction.UP,
    }[way]


def _learned(asked: Asked) -> Direction | None:
    best = max(((o, p) for o, p in asked.learned.orders.items() if o), key=lambda pair: pair[1], default=("", 0.0))
    # A superlative that no phrase has ("ugliest") leaves only which end it means.
    among = 1 - asked.learned.orders.get("", 0.0) if _SUPERLATIVE.search(asked.text) else 1.0
    return Direction(best[0]) if best[0] and best[1] >= _SURE * among else None
