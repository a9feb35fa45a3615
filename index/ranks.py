"""Ranks as the Index counts them: the highest score is 1st, equal scores share a rank, the next one is counted on past them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal


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
