"""How search grows with the corpus, as tables and curves. Pure: what `index.bench.growth` has measured in, a part out."""

from __future__ import annotations

from index.bench.figures import Cell, Curve, Line, Part, Table, milliseconds
from index.bench.growth import Growth

_MEGA = 2**20
_MADE = {"noise": "real vectors moved by noise", "rotation": "real vectors turned as a whole", "": "words dealt anew"}


def growth_part(growth: Growth) -> Part:
    """The part of a `Growth`: what a question costs at each size, what is stored, why lists were chosen; curves of both costs."""
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
            # Each way that searches by the same lists names them.
            chosen[made, m.size, str(c.way), c.lists, c.probes, c.recall, c.why] = None
    first = ("way", "made of", "size")
    tables = [
        Table(
            "A question, one thread, files in the memory of the system", (*first, "p50, ms", "p95, ms", "recall@10"), tuple(asked)
        ),
        Table(
            "What is stored",
            (*first, "on disk, MB", "own memory, MB", "mapped, MB", "opened in, ms", "built in, s", "a page, ms"),
            tuple(stored),
        ),
    ]
    if chosen:
        tables.append(Table("Lists", ("made of", "size", "chosen", "lists", "read", "recall@10, held out", "why"), tuple(chosen)))
    remarks = (
        "Larger corpora are made of the vectors and words of this index; a country is a 193rd of the rows, an edition a third.",
        "A page costs its share of writing the whole store anew; embedding it, which costs the same at any size, is left out.",
    )
    return Part("growth", "As the corpus grows", tuple(tables), curves=_curves(growth), remarks=remarks)


def _curves(growth: Growth) -> tuple[Curve, ...]:
    """One plot for each cost and each way of making corpora, a line for each way to search."""
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
