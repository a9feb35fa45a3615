"""The workbook's figures for countries and groups, in one edition or as a change between two.

`when` is one edition or two, the earlier first. Figures are plain decimals, not rounded unless said.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median

from reckon import COMPARE, FAMILIES
from workbook import DATA, EDITIONS, World, named_groups, plain, read_world

from tests.questions.author_sets.labels import Condition

When = tuple[int, ...]
MARKETS, ACTORS, PILLARS = FAMILIES["markets"], FAMILIES["actors"], FAMILIES["resilience"]
FAMILY = {
    "criminal_markets": MARKETS,
    "criminal_actors": ACTORS,
    "resilience": PILLARS,
    "criminality": (*MARKETS, *ACTORS),
}
CONTINENTS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
MEMBERSHIPS = tuple(group["name"] for group in named_groups(DATA, "membership"))
AREAS = tuple(group["name"] for group in named_groups(DATA, "area"))
RESILIENCE = frozenset((*PILLARS, "resilience"))


class Figures:
    """What the workbook says."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.indicators = {e: frozenset(i for year, c, i in world.values if year == e and c == "PER") for e in EDITIONS}

    def has(self, indicator: str, when: When) -> bool:
        """Whether every edition of `when` has the indicator."""
        return all(indicator in self.indicators.get(edition, ()) for edition in when)

    def is_group(self, name: str) -> bool:
        """Whether a name is a group's."""
        return (EDITIONS[-1], name) in self.world.groups

    def members(
        self, groups: Iterable[str], without: Iterable[str] = (), edition: int = EDITIONS[-1], *, any: bool = False
    ) -> frozenset[str]:
        """The countries in all of the groups (or in any of them), without some countries and groups."""
        sets = [self.world.groups[edition, g] for g in groups]
        found = frozenset().union(*sets) if any and sets else self.world.countries
        for one in () if any else sets:
            found &= one
        for name in without:
            found -= self.world.groups[edition, name] if self.is_group(name) else {name}
        return found

    def value(self, country: str, indicator: str, when: When) -> Decimal:
        """A score, or a later score minus an earlier one."""
        later = self.world.values[when[-1], country, indicator]
        return later if len(when) == 1 else later - self.world.values[when[0], country, indicator]

    def stat(self, members: Iterable[str], indicator: str, when: When, stat: str = "mean") -> Decimal:
        """One statistic of the members' scores or changes."""
        values = [self.value(c, indicator, when) for c in members]
        if stat == "mean":
            return sum(values, Decimal(0)) / len(values)
        return {"median": median, "min": min, "max": max}[stat](values)

    def meets(self, country: str, condition: Condition, when: When) -> bool:
        """Whether a country satisfies one condition; a group as the limit means its mean."""
        value = self.value(country, condition.indicator, when)
        return COMPARE[condition.op](value, self.limit(country, condition, when))

    def limit(self, country: str, condition: Condition, when: When) -> Decimal:
        """The right-hand side of a condition."""
        right = condition.value
        if isinstance(right, (int, float)):
            return Decimal(str(right))
        if right in self.world.countries:
            return self.value(right, condition.indicator, when)
        if str(right).lower() == "world" or self.is_group(right):
            groups = () if str(right).lower() == "world" else (right,)
            return self.stat(self.members(groups, edition=when[-1]), condition.indicator, when)
        return self.value(country, right, when)

    def tiers(self, items: dict[str, Decimal], high: bool) -> tuple[frozenset[str], ...]:
        """The items from one end to the other, those of equal value (to two decimals) together."""
        shown = {name: plain(value) for name, value in items.items()}
        return tuple(frozenset(n for n, v in shown.items() if v == level) for level in sorted(set(shown.values()), reverse=high))


@cache
def official_figures(workbook: str) -> Figures:
    """The figures of a workbook file, read once."""
    return Figures(read_world(Path(workbook), DATA))
