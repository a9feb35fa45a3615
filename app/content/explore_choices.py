"""The options of the Explore views, in the words of their boxes and of the address. Pure.

Every box stands in the address with these words, so an address reads like the page: `?view=Ranking&indicator=Cocaine+trade`.
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


class View(StrEnum):
    """The five views, as named in the address."""

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
    """How many countries of a ranking are listed; a tie at the cut-off is never split."""

    TEN = "10"
    TWENTY_FIVE = "25"
    FIFTY = "50"
    ALL = "All"

    @property
    def limit(self) -> int | None:
        """As a number, None for all."""
        return None if self is Cut.ALL else int(self)


class Across(StrEnum):
    """What averages are taken by."""

    REGIONS = "Regions"
    CONTINENTS = "Continents"
    MEMBERSHIPS = "Memberships"
    INDICATORS = "Indicators"

    @property
    def singular(self) -> str:
        """One of them, in a sentence: "region"."""
        return self.lower().removesuffix("s")


@dataclass(frozen=True)
class Choices:
    """What this index offers: loaded indicators and editions, and countries and groups by name."""

    taxonomy: Taxonomy
    loaded: LoadedScores

    @cached_property
    def indicators(self) -> dict[str, str]:
        """The ids of loaded indicators by name, in the order of the Index."""
        return {i.name: i.id for i in self.taxonomy.indicators.values() if self.loaded.editions(i.id)}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The ISO codes of countries with scores by name."""
        return {
            c.name: c.iso3
            for c in sorted(self.taxonomy.countries.values(), key=lambda c: c.name)
            if c.iso3 in self.loaded.countries
        }

    @cached_property
    def groups(self) -> dict[str, str]:
        """The names of groups by option, which says what kind of group each is: "South America (region)"."""
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


def ignored_words(asked: Mapping[str, Sequence[str]], offered: Mapping[str, Sequence[str] | None]) -> str:
    """What of an address was ignored because no box offers it, as a sentence; empty if nothing was.

    `offered` is None for a box that takes a range of scores.
    """
    told = []
    for name, values in asked.items():
        if name not in offered:
            told.append(f"this view has no setting {name!r}")
            continue
        options = offered[name]
        wrong = [repr(v) for v in values if not (is_score(v) if options is None else v in options)]
        if wrong:
            told.append(f"{joined(wrong)} {'is' if len(wrong) == 1 else 'are'} not available for {name!r}")
    return f"Part of the address was ignored: {'; '.join(told)}. The page shows what is selected in the boxes." if told else ""


def is_score(text: str) -> bool:
    """Whether a text of an address is a number on the scale."""
    try:
        return 1 <= float(text) <= 10
    except ValueError:
        return False
