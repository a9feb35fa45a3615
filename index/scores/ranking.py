"""Competition ranks, as the Index gives them: 1 is the highest score and tied countries share the best rank. Pure.

Ties are common, so a rank says how many countries share it, and no cut ever separates countries with the same score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.scores.score import Score


@dataclass(frozen=True, slots=True)
class Rank:
    """A competition rank among `of` countries; `sharing` of them hold it, 1 where there is no tie."""

    rank: int
    of: int
    sharing: int


@dataclass(frozen=True, slots=True)
class RankedScore(Rank):
    """A score with its rank among those it was ranked with."""

    score: Score


@dataclass(frozen=True, slots=True)
class Standing(Rank):
    """A country's rank within a group, among the members with a score; the group has `members` countries in all."""

    within: str
    members: int


def competition_ranks(values: Iterable[Decimal]) -> dict[Decimal, Rank]:
    """The rank of each value among all of them."""
    sharing = Counter(values)
    ranks: dict[Decimal, Rank] = {}
    rank = 1
    for value in sorted(sharing, reverse=True):
        ranks[value] = Rank(rank, sharing.total(), sharing[value])
        rank += sharing[value]
    return ranks


def ranked(scores: Iterable[Score]) -> tuple[RankedScore, ...]:
    """One indicator's scores in one edition, the highest first, ties by country code."""
    ordered = sorted(scores, key=lambda s: (-s.value, s.country))
    ranks = competition_ranks(s.value for s in ordered)
    return tuple(RankedScore(r.rank, r.of, r.sharing, s) for s in ordered for r in (ranks[s.value],))


def standing(values: Mapping[str, Decimal], country: str, within: str, members: Collection[str]) -> Standing | None:
    """A country's rank by `values` (by country) among the members of a group; None where it has no value or is not a member."""
    if country not in values or country not in members:
        return None
    among = [values[code] for code in members if code in values]
    own = competition_ranks(among)[values[country]]
    return Standing(own.rank, own.of, own.sharing, within, len(members))


def lowest_first(ranking: Sequence[RankedScore]) -> tuple[RankedScore, ...]:
    """The same scores with the same ranks, the lowest score first, ties by country code."""
    return tuple(sorted(ranking, key=lambda r: (r.score.value, r.score.country)))


def between(ranking: Iterable[RankedScore], lowest: Decimal, highest: Decimal) -> tuple[RankedScore, ...]:
    """The scores between two bounds, both included, with their ranks unchanged."""
    return tuple(r for r in ranking if lowest <= r.score.value <= highest)


def first(ranking: Sequence[RankedScore], limit: int | None) -> tuple[RankedScore, ...]:
    """The first `limit` scores and any tied with the last of them; all of them for None."""
    if limit is None or limit >= len(ranking):
        return tuple(ranking)
    last = ranking[limit - 1].score.value
    end = next((n for n, r in enumerate(ranking[limit:], start=limit) if r.score.value != last), len(ranking))
    return tuple(ranking[:end])
