"""A question about scores while it is being read: what it is read against, and what to tell the reader about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.taxonomy import Indicator, Taxonomy
from index.contract.answer_kind import Kind
from index.questions.clauses import Head, HeadKind
from index.questions.cues import Role
from index.questions.editions import When, change_editions, level_editions
from index.questions.slots import Slots
from index.questions.spans import TaggedSpan
from index.scores.loaded_scores import LoadedScores


class NotUnderstood(Exception):
    """Raised when a question cannot be turned into a query; `why` is a clause without a full stop."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Frame:
    """What conditions are read against: names, loaded scores, and the indicators (`default`) of a question that names none."""

    slots: Slots
    taxonomy: Taxonomy
    loaded: LoadedScores
    default: tuple[str, ...]

    def topics(self, head: Head) -> tuple[str, ...]:
        """The ids of the indicators a head is about."""
        named = tuple(dict.fromkeys(i for t in head.topics for i in t.ids))
        return named or tuple(dict.fromkeys(i for t in self.slots.topics for i in t.ids)) or self.default

    def editions(self, indicators: Iterable[str]) -> tuple[int, ...]:
        """The editions, earliest first, with scores for all of these indicators and for the countries the question is about."""
        found: set[int] | None = None
        for indicator in indicators:
            loaded = set(self.loaded.editions(indicator, self.slots.subjects)) or set(self.loaded.editions(indicator))
            found = loaded if found is None else found & loaded
        return tuple(sorted(found or ()))

    def level_when(self, years: TaggedSpan | None, indicators: Sequence[str]) -> When:
        """The editions whose scores are meant; beside a change over several years, only the last one."""
        everything = tuple(dict.fromkeys((*indicators, *(i for t in self.slots.topics for i in t.ids))))
        if years is not None and years.value in ("range", "since", "from") and self.slots.of_kind(HeadKind.CHANGE):
            last = max(years.years) if len(years.years) > 1 else max(self.editions(everything), default=max(years.years))
            return When((last,))
        if years is not None and years.role is Role.EDITION and years.value in ("all", "each"):
            return When(self.taxonomy.editions)
        undated = years is None or years.role is Role.EDITION
        return level_editions(years, self.editions(everything if undated else indicators) or self.editions(indicators))

    def change_when(self, years: TaggedSpan | None, indicator: str, *, each: bool = False) -> tuple[tuple[int, int], ...]:
        """The pairs of editions (from, to) between which a change is meant. Raises NotUnderstood."""
        pairs = change_editions(years, self.editions([indicator]), each=each)
        if not pairs:
            raise NotUnderstood("a change needs two loaded editions with the same score")
        return pairs


OVERALL = ("criminality", "resilience")
# The averages whose parts are compared when a question asks for a family of indicators.
FAMILY_ROOTS = {"markets": "criminal_markets", "actors": "criminal_actors"}


@dataclass(slots=True)
class Reader:
    """A question being read, with the notes and offers so far; `sure` is False once one of several readings was chosen."""

    kind: Kind
    slots: Slots
    taxonomy: Taxonomy
    frame: Frame
    notes: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    sure: bool = True

    def indicator(self, name: str) -> Indicator:
        """The indicator with this id."""
        return self.taxonomy.indicators[name]
