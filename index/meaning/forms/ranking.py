"""Countries in order: the first or last few, a group or named countries, by score, by change or by places gained."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import Parts, asks_for_countries, parts_of
from index.meaning.forms.set_of_countries import COUNTRY, meaning_of
from index.meaning.meaning import Direction, Meaning
from index.meaning.slots.asides import without_asides
from index.meaning.slots.order import change_order, order_of, orders_in

_PODIUM = LatePattern(r"\b(?:podium|medals?|medallists|medal table)\b")
_ALL = LatePattern(r"\b(?:all|every|everyone|everybody|whole|full|complete|entire|countries|nations|N\d+)\b")


def fill(asked: Asked) -> Meaning | None:
    """An order of countries, the highest first if it is not said; None if it is not of one indicator or names a single place."""
    asked = without_asides(asked)
    parts = parts_of(asked, ordered=True)
    if parts is None or parts.limits.place is not None or not asks_for_countries(asked, parts):
        return None
    if any(len(either) > 2 for either in parts.scope.groups) and not COUNTRY.search(asked.text):
        # "G1, G2 and G3, order them" is about the groups.
        return None
    indicators = tuple(i for i in parts.indicators if i not in parts.tests.indicators) or parts.indicators
    if len(indicators) != 1:
        return None
    if not (parts.limits.limit or parts.scope.countries or parts.scope.groups or parts.tests.tests or _of_all(parts)):
        return None
    order: Direction | None = order_of(parts.rest, indicators) or Direction.HIGH
    if not parts.tests.tests:
        order = change_order(parts.rest, order, parts.over_time)
    if order is None:
        return None
    limit = parts.limits.limit
    if limit is not None and not _from_an_end(parts):
        # "The six members in order" are all of them.
        if limit not in _sizes(parts):
            return None
        limit = None
    return meaning_of(Kind.RANKING, parts, indicators, order, limit)


def _from_an_end(parts: Parts) -> bool:
    """Whether the number counts from an end of the scale ("top five") rather than all there are."""
    ends = [f for f in orders_in(parts.rest.text) if not f.way.startswith(("list_", "compare_"))]
    return bool(ends) or bool(_PODIUM.search(parts.rest.text)) or parts.scope.groups == () == parts.scope.countries


def _sizes(parts: Parts) -> set[int]:
    taxonomy = parts.rest.taxonomy
    groups = {len(taxonomy.members(g, taxonomy.editions[-1])) for g in parts.scope.group_ids}
    return groups | {len(parts.scope.countries)}


def _of_all(parts: Parts) -> bool:
    """Whether all countries of the world are wanted: without these words, which ones were meant may have gone unread."""
    return parts.scope.world or bool(_ALL.search(parts.rest.text))
