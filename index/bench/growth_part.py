"""The growth of search with the corpus, as tables and curves. Pure: turns what `index.bench.growth` measured into a part."""

from __future__ import annotations

from index.bench.figures import Cell, Curve, Line, Part, Table, milliseconds
from index.bench.growth import Growth

_MEGA = 2**20
_MADE = {"noise": "real vectors with noise", "rotation": "rotated copies of real vectors", "": "shuffled words"}


def growth_part(growth: Growth) -> Part:
    """The part of a `Growth`: cost of a question, storage and choice of lists at each size; curves of both costs."""
    asked: list[tuple[Cell, ...]] = []
    stored: list[tuple[Cell, ...]] = []
    chosen: dict[tuple[Cell, ...], None] = {}
    for m in sorted(growth.measured, key=lambda m: (str(m.way), _kind(m.kind), m.size)):
        made = _kind(m.kind)
        asked.append((str(m.way), made, m.size, m.p50, m.p95, m.recall))
        in_memory = (m.memory.own / _MEGA, m.memory.mapped / _MEGA, milliseconds(m.open_seconds))
        stored.append((str(m.way), made, m.size, m.stored / _MEGA, *in_memory, m.build_seconds, m.page_milliseconds))
        if m.choice is not None:
            c = m.choice
            # Several ways share the same lists.
            chosen[made, m.size, str(c.way), c.lists, c.probes, c.recall, c.why] = None
    first = ("search", "corpus", "size")
    tables = [
        Table("A question, one thread, files in the page cache", (*first, "p50, ms", "p95, ms", "recall@10"), tuple(asked)),
        Table(
            "Storage",
            (*first, "on disk, MB", "own memory, MB", "mapped, MB", "open, ms", "build, s", "per page, ms"),
            tuple(stored),
        ),
    ]
    if chosen:
        tables.append(
            Table("Lists", ("corpus", "size", "chosen", "lists", "probes", "recall@10, held out", "why"), tuple(chosen))
        )
    remarks = (
        "Larger corpora are made from the vectors and words of this index; a country is 1/193 of the rows, an edition a third.",
        "The cost of a page is its share of writing the whole store; embedding costs the same at any size and is left out.",
    )
    return Part("growth", "As the corpus grows", tuple(tables), curves=_curves(growth), remarks=remarks)


def _curves(growth: Growth) -> tuple[Curve, ...]:
    """One plot for each cost and kind of corpus, with a line for each way to search."""
    plots: dict[tuple[str, str], list[Line]] = {}
    for curve in growth.curves:
        line = Line(str(curve.way), tuple((float(size), float(cost)) for size, cost in curve.points))
        plots.setdefault((curve.what, _kind(curve.kind)), []).append(line)
    found = []
    for (what, made), lines in plots.items():
        cost = what.partition(",")[0]
        found.append(Curve(f"{cost[:1].upper()}{cost[1:]}: {made}", "vectors or documents", what, tuple(lines)))
    return tuple(found)


def _kind(kind: object) -> str:
    return _MADE.get(str(kind or ""), str(kind or ""))
