"""Makes `app/data/world.json`, the shapes on the map of the world. Not a test: run it by hand; a test checks the shipped file.

    python tests/fitting/make_world_shapes.py

The shapes are Natural Earth's at 1:50 million (public domain), out of the package mapcraft, simplified so that a page can carry
them. Neighbours share their borders in the package's TopoJSON. Each border is simplified once, so no gap opens between countries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from math import hypot
from pathlib import Path

import pycountry
from mapcraft import packs

from app.content.world_shapes import GRID, Point, Territory, World

Line = list[Point]

TARGET = Path(__file__).resolve().parents[2] / "app" / "data" / "world.json"
PACK = "world-countries-2024"
ABOUT = {
    "source": "Natural Earth, admin 0 countries, 1:50 million, by way of world-atlas and the package mapcraft",
    "license": "public domain",
    "changes": "simplified to 0.1 degrees by tests/fitting/make_world_shapes.py; Antarctica left out",
}
LEFT_OUT = "ATA"
# Degrees. On a screen a map of the world has three or four pixels a degree.
TOLERANCE = 0.1
# Square degrees. A country whose largest piece has a smaller bounding box than this cannot be seen.
SMALL = 1.0
# Tuvalu has no shape at this scale: the position of Funafuti, degrees east and north.
WITHOUT_SHAPE = {"TUV": (179.2, -8.5)}


def main() -> None:
    TARGET.write_text(as_text(simplified()), encoding="utf-8")


def as_text(world: World) -> str:
    """The file: what it is, then a line for each territory, each arc and each point, so that a change can be read as a diff."""
    lists = {
        "territories": [_compact(asdict(t)) for t in world.territories],
        "arcs": [_compact(arc) for arc in world.arcs],
    }
    parts = [f"{_compact(name)}:{_compact(value)}" for name, value in ABOUT.items()]
    parts += [f"{_compact(name)}:[\n{_lines(values)}\n]" for name, values in lists.items()]
    parts.append(f'"points":{{\n{_lines([f"{_compact(c)}:{_compact(p)}" for c, p in world.points.items()])}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(values: Sequence[str]) -> str:
    return ",\n".join(values)


def simplified() -> World:
    """The package's shapes, simplified."""
    topology = packs.load(PACK).topology
    fine = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    coarse = [_snapped(_simplified(line)) for line in fine]
    territories = []
    pieces: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry.get("id"))
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        if code == LEFT_OUT:
            continue
        pieces.setdefault(code, []).extend(_ring(polygon[0], fine) for polygon in polygons)
        whole = [
            [ring for ring in polygon if _whole(ring, fine, coarse)] for polygon in polygons if _whole(polygon[0], fine, coarse)
        ]
        if whole:
            arcs = tuple(tuple(tuple(ring) for ring in polygon) for polygon in whole)
            territories.append(Territory(code, geometry["properties"]["name"], arcs))
    points = WITHOUT_SHAPE | {code: point for code, rings in pieces.items() if code and (point := _point(rings))}
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


def _simplified(line: Line) -> Line:
    """Douglas-Peucker: a point is kept where dropping it would move the line by more than the tolerance.

    The farthest point of all is always kept: two borders between the same ends must still enclose something.
    """
    kept, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        start, end = todo.pop()
        far = max(range(start + 1, end), key=lambda n: _distance(line[n], line[start], line[end]), default=None)
        if far is None:
            continue
        if _distance(line[far], line[start], line[end]) > TOLERANCE or (start, end) == (0, len(line) - 1):
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
    points = [(round((x + 180) / GRID), round((y + 90) / GRID)) for x, y in line]
    return [point for n, point in enumerate(points) if n == 0 or point != points[n - 1] or n == len(points) - 1]


def _ring(numbers: Sequence[int], lines: Sequence[Line]) -> Line:
    """A ring from its arcs; a negative number is an arc walked backwards, as in TopoJSON."""
    parts = [lines[n] if n >= 0 else lines[~n][::-1] for n in numbers]
    return [point for part in parts for point in part[:-1]]


def _area(ring: Line) -> float:
    """Twice the signed area: the sign gives the direction."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))


def _whole(numbers: Sequence[int], fine: Sequence[Line], coarse: Sequence[Line]) -> bool:
    """Whether a ring still runs the way it did: one that collapsed or flipped would be drawn as all the rest of the globe."""
    return _area(_ring(numbers, fine)) * _area(_ring(numbers, coarse)) > 0


def _point(pieces: Sequence[Line]) -> Point | None:
    """The middle of the largest piece of a country too small to be seen, else None."""
    east, north = zip(*max(pieces, key=lambda ring: abs(_area(ring))), strict=True)
    if (max(east) - min(east)) * (max(north) - min(north)) >= SMALL:
        return None
    return round((min(east) + max(east)) / 2, 2), round((min(north) + max(north)) / 2, 2)


def _renumbered(territories: Sequence[Territory], lines: Sequence[Line], points: Mapping[str, Point]) -> World:
    """Only the arcs in use, each as its first point and the steps from there."""
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


if __name__ == "__main__":
    main()
