"""Whether two scores go together over many countries."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import parts_of
from index.meaning.forms.set_of_countries import meaning_of
from index.meaning.meaning import Meaning
from index.meaning.slots.asides import without_asides

_CRIME = LatePattern(r"\b(?:crime|criminality|crime (?:scores?|levels?))\b")


def fill(asked: Asked) -> Meaning | None:
    """Two indicators over the countries named; None if there are not two, a country is named, or a number stands there."""
    asked = without_asides(asked)
    parts = parts_of(asked, tested=False)
    if parts is None:
        return None
    indicators = parts.indicators
    if len(indicators) == 1 and "criminality" not in indicators and _CRIME.search(asked.text):
        indicators = (*indicators, "criminality")
    if len(indicators) != 2 or parts.limits.limit or parts.limits.place or len(parts.editions) > 1:
        return None
    if 0 < len(parts.scope.countries) < 3:
        return None
    return meaning_of(Kind.CORRELATION, parts, indicators, None, None)
