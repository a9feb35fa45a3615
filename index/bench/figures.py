"""The results of a benchmark: tables, bars and curves, in parts. Pure; knows nothing of what was measured.

A comparison takes both figures from one run and divides medians.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import log
from typing import Any

import numpy as np

# None if it was not measured.
Cell = str | int | float | None
# Called with what is being measured, in words.
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a head that names the units; every row has the length of the head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"a row of {self.title!r} is not as long as its head")


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and, if known, its 95th percentile. `reference` marks the one that others are compared with."""

    name: str
    value: float
    p95: float | None = None
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures of one unit, drawn from zero."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A named row of points (x, y)."""

    name: str
    points: tuple[tuple[float, float], ...]

    @property
    def exponent(self) -> float | None:
        """The power of x that y grows with, by least squares on logarithms; None with fewer than two positive x."""
        return exponent(self.points)


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over the same x, both axes logarithmic; `x` and `y` name them with their units."""

    title: str
    x: str
    y: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a benchmark. `remarks` are what a reader must know to interpret the figures."""

    name: str
    title: str
    tables: tuple[Table, ...] = ()
    bars: tuple[Bars, ...] = ()
    curves: tuple[Curve, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the version of the program, when it began (UTC), the machine, the parts in order."""

    program: str
    started_at: str
    machine: Table
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; lines of curves include their exponents."""
        data = asdict(self)
        for part, shown in zip(self.parts, data["parts"], strict=True):
            for curve, drawn in zip(part.curves, shown["curves"], strict=True):
                for line, points in zip(curve.lines, drawn["lines"], strict=True):
                    points["exponent"] = line.exponent
        return data


@dataclass(frozen=True, slots=True)
class Spread:
    """Several times of the same thing, in seconds."""

    median: float
    p95: float
    least: float
    most: float
    count: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """The spread of one time or more. Raises ValueError for none."""
        if not seconds:
            raise ValueError("nothing was timed")
        middle, late = np.percentile(seconds, [50, 95])
        return cls(float(middle), float(late), min(seconds), max(seconds), len(seconds))


def ratio(figure: float | None, reference: float | None) -> float | None:
    """A figure divided by the reference; None if either is missing or the reference is zero."""
    return figure / reference if figure is not None and reference else None


def milliseconds(seconds: float) -> float:
    """Seconds as milliseconds."""
    return seconds * 1000


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of log y over log x, by least squares; points without a logarithm are left out."""
    logs = [(log(x), log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    xs, ys = np.array(logs).T
    return float(np.polyfit(xs, ys, 1)[0])
