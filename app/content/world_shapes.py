"""The shapes of countries on the map of the world: Natural Earth's, simplified to a tenth of a degree and shipped as data.

`tests/fitting/make_world_shapes.py` makes the file and says how.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
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
