"""Groups side by side: named groups, the continents, the regions of the world or of a continent; by level or by change."""

from __future__ import annotations

from dataclasses import replace

from corpus.taxonomy import GroupKind
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import Parts, parts_of
from index.meaning.forms.set_of_countries import meaning_of
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.slots.asides import without_asides
from index.meaning.slots.by import Sides, by_of, sides_of
from index.meaning.slots.limits import in_a_row, plural
from index.meaning.slots.order import change_order, order_of, orders_in
from index.meaning.slots.stat import stat_of
from index.scores.statistics import Stat

_CHANGE = LatePattern(r"\b(?:changes?|changed|changing|moved|shift(?:ed|s)?|developed|evolved|developments?|evolution)\b")
_POINT = r"(?:the )?(?:north|south|east|west|central|centre|center|middle)(?:ern)?"
_COMPASS = LatePattern(rf"(?: [,|])?(?: {_POINT}(?: (?:,|or|and))*){{3,}}(?= |$)")


def fill(asked: Asked) -> Meaning | None:
    """Groups in order of their mean (or median); None if fewer than two are set side by side or a country is named."""
    asked = _whole_compass(without_asides(asked))
    parts = parts_of(asked, tested=False)
    if parts is None or parts.scope.countries or len(parts.indicators) != 1:
        return None
    sides = sides_of(asked, _without_whole(asked, parts.scope.group_ids))
    if sides is None:
        return None
    order = order_of(asked, parts.indicators)
    if order is None and parts.over_time and _CHANGE.search(asked.text):
        # No end of the list is asked for: the largest rise stands first.
        order = Direction.UP
    order = change_order(asked, order or Direction.HIGH, parts.over_time)
    if order is None:
        return None
    limit = _limit(asked, parts, sides)
    stat = stat_of(asked)
    return replace(
        meaning_of(Kind.GROUP_RANKING, parts, parts.indicators, order, limit),
        groups=(sides.groups,) if sides.groups else ((sides.within,),) if sides.within else (),
        by=sides.by,
        stat=Stat.MEDIAN if stat is Stat.MEDIAN else None,
    )


def _whole_compass(asked: Asked) -> Asked:
    """ "Which part of G1, north, south, east or west" asks about all its parts."""
    text = " ".join(_COMPASS.sub(" ", asked.text).split())
    if text == asked.text:
        return asked
    return asked.part(text if by_of(asked) is not None else f"which region {text}")


def _without_whole(asked: Asked, groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups without the one that holds all others: "the regions of G1: G2, G3 and G4"."""
    members = {g: set(asked.taxonomy.members(g, asked.taxonomy.editions[-1])) for g in groups}
    parts = tuple(g for g in groups if not all(members[o] < members[g] for o in groups if o != g))
    return parts if len(parts) > 1 else groups


def _limit(asked: Asked, parts: Parts, sides: Sides) -> int | None:
    """How many groups are asked for: a number that counts them all ("the five continents") does not limit them."""
    if parts.limits.limit not in (None, _count(asked, sides)):
        return parts.limits.limit
    ordered = any(not f.way.startswith("list_") for f in orders_in(asked.text))
    single = not plural(asked) and not in_a_row(asked) and parts.limits.place is None
    one = sides.by is not None or sides.every or "which one" in asked.text
    return 1 if one and single and ordered else None


def _count(asked: Asked, sides: Sides) -> int:
    groups = asked.taxonomy.groups.values()
    if sides.by is By.CONTINENT:
        return sum(g.kind is GroupKind.CONTINENT for g in groups)
    if sides.by is By.REGION:
        return sum(g.kind is GroupKind.REGION and sides.within in ("", g.continent) for g in groups)
    return len(sides.groups)
