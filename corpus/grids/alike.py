"""Equal complaints about many rows become one that counts them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.records import Problem

_FEW = 3


def joined_alike(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in order; from four of one file that say the same on, the first stands for all, with their number."""
    alike: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.source, problem.message, problem.hint, problem.severity), []).append(problem)
    found: list[Problem] = []
    for same in alike.values():
        if len(same) <= _FEW:
            found += same
        else:
            found.append(replace(same[0], place=f"{same[0].place} and {len(same) - 1} other places"))
    return tuple(found)
