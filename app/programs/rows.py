"""What the answers to requests are made of: figures with sources, rows of countries, pages of rows. Pure; JSON types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from corpus.taxonomy import Taxonomy
from index.contract.refusal import Refusal
from index.scores.query import Level, Measure
from index.scores.query_rows import Row

Json = dict[str, Any]
_MOST_NAMED = 20


def figure_of(row: Row, measure: Measure, like_for_like: float | None = None) -> Json:
    """A score with its source, or a change with the sources of the two scores it is the difference of."""
    if isinstance(measure, Level):
        value, source = row.cells[measure]
        return {"indicator": measure.indicator, "edition": measure.edition, "value": float(value), "source": source}
    ends = [Level(measure.indicator, e) for e in (measure.start, measure.end)]
    return {
        "indicator": measure.indicator,
        "from": measure.start,
        "to": measure.end,
        "values": [float(row.cells[level][0]) for level in ends],
        "change": float(row.figure(measure)),
        **({} if like_for_like is None else {"like_for_like": like_for_like}),
        "sources": [row.cells[level][1] for level in ends],
    }


def country_of(code: str, taxonomy: Taxonomy) -> Json:
    """The code and name of a country."""
    return {"country": code, "name": taxonomy.countries[code].name}


def scales_of(indicators: Iterable[str], taxonomy: Taxonomy) -> list[Json]:
    """What the numbers mean: the name of each indicator and which end of 1 to 10 is worse."""
    known = dict.fromkeys(indicators)
    return [
        {"indicator": i, "name": taxonomy.indicators[i].name, "scale": f"1 to 10, {taxonomy.indicators[i].pillar.direction}"}
        for i in known
    ]


def page_of(rows: Sequence[Json], limit: int, offset: int, tied: Callable[[Json, Json], bool] | None = None) -> Json:
    """The rows from `offset` on, at most `limit`, and where to go on; rows `tied` with the last one are never cut off."""
    end = min(offset + limit, len(rows))
    while tied is not None and offset < end < len(rows) and tied(rows[end - 1], rows[end]):
        end += 1
    return {
        "rows": list(rows[offset:end]),
        "total": len(rows),
        "offset": offset,
        "next_offset": end if end < len(rows) else None,
    }


def missing_of(measure: Measure, why: str, countries: Sequence[str], count: int | None = None) -> Json:
    """A figure that is not there: why, and how many countries lack it; the first of them by name, none where all lack it."""
    edition = measure.edition if isinstance(measure, Level) else measure.start
    return {
        "indicator": measure.indicator,
        "edition": edition,
        "why": why,
        "countries": list(countries[:_MOST_NAMED]),
        "count": len(countries) if count is None else count,
    }


def refused(refusal: Refusal, generation: str, notes: Sequence[str] = ()) -> Json:
    """No figure, and why: the reason for programs in `reason`, in words in `answer`."""
    return {
        "answered": False,
        "answer": refusal.sentence,
        "reason": refusal.reason.value,
        **page_of((), 1, 0),
        "scales": [],
        "notes": list(notes),
        "generation": generation,
    }
