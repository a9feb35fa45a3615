"""Saying the same fault of many files once: 193 pages that were saved the same wrong way are one line with a count."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.records import Problem, Severity

_NAMED = 3


def problem_lines(problems: Iterable[Problem]) -> tuple[str, ...]:
    """One line for each different fault, in the order of its first file: severity, files and where in them, what, what to do."""
    groups: dict[tuple[Severity, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.severity, problem.message, problem.hint), []).append(problem)
    return tuple(f"{severity}: {_line(group)}" for (severity, _, _), group in groups.items())


def _line(group: list[Problem]) -> str:
    files = list(dict.fromkeys(problem.source for problem in group))
    if len(group) == 1:
        return str(group[0])
    first = group[0]
    if len(files) == 1:
        where = ", ".join(problem.place for problem in group[:_NAMED] if problem.place)
        more = f" and {len(group) - _NAMED} more places" if len(group) > _NAMED else ""
        return str(Problem(files[0], where + more, first.message, first.hint, first.severity))
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    named = f"{len(files)} files ({', '.join(files[:_NAMED])}{more})"
    return str(Problem(named, "", first.message, first.hint, first.severity))
