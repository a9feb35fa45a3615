"""Whether regions, continents or named groups are set side by side, and which."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.taxonomy import GroupKind
from index.meaning.asked import Asked
from index.meaning.meaning import By
from index.meaning.phrase_patterns import found_in, phrases_in


@dataclass(frozen=True, slots=True)
class Sides:
    """`by`: the kind of groups set side by side, None if they are named. `groups`: those named. `within`: the continent whose
    regions are meant, "" for the world. `every`: whether the groups are all memberships, because none was named."""

    by: By | None = None
    groups: tuple[str, ...] = ()
    within: str = ""
    every: bool = False


def by_of(asked: Asked) -> By | None:
    """Regions or continents, if the words set them side by side; named groups are not read here."""
    ways = [f.way for f in found_in("by", asked.text) if f.way != "not"]
    if "continent" in ways and "region" not in ways:
        return By.CONTINENT
    return By.REGION if "region" in ways or "part" in ways else None


def memberships_meant(asked: Asked) -> bool:
    """Whether memberships are set side by side without being named ("which bloc is worst")."""
    return not asked.masked.ids("G") and bool(phrases_in("by", "memberships", asked.text))


def for_each(asked: Asked) -> bool:
    """Whether an answer is wanted for each region or continent ("the worst country of each continent")."""
    return bool(phrases_in("by", "each", asked.text))


def sides_of(asked: Asked, groups: tuple[str, ...]) -> Sides | None:
    """The groups set side by side, of those the question is about (`groups`); None if it sets none side by side.

    "European regions" are the regions of a continent; two or more groups are those named. "The regions EAST AFRICA, WEST AFRICA"
    are those named too.
    """
    by = by_of(asked)
    if len(groups) > 1:
        return Sides(None, groups)
    if not groups and memberships_meant(asked):
        groups_known = asked.taxonomy.groups.values()
        every = tuple(g.name for g in groups_known if g.kind is GroupKind.MEMBERSHIP and not g.area)
        return Sides(None, every, every=True)
    if by is None:
        return None
    if not groups:
        return Sides(by)
    return Sides(by, (), groups[0]) if by is By.REGION and _is_continent(asked, groups[0]) else None


def _is_continent(asked: Asked, group: str) -> bool:
    return group in asked.taxonomy.groups and asked.taxonomy.groups[group].kind is GroupKind.CONTINENT
