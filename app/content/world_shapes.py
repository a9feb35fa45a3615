"""The shapes of countries on the map of the world: Natural Earth's, simplified to a tenth of a degree and shipped as data.

`tests/fitting/make_world_shapes.py` makes the file and says how.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

Point = tuple[float, float]

# Degrees between two points of the grid that arcs run on.
GRID = 0.1


@dataclass(frozen=True)
class Territory:
    """A TopoJSON geometry. `country` is an ISO code, empty where there is none; `arcs` are polygons of rings of arc numbers."""

    country: str
    name: str
    arcs: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True)
class World:
    """Territories over shared arcs, and a point, degrees east and north, for each country too small to see or without a shape.

    An arc is its first point, in steps of the grid from 180 degrees west and 90 degrees south, and the steps from there.
    """

    territories: tuple[Territory, ...]
    arcs: tuple[tuple[tuple[int, int], ...], ...]
    points: Mapping[str, Point]

    def corners(self, countries: Collection[str]) -> tuple[Point, ...]:
        """The corners of the boxes around countries: around the largest part of each, so that islands far off do not count."""
        found = [point for code, point in sorted(self.points.items()) if code in countries]
        for territory in self.territories:
            if territory.country in countries:
                west, south, east, north = max(map(self._box, territory.arcs), key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
                found += [(west, south), (west, north), (east, south), (east, north)]
        return tuple(found)

    def _box(self, polygon: Sequence[Sequence[int]]) -> tuple[float, float, float, float]:
        """West, south, east and north of a polygon, in degrees; its first ring is the outer one."""
        steps = [list(zip(*accumulate(self.arcs[max(n, ~n)], _stepped), strict=True)) for n in polygon[0]]
        x, y = [v for xs, _ in steps for v in xs], [v for _, ys in steps for v in ys]
        return min(x) * GRID - 180, min(y) * GRID - 90, max(x) * GRID - 180, max(y) * GRID - 90

    def topology(self, properties: Sequence[Mapping[str, object]]) -> dict[str, Any]:
        """TopoJSON with one object, `countries`, each territory with its properties."""
        geometries = [
            {"type": "MultiPolygon", "arcs": t.arcs, "properties": dict(p)}
            for t, p in zip(self.territories, properties, strict=True)
        ]
        return {
            "type": "Topology",
            "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
            "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": list(self.arcs),
        }


def _stepped(at: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    return at[0] + step[0], at[1] + step[1]


@cache
def world() -> World:
    """The shapes, read once."""
    data = json.loads(files("app").joinpath("data", "world.json").read_text(encoding="utf-8"))
    territories = (
        Territory(t["country"], t["name"], tuple(tuple(tuple(ring) for ring in polygon) for polygon in t["arcs"]))
        for t in data["territories"]
    )
    return World(
        territories=tuple(territories),
        arcs=tuple(tuple((x, y) for x, y in arc) for arc in data["arcs"]),
        points={country: (east, north) for country, (east, north) in data["points"].items()},
    )
