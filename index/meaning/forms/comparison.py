"""Countries side by side, or a country beside the mean of a group: "who is safer, Oman or Yemen"."""

from __future__ import annotations

import re

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.reading import (
    CRIMINALITY,
    RESILIENCE,
    direction_of,
    groups_hold,
    level_editions,
    limits_a_number,
    own_groups,
    read,
)
from index.meaning.meaning import Meaning

_JUDGED = re.compile(r"\b(?:worse|worser|worst|better|best|safer|overall|cleaner|ahead|wins?|dirtier|riskier|cleanest|darker)\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries, and the group one of them is set beside; None where nothing is set beside a country, or changes are.

    "Worse", "safer" and the like without a topic mean criminality; a bare comparison means criminality and resilience.
    """
    reading = read(asked)
    if reading is None or limits_a_number(asked) or reading.scope.without_countries or reading.scope.without_groups:
        return None
    groups = own_groups(asked, reading)
    if not reading.countries or reading.when.change or direction_of(asked, ()):
        return None
    if len(reading.countries) > 1:
        if groups and not (reading.scope.groups and groups_hold(asked, reading)):
            return None
        groups = ()
    elif not groups:
        if not reading.scope.world:
            return None
        groups = ((WORLD,),)
    otherwise = (CRIMINALITY,) if _JUDGED.search(asked.text) else (CRIMINALITY, RESILIENCE)
    indicators = reading.indicators(otherwise)
    if not indicators:
        return None
    return Meaning(
        Kind.COMPARISON,
        countries=reading.countries,
        groups=groups,
        indicators=indicators,
        editions=level_editions(asked, reading.when),
        latest=reading.when.latest,
    )
