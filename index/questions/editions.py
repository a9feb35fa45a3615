"""Which editions a question means: years, "latest", "since 2021", "in every edition". Pure.

If the question names none, it means the latest edition that has the scores asked for; a change is then the one since the edition
before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.questions.cues import Role
from index.questions.spans import TaggedSpan


@dataclass(frozen=True, slots=True)
class When:
    """Editions to look at. `every` is False if one of several is enough; `named` is True if the question names them."""

    editions: tuple[int, ...]
    every: bool = True
    named: bool = True


def level_editions(years: TaggedSpan | None, loaded: Sequence[int]) -> When:
    """The editions whose score is meant; `loaded` are those that have it, earliest first. Years without an edition are kept."""
    latest = tuple(loaded[-1:])
    if years is None:
        return When(latest, named=False)
    if years.role is Role.EDITION:
        return {
            "any": When(tuple(loaded), every=False),
            "previous": When(tuple(loaded[-2:-1])),
            "last two": When(tuple(loaded[-2:])),
        }.get(years.value, When(latest, named=False))
    if years.value == "since":
        return When(tuple(e for e in loaded if e >= years.years[0]) or years.years)
    if years.value == "range":
        low, high = min(years.years), max(years.years)
        inside = tuple(e for e in loaded if low <= e <= high)
        return When(inside if {low, high} <= set(inside) else years.years)
    return When(years.years)


def change_editions(years: TaggedSpan | None, loaded: Sequence[int], *, each: bool = False) -> tuple[tuple[int, int], ...]:
    """The pairs of editions (from, to) between which a change is meant, usually one.

    `each` asks for the change into each of the editions named. Years that are not editions are returned as they are. Empty if
    fewer than two editions are loaded and none is named.
    """
    steps = tuple(pairwise(loaded))
    if years is None or years.value in ("latest", "previous", "last two"):
        return steps[-1:]
    if years.role is Role.EDITION:
        return steps if years.value in ("each", "any") else _whole(loaded)
    named = tuple(sorted(years.years))
    if each and years.value == "list":
        return tuple(_into(year, loaded) for year in named if year > min(loaded, default=year))
    if len(named) > 1:
        return ((named[0], named[-1]),)
    if years.value in ("since", "from", "first"):
        return ((named[0], loaded[-1]),) if loaded else ()
    return (_into(named[0], loaded),)


def _into(year: int, loaded: Sequence[int]) -> tuple[int, int]:
    """The change into an edition, from the one before it."""
    earlier = [e for e in loaded if e < year]
    return (earlier[-1] if earlier else year, year)


def _whole(loaded: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return ((loaded[0], loaded[-1]),) if len(loaded) > 1 else ()
