"""Which scores are loaded, without their values: what questions can be answered, and over how many countries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class LoadedScores:
    """The countries that have each score: codes by indicator, then edition."""

    cells: Mapping[str, Mapping[int, frozenset[str]]]

    @classmethod
    def of(cls, cells: Iterable[tuple[str, int, str]]) -> LoadedScores:
        """From (country, edition, indicator) of every score."""
        found: dict[str, dict[int, set[str]]] = {}
        for country, edition, indicator in cells:
            found.setdefault(indicator, {}).setdefault(edition, set()).add(country)
        return cls({i: {e: frozenset(c) for e, c in editions.items()} for i, editions in found.items()})

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries with any score."""
        return frozenset(c for editions in self.cells.values() for countries in editions.values() for c in countries)

    @cached_property
    def all_editions(self) -> tuple[int, ...]:
        """The editions with any score, the earliest first."""
        return tuple(sorted({e for editions in self.cells.values() for e in editions}))

    def editions(self, indicator: str, countries: Sequence[str] = ()) -> tuple[int, ...]:
        """The editions, earliest first, in which all these countries have the score; without countries, in which any has it."""
        wanted = frozenset(countries)
        editions = self.cells.get(indicator, {})
        return tuple(sorted(e for e, having in editions.items() if wanted <= having))

    def having(self, indicator: str, edition: int) -> frozenset[str]:
        """The countries that have a score."""
        return self.cells.get(indicator, {}).get(edition, frozenset())
