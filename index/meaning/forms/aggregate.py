"""One figure of many countries: the mean, the median, the lowest or highest of a group, of the world or of named countries."""

from __future__ import annotations

from dataclasses import replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import asks_for_indicators, parts_of
from index.meaning.forms.set_of_countries import meaning_of
from index.meaning.meaning import Direction, Meaning
from index.meaning.slots.asides import without_asides
from index.meaning.slots.by import by_of
from index.meaning.slots.order import moves_in
from index.meaning.slots.stat import stat_of
from index.scores.statistics import Stat

_TOGETHER = LatePattern(r"\b(?:together|combined|jointly|pooled|as one|as a whole|or)\b")


_BARE = LatePattern(r"(?:the )?G\d+ (?:s )?I\d+(?: (?:score|level))?(?: in)?(?: Y\d+)?")


def fill(asked: Asked) -> Meaning | None:
    """A statistic of one indicator, or of its change; None if no statistic is named or regions are set side by side."""
    asked = without_asides(asked)
    parts = parts_of(asked, ordered=True)
    if parts is None or parts.limits.place is not None or (parts.limits.limit or 1) > 1:
        return None
    if asks_for_indicators(asked) or (any(len(g) > 1 for g in parts.scope.groups) and not _TOGETHER.search(asked.text)):
        # "The mean of G1, G2 and G3" is one figure for each.
        return None
    indicators = tuple(i for i in parts.indicators if i not in parts.tests.indicators) or parts.indicators
    # "Caribbean criminality 2023" has no other score than the mean.
    stat = stat_of(parts.rest) or (Stat.MEAN if _BARE.fullmatch(asked.text) else None)
    if stat is None or len(indicators) != 1 or len(parts.scope.countries) == 1 or by_of(parts.rest):
        return None
    changed = parts.when.change and len(parts.editions) == 2 and (moves_in(parts.rest.text) or "change" in asked.text.split())
    order = Direction.UP if changed else None
    return replace(meaning_of(Kind.AGGREGATE, parts, indicators, order, None), stat=stat)
