"""A check on every source: a published average must equal the mean of its components, or a figure is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.taxonomy import Taxonomy

# Half a unit in the second decimal for the rounding of the average itself, and a margin for binary fractions.
_ROUNDING = 0.005 + 1e-9


@dataclass(frozen=True, slots=True)
class BrokenAverage:
    """A published average that differs from the mean of its parts. Any part, or the average itself, may be wrong."""

    average: str
    published: float
    rebuilt: float
    parts: tuple[str, ...]

    @property
    def suspects(self) -> frozenset[str]:
        """All the indicators whose figure may be wrong."""
        return frozenset((self.average, *self.parts))


def broken_averages(scores: Mapping[str, float], edition: int, taxonomy: Taxonomy) -> tuple[BrokenAverage, ...]:
    """The averages of one country in one edition that differ from the mean of their parts; incomplete ones are not checked."""
    broken = []
    for average, published in scores.items():
        parts = taxonomy.parts(average, edition)
        values = [scores[part] for part in parts if part in scores]
        if not parts or len(values) < len(parts):
            continue
        rebuilt = sum(values) / len(values)
        # The parts of criminality are themselves rounded averages.
        roundings = 2 if any(taxonomy.parts(part, edition) for part in parts) else 1
        if abs(rebuilt - published) > roundings * _ROUNDING:
            broken.append(BrokenAverage(average, published, rebuilt, parts))
    return tuple(broken)
