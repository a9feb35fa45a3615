"""The rows of requests without nesting: one row for each figure, one for each passage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.api.table import Row, Table
from app.programs.rows import scales_of
from corpus.taxonomy import Taxonomy

COUNTRY = ("country", "name")
LEVEL = ("indicator", "edition", "value", "source")
CHANGE = ("indicator", "from", "to", "value_from", "value_to", "change", "like_for_like", "source_from", "source_to")
RANKED = (*COUNTRY, "rank", "of", "sharing", "place")
FACT = (*COUNTRY, *LEVEL[:3], "rank", "of", "within", "sharing", "source")
PASSAGE = (
    *("country", "edition", "section", "paragraph", "indicator", "title", "text", "quote", "score", "source"),
    *("restated", "id", "kind"),
)
_PASSAGE_SHOWN = ("country", "edition", "section", "paragraph", "text", "source")

Json = Mapping[str, Any]


def figure_table(found: Json, columns: Sequence[str]) -> Table:
    """A table with one row for each figure of each row of a request's answer."""
    rows = ({"name": row.get("group"), **row, **_flat(figure)} for row in found["rows"] for figure in row["figures"])
    return answer_table(found, rows, tuple(dict.fromkeys(columns)))


def answer_table(found: Json, rows: Iterable[Json], columns: tuple[str, ...], shown: tuple[str, ...] = ()) -> Table:
    """A table with these columns, and with what the request's answer says around its rows."""
    return Table(
        rows=in_columns(rows, columns),
        columns=columns,
        answer=found.get("answer", ""),
        answered=found.get("answered", True),
        notes=tuple(found.get("notes", ())),
        missing=tuple(found.get("missing", ())),
        scales=tuple(found.get("scales", ())),
        shown=shown,
    )


def passage_table(found: Json, passages: Sequence[Json]) -> Table:
    """A table of passages; that some are restated, not quoted, is said once in its notes."""
    notes = dict.fromkeys(passage["note"] for passage in passages if passage["note"])
    rows = (
        {**passage, "quote": " … ".join(passage["text"][a:b] for a, b in passage["highlight"]), "restated": bool(passage["note"])}
        for passage in passages
    )
    return answer_table({**found, "notes": [*found.get("notes", ()), *notes]}, rows, PASSAGE, _PASSAGE_SHOWN)


def fact_table(facts: Iterable[Json], taxonomy: Taxonomy) -> Table:
    """A table of the scores beside an answer; a rank is set where the answer is about one."""
    rows = in_columns(({**fact, "name": taxonomy.countries[fact["country"]].name} for fact in facts), FACT)
    scales = scales_of((row["indicator"] for row in rows), taxonomy)
    ranked = any(row["rank"] is not None for row in rows)
    return Table(rows, FACT, scales=tuple(scales), shown=() if ranked else (*COUNTRY, *LEVEL))


def in_columns(rows: Iterable[Json], columns: Sequence[str]) -> tuple[Row, ...]:
    """The rows with these keys alone, and None where one has nothing under a key."""
    return tuple({column: row.get(column) for column in columns} for row in rows)


def _flat(figure: Json) -> Json:
    """A score as it is, or a change with the values and sources of its two editions under names of their own."""
    flat = {name: value for name, value in figure.items() if name not in ("values", "sources")}
    for field, name in (("values", "value"), ("sources", "source")):
        if field in figure:
            flat[f"{name}_from"], flat[f"{name}_to"] = figure[field]
    return flat
