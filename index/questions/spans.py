"""Spans: the words of a question with what they do, and the right-hand sides of comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.questions.cues import Role


@dataclass(frozen=True, slots=True)
class Bound:
    """The right-hand side of a comparison: a number, named countries, an indicator, or a statistic of a group.

    `op` is a sign, or a word such as "worse" or "better" whose sign depends on the indicator. `either` means that one of the
    countries is enough. `group` is "" for the world, "region" or "continent" for that of the country the question is about.
    """

    op: str
    number: Decimal | None = None
    countries: tuple[str, ...] = ()
    either: bool = False
    indicator: str = ""
    stat: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `start` to `end` (half-open) of a question and what they do.

    What `value` holds depends on the role. For a cue: its direction, as in `index/data/cues.toml`. For years: how they are
    joined, "" (a single year), "list", "range", "since" or "from", or the cue "latest" or "first". For a name: "" if it is the
    official one, "synonym", "implied" (an indicator only implied by a word such as "crime"), or the LinkKind of a place or group
    that could not be settled.

    `ids` are the ids of a name, `number` is the value of a number, `years` may hold years without an edition. `bare` marks "up"
    and "down" on their own, `locates` words that may say where a score lies ("falls between 4 and 5").
    """

    role: Role
    start: int
    end: int
    value: str = ""
    ids: tuple[str, ...] = ()
    number: Decimal | None = None
    years: tuple[int, ...] = ()
    bounds: tuple[Bound, ...] = ()
    bare: bool = False
    locates: bool = False

    @property
    def is_implied(self) -> bool:
        """Whether this is an indicator that is not named, only implied by a word such as "crime"."""
        return self.value == "implied"


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a question as typed, its spans from left to right, and the positions of words no span explains.

    `openings` are the positions where a sentence, clause or quotation begins, so that a capital letter there means nothing.
    `corrected` are the positions of words with typing errors, each with the word that it was read as.
    """

    words: tuple[str, ...]
    openings: frozenset[int]
    spans: tuple[TaggedSpan, ...]
    unknown: tuple[int, ...]
    corrected: tuple[tuple[int, str], ...] = ()
