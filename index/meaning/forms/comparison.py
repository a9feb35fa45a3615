"""Countries side by side, or a country beside the mean of a group: "who is safer, Oman or Yemen"."""

from __future__ import annotations

from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import (
    CRIMINALITY,
    RESILIENCE,
    Reading,
    direction_of,
    groups_hold,
    level_editions,
    limits_a_number,
    own_groups,
    read,
)
from index.meaning.meaning import Meaning
from index.meaning.slots.stat import stat_of
from index.meaning.slots.topics import only_learned
from index.meaning.slots.when import When
from index.scores.statistics import Stat

# As many as a reader can take in side by side.
_FEW = 8
_SIDES = LatePattern(r"\b(?:versus|vs|v|or|than|against|next to|between|compared?)\b")
_MEAN = LatePattern(r"\b(?:average|mean|median|avg)\b(?! (?:it|is|what))")
_JUDGED = LatePattern(r"\b(?:worse|worser|worst|better|best|safer|overall|cleaner|ahead|wins?|dirtier|riskier|cleanest|darker)\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries, and the group one of them is set beside; None where nothing is set beside a country, or changes are.

    "Worse", "safer" and the like without a topic mean criminality; a bare comparison means criminality and resilience.
    """
    reading = read(asked)
    if reading is None or limits_a_number(asked) or reading.scope.without_countries or reading.scope.without_groups:
        return None
    if len(reading.countries) > 2 and stat_of(asked) in (Stat.MEAN, Stat.MEDIAN):
        # "The mean of C1, C2 and C3" is one figure.
        return None
    groups = own_groups(asked, reading)
    if reading.when.change or direction_of(asked, ()):
        return None
    countries = _compared(asked, reading.countries) or members_compared(asked, reading.scope.groups, reading.when)
    beside = _beside(asked, reading, countries, groups)
    indicators = compared_in(asked, reading.indicators((CRIMINALITY,)))
    if beside is None or not indicators:
        return None
    return Meaning(
        Kind.COMPARISON,
        countries=countries,
        groups=beside,
        indicators=indicators,
        editions=level_editions(asked, reading.when),
        latest=reading.when.latest,
    )


def _beside(
    asked: Asked, reading: Reading, countries: tuple[str, ...], groups: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...] | None:
    """The groups that a single country is set beside, () for several countries; None where nothing is set beside anything."""
    if len(countries) > 1:
        # The mean of the countries named is not each beside the others.
        of_all = _MEAN.search(asked.text) and not groups and not reading.scope.world
        elsewhere = reading.countries and groups and not (reading.scope.groups and groups_hold(asked, reading))
        return None if of_all or elsewhere else ()
    if not countries or not (groups or reading.scope.world):
        return None
    return groups or ((WORLD,),)


def members_compared(asked: Asked, groups: tuple[tuple[str, ...], ...], when: When) -> tuple[str, ...]:
    """The members of a single small group, side by side: "compare the Baltics"; () of anything else."""
    if len(groups) != 1 or len(groups[0]) != 1 or _MEAN.search(asked.text):
        return ()
    members = asked.taxonomy.members(groups[0][0], max(when.editions or asked.taxonomy.editions))
    return tuple(members) if len(members) <= _FEW else ()


def compared_in(asked: Asked, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """The indicators; criminality and resilience, where countries are set side by side without a word of what in."""
    bare = indicators == (CRIMINALITY,) and only_learned(asked) and not _JUDGED.search(asked.text)
    return (CRIMINALITY, RESILIENCE) if bare else indicators


def _compared(asked: Asked, countries: tuple[str, ...]) -> tuple[str, ...]:
    """The countries set side by side; one named only by its adjective counts here ("Japanese yakuza versus Korea")."""
    mentions = asked.question.mentions
    if len(countries) != 1 or len(mentions) != 1 or not _SIDES.search(asked.text):
        return countries
    return tuple(c for c in asked.masked.ids("C") if c in (*countries, *mentions))
