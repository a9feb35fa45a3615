"""What may be chosen in the explore views, as the words that stand in their boxes and in the address. Pure.

Every box is bound to the address by these words, so an address reads as the page does: `?view=Ranking&indicator=Cocaine+trade`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from corpus.taxonomy import WORLD, GroupKind, Taxonomy
from index.language.phrases import joined
from index.scores.loaded_scores import LoadedScores

EVERYWHERE = "The world"
SEVERAL = "indicators", "countries"


class View(StrEnum):
    """The five views, as they stand in the address."""

    RANKING = "Ranking"
    MAP = "Map"
    COMPARE = "Compare"
    SCATTER = "Scatter"
    AVERAGES = "Averages"


class Order(StrEnum):
    """Which end of a ranking comes first."""

    HIGHEST = "Highest first"
    LOWEST = "Lowest first"


class Cut(StrEnum):
    """How much of a ranking is listed; a tie at the cut is never parted."""

    TEN = "10"
    TWENTY_FIVE = "25"
    FIFTY = "50"
    ALL = "All"

    @property
    def limit(self) -> int | None:
        """As a number, None for all."""
        return None if self is Cut.ALL else int(self)


class Across(StrEnum):
    """What averages run over."""

    REGIONS = "Regions"
    CONTINENTS = "Continents"
    MEMBERSHIPS = "Memberships"
    INDICATORS = "Indicators"


@dataclass(frozen=True)
class Choices:
    """What may be chosen with this index: loaded indicators and editions, and the taxonomy's groups and countries by name."""

    taxonomy: Taxonomy
    loaded: LoadedScores

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Names of loaded indicators, in the order of the Index, and their ids."""
        return {i.name: i.id for i in self.taxonomy.indicators.values() if self.loaded.editions(i.id)}

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries with scores, and their codes."""
        return {
            c.name: c.iso3
            for c in sorted(self.taxonomy.countries.values(), key=lambda c: c.name)
            if c.iso3 in self.loaded.countries
        }

    @cached_property
    def groups(self) -> dict[str, str]:
        """Groups as they are offered, with their sort, and their names."""
        return {EVERYWHERE: WORLD} | {
            f"{g.name} ({kind})": g.name for kind in GroupKind for g in self.taxonomy.groups.values() if g.kind is kind
        }

    def editions(self, *indicators: str) -> list[str]:
        """The editions in which any country has each of these indicators, the latest first."""
        having = [set(self.loaded.editions(i)) for i in indicators]
        return [str(e) for e in sorted(set.intersection(*having), reverse=True)] if having else []

    def any_edition(self, indicators: Sequence[str]) -> list[str]:
        """The editions in which any country has any of these indicators, the latest first."""
        return [str(e) for e in sorted({e for i in indicators for e in self.loaded.editions(i)}, reverse=True)]


def unread(asked: Mapping[str, Sequence[str]], offered: Mapping[str, Sequence[str] | None]) -> str:
    """What an address asks for that is not among what is offered, in words; empty where all of it is.

    `offered` has None for a box that takes a range of numbers.
    """
    told = []
    for name, values in asked.items():
        if name not in offered:
            told.append(f"{name!r} is nothing that this view asks for")
            continue
        options = offered[name]
        wrong = [repr(v) for v in values if not (_number(v) if options is None else v in options)]
        if wrong:
            told.append(f"{joined(wrong)} is nothing that {name!r} offers here")
    return f"Part of the address was not used: {'; '.join(told)}. What is shown is what the boxes say." if told else ""


def _number(text: str) -> bool:
    try:
        return 1 <= float(text) <= 10
    except ValueError:
        return False
