"""Countries in order of a score, as the Index ranks: competition ranks, the highest score first. Pure.

Ties are common, so a place says how many share it and no cut ever parts countries with the same score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.scores.score import Score


@dataclass(frozen=True, slots=True)
class RankedScore:
    """A score with its place among those that were ranked with it: 1 is the highest; `sharing` have this place."""

    score: Score
    place: int
    sharing: int


def ranked(scores: Iterable[Score]) -> tuple[RankedScore, ...]:
    """One indicator's scores in one edition, the highest first, ties by country code."""
    ordered = sorted(scores, key=lambda s: (-s.value, s.country))
    sharing = Counter(s.value for s in ordered)
    places: dict[Decimal, int] = {}
    for position, score in enumerate(ordered, start=1):
        places.setdefault(score.value, position)
    return tuple(RankedScore(s, places[s.value], sharing[s.value]) for s in ordered)


def lowest_first(placed: Sequence[RankedScore]) -> tuple[RankedScore, ...]:
    """The same countries with the same places, the lowest score first, ties by country code."""
    return tuple(sorted(placed, key=lambda p: (p.score.value, p.score.country)))


def between(placed: Iterable[RankedScore], lowest: Decimal, highest: Decimal) -> tuple[RankedScore, ...]:
    """Those whose score lies between two bounds, both included; their places stay."""
    return tuple(p for p in placed if lowest <= p.score.value <= highest)


def first(placed: Sequence[RankedScore], limit: int | None) -> tuple[RankedScore, ...]:
    """The first so many, and all that tie with the last of them; everything for None."""
    if limit is None or limit >= len(placed):
        return tuple(placed)
    last = placed[limit - 1].score.value
    more = next((n for n, p in enumerate(placed[limit:], start=limit) if p.score.value != last), len(placed))
    return tuple(placed[:more])


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's rank within a group: of how many with the score, how many share it, how many the group has in all."""

    within: str
    rank: int
    of: int
    sharing: int
    members: int


def standing(values: Mapping[str, Decimal], country: str, within: str, members: Collection[str]) -> Standing | None:
    """The rank of a country by `values` (by country) among those of the group that have one; None where it has none itself."""
    own = values.get(country)
    if own is None or country not in members:
        return None
    others = [values[code] for code in members if code in values]
    return Standing(within, 1 + sum(v > own for v in others), len(others), others.count(own), len(members))
