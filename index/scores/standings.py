"""Every score of a country in an edition, set against the world, one group and an earlier edition, with one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from index.scores.like_for_like import rounded
from index.scores.ranking import Rank
from index.scores.score_store import ScoreBook
from index.scores.sql import Statement

_SQL = """
with edition as (select country, indicator, value, source from scores where edition = ?),
world as (
    select country, indicator, rank() over (partition by indicator order by value desc) as place,
        count(*) over (partition by indicator) as total, count(*) over (partition by indicator, value) as sharing,
        sum(value) over (partition by indicator) as points
    from edition
),
inside as (
    select country, indicator, rank() over (partition by indicator order by value desc) as place,
        count(*) over (partition by indicator, value) as sharing
    from edition where country in (select country from members where grouping = ? and edition = ?)
),
of_group as (
    select indicator, count(*) as total, sum(value) as points
    from edition where country in (select country from members where grouping = ? and edition = ?) group by indicator
)
select own.indicator, own.value, own.source, world.place, world.total, world.sharing, world.points,
    of_group.total as group_total, of_group.points as group_points, inside.place as group_place, inside.sharing as group_sharing,
    before.value as earlier, before.source as earlier_source
from edition own join world using (country, indicator) left join of_group using (indicator)
    left join inside on inside.country = own.country and inside.indicator = own.indicator
    left join scores before on before.country = own.country and before.indicator = own.indicator and before.edition = ?
where own.country = ? order by own.indicator
""".strip()
_COLUMNS = tuple(
    (
        "indicator value source place total sharing points group_total group_points group_place group_sharing earlier "
        "earlier_source"
    ).split()
)


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A score within a group: its competition rank among the members (None for a country outside), and their rounded mean."""

    rank: Rank | None
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Placed:
    """One score, where it stands in the world and in the group, and the score and source of the earlier edition, if any.

    `group` is None where no member of the group has the score.
    """

    indicator: str
    value: Decimal
    source: str
    world: GroupPlace
    group: GroupPlace | None
    earlier: Decimal | None
    earlier_source: str

    @property
    def change(self) -> Decimal | None:
        """The exact change since the earlier edition; None where that edition does not have the score."""
        return None if self.earlier is None else self.value - self.earlier


@dataclass(frozen=True, slots=True)
class Standings:
    """The scores of a country in an edition, by indicator, with the group and the earlier edition they are set against."""

    country: str
    edition: int
    before: int | None
    group: str
    scores: dict[str, Placed]
    statement: Statement

    def highest(self, indicators: Collection[str]) -> list[Placed]:
        """Those of these indicators that have a score, the highest first, ties by name of the indicator."""
        return sorted((self.scores[i] for i in indicators if i in self.scores), key=lambda p: (-p.value, p.indicator))

    def lowest(self, indicators: Collection[str]) -> list[Placed]:
        """Those of these indicators that have a score, the lowest first, ties by name of the indicator."""
        return sorted((self.scores[i] for i in indicators if i in self.scores), key=lambda p: (p.value, p.indicator))

    def moved(self, indicators: Collection[str]) -> list[Placed]:
        """Those of these indicators that changed, the largest change first whichever way, ties by name of the indicator."""
        changed = [self.scores[i] for i in indicators if i in self.scores and self.scores[i].change]
        return sorted(changed, key=lambda p: (-abs(p.change or Decimal(0)), p.indicator))


@dataclass(frozen=True, slots=True)
class Leading:
    """The first few of an ordered list; `tied` more share the figure of the next, and none of those is among `shown`."""

    shown: tuple[Placed, ...]
    tied: tuple[Placed, ...] = ()


def standings_of(book: ScoreBook, country: str, edition: int, before: int | None, group: str, members_of: int) -> Standings:
    """The scores of a country set against the world, a group (as of the edition `members_of`) and the edition `before`."""
    values = (edition, group, members_of, group, members_of, before if before is not None else -1, country)
    statement = Statement(_SQL, values, _COLUMNS)
    scores = {row[0]: _placed(row) for row in book.score_store.run(statement)}
    return Standings(country, edition, before, group, scores, statement)


def leading(ordered: Sequence[Placed], figures: Sequence[Decimal], wanted: int, most: int) -> Leading:
    """The first `wanted` with those tied with the last of them, up to `most`; where more tie, those before the tie are shown.

    `figures` are what the list is ordered by, one for each of `ordered`.
    """
    if len(ordered) <= wanted:
        return Leading(tuple(ordered))
    last = figures[wanted - 1]
    end = next((n for n in range(wanted, len(ordered)) if figures[n] != last), len(ordered))
    if end <= most:
        return Leading(tuple(ordered[:end]))
    start = next(n for n in range(wanted) if figures[n] == last)
    return Leading(tuple(ordered[:start]), tuple(ordered[start:end]))


def _placed(row: Sequence[Any]) -> Placed:
    indicator, value, source, place, total, sharing, points, of, group_points, inside, inside_sharing, earlier, told = row
    group = None
    if of:
        rank = Rank(inside, of, inside_sharing) if inside is not None else None
        group = GroupPlace(rank, rounded(Decimal(group_points) / of))
    world = GroupPlace(Rank(place, total, sharing), rounded(Decimal(points) / total))
    return Placed(indicator, value, source, world, group, earlier, told or "")
