"""A question about scores while it is being read, with what there is to say of the reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.taxonomy import Indicator, Taxonomy
from index.conditions import Frame
from index.features import Features
from index.kinds import Kind

OVERALL = ("criminality", "resilience")
# The averages whose parts compete where a family of indicators is asked for.
FAMILY_ROOTS = {"markets": "criminal_markets", "actors": "criminal_actors"}


@dataclass(slots=True)
class Reader:
    """A question under way, with what there is to say of its reading."""

    text: str
    kind: Kind
    features: Features
    taxonomy: Taxonomy
    frame: Frame
    notes: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    sure: bool = True

    def indicator(self, name: str) -> Indicator:
        """The indicator of an id."""
        return self.taxonomy.indicators[name]
