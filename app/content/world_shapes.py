"""The shapes of countries: Natural Earth's 1:50 million, out of a package, made coarser so that a page can carry them.

Neighbours share their borders in the package's TopoJSON. Each is made coarser once, so no gap opens between two countries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import hypot
from typing import Any

import pycountry
from mapcraft import packs

Point = tuple[float, float]
Line = list[Point]

_PACK = "world-countries-2024"
_LEFT_OUT = "ATA"
# Degrees. On a screen a map of the world has three or four pixels a degree.
_TOLERANCE = 0.1
_GRID = 0.1
# Square degrees around its largest piece, under which a country cannot be seen.
_SMALL = 1.0
# Tuvalu has no shape at this scale: the position of Funafuti, degrees east and north.
_WITHOUT_SHAPE = {"TUV": (179.2, -8.5)}


@dataclass(frozen=True)
class Territory:
    """A TopoJSON geometry. `country` is a code, empty for what has none; `arcs` are polygons of rings of arc numbers."""

    country: str
    name: str
    arcs: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True)
class World:
    """Territories over shared arcs, and a point, degrees east and north, for each country too small to see or without a shape."""

    territories: tuple[Territory, ...]
    arcs: tuple[tuple[tuple[int, int], ...], ...]
    points: Mapping[str, Point]

    def topology(self, properties: Sequence[Mapping[str, object]]) -> dict[str, Any]:
        """TopoJSON with one object, `countries`, each territory with its properties."""
        geometries = [
            {"type": "MultiPolygon", "arcs": t.arcs, "properties": dict(p)}
            for t, p in zip(self.territories, properties, strict=True)
        ]
        return {
            "type": "Topology",
            "transform": {"scale": [_GRID, _GRID], "translate": [-180, -90]},
            "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": list(self.arcs),
        }


@cache
def world() -> World:
    """The shapes, read and made coarser once."""
    topology = packs.load(_PACK).topology
    fine = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    coarse = [_snapped(_thinned(line)) for line in fine]
    territories = []
    pieces: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry.get("id"))
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        if code == _LEFT_OUT:
            continue
        pieces.setdefault(code, []).extend(_ring(polygon[0], fine) for polygon in polygons)
        whole = [
            [ring for ring in polygon if _whole(ring, fine, coarse)] for polygon in polygons if _whole(polygon[0], fine, coarse)
        ]
        if whole:
            arcs = tuple(tuple(tuple(ring) for ring in polygon) for polygon in whole)
            territories.append(Territory(code, geometry["properties"]["name"], arcs))
    points = _WITHOUT_SHAPE | {code: point for code, rings in pieces.items() if code and (point := _point(rings))}
    return _renumbered(territories, coarse, points)


def _code(numeric: str | None) -> str:
    found = pycountry.countries.get(numeric=numeric) if numeric else None
    return found.alpha_3 if found is not None else ""


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Line:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    line, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((x * scale_x + left, y * scale_y + bottom))
    return line


def _thinned(line: Line) -> Line:
    """Douglas and Peucker's: a point is kept where leaving it out would move the line further than the tolerance.

    The farthest point of all is kept in any case: two borders between the same ends must go on enclosing something.
    """
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        start, end = todo.pop()
        far = max(range(start + 1, end), key=lambda n: _distance(line[n], line[start], line[end]), default=None)
        if far is None:
            continue
        if _distance(line[far], line[start], line[end]) > _TOLERANCE or (start, end) == (0, len(line) - 1):
            kept.add(far)
            todo += [(start, far), (far, end)]
    return [line[n] for n in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    along, up = end[0] - start[0], end[1] - start[1]
    length = hypot(along, up)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(up * (point[0] - start[0]) - along * (point[1] - start[1])) / length


def _snapped(line: Line) -> Line:
    points = [(round((x + 180) / _GRID), round((y + 90) / _GRID)) for x, y in line]
    return [point for n, point in enumerate(points) if n == 0 or point != points[n - 1] or n == len(points) - 1]


def _ring(numbers: Sequence[int], lines: Sequence[Line]) -> Line:
    """A ring out of its arcs; a number below zero is an arc walked backwards."""
    parts = [lines[n] if n >= 0 else lines[~n][::-1] for n in numbers]
    return [point for part in parts for point in part[:-1]]


def _area(ring: Line) -> float:
    """Twice the area, with the sign of the direction."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))


def _whole(numbers: Sequence[int], fine: Sequence[Line], coarse: Sequence[Line]) -> bool:
    """Whether a ring still runs the way it did: one that collapsed or turned over would be drawn as all the rest of the globe."""
    return _area(_ring(numbers, fine)) * _area(_ring(numbers, coarse)) > 0


def _point(pieces: Sequence[Line]) -> Point | None:
    """The middle of the largest piece of a country that cannot be seen otherwise, else None."""
    east, north = zip(*max(pieces, key=lambda ring: abs(_area(ring))), strict=True)
    if (max(east) - min(east)) * (max(north) - min(north)) >= _SMALL:
        return None
    return round((min(east) + max(east)) / 2, 2), round((min(north) + max(north)) / 2, 2)


def _renumbered(territories: Sequence[Territory], lines: Sequence[Line], points: Mapping[str, Point]) -> World:
    """Only the arcs that are used, each as its first point and the steps from there."""
    used = sorted({n if n >= 0 else ~n for t in territories for polygon in t.arcs for ring in polygon for n in ring})
    number = {old: new for new, old in enumerate(used)}
    renumbered = tuple(
        Territory(
            t.country,
            t.name,
            tuple(tuple(tuple(number[n] if n >= 0 else ~number[~n] for n in ring) for ring in polygon) for polygon in t.arcs),
        )
        for t in territories
    )
    return World(renumbered, tuple(_steps(lines[n]) for n in used), points)


def _steps(line: Line) -> tuple[tuple[int, int], ...]:
    moved = ((int(b[0] - a[0]), int(b[1] - a[1])) for a, b in pairwise(line))
    return ((int(line[0][0]), int(line[0][1])), *moved)
