"""The answers to requests for scores as tables: for people, and as rows of a CSV file. Pure: a request's JSON in, tables out.

The words of a table are the taxonomy's; every figure is the request's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.reports.table import Cell, Column, ResultTable, Row, Signed, without_empty
from corpus.taxonomy import Taxonomy
from index.language.phrases import group_in_sentence, in_sentence, rank_words

Found = Mapping[str, Any]
FileRow = dict[str, object]
# The columns of a table with the addresses of its figures.
SOURCES = ("source", "source_from", "source_to")
_SCALES = "high is worse for criminality, better for resilience"


def scores_table(found: Found, taxonomy: Taxonomy) -> ResultTable:
    """A row for each score, with its source."""
    scales = {scale["scale"] for scale in found["scales"]}
    columns = _columns(country="Country", code="Code", indicator="Indicator", edition="Edition", value="Score", source="Source")
    rows = tuple(
        Row(
            r["country"],
            (r["name"], r["country"], taxonomy.indicators[r["indicator"]].name, r["edition"], float(r["value"]), r["source"]),
        )
        for r in found["rows"]
    )
    return ResultTable(f"Scores ({scales.pop() if len(scales) == 1 else f'1 to 10, {_SCALES}'})", columns, rows)


def rank_table(found: Found, taxonomy: Taxonomy) -> ResultTable:
    """The ranking; from the lowest, the place in that order stands beside the rank, which counts from the highest."""
    first = found["rows"][0]
    of, figure = first["of"], first["figures"][0]
    from_highest = all(r["place"] == r["rank"] for r in found["rows"])
    places = {"rank": f"Rank of {of}"} if from_highest else {"place": f"Place of {of}", "rank": "Rank from highest"}
    sources = (
        {"source_from": f"Source {figure['from']}", "source_to": f"Source {figure['to']}"}
        if "change" in figure
        else {"source": "Source"}
    )
    columns = (
        *_columns(**places, country="Country", code="Code"),
        *_figure_columns(figure),
        *_columns(**sources),
    )
    rows = tuple(
        Row(
            r["country"],
            (
                *(rank_words(r[place], r["sharing"]) for place in places),
                *(r["name"], r["country"]),
                *_figure_cells(r["figures"][0], change="change" in figure),
                *(r["figures"][0].get("sources") or [r["figures"][0]["source"]]),
            ),
        )
        for r in found["rows"]
    )
    indicator = taxonomy.indicators[figure["indicator"]]
    within = f"in {group_in_sentence(found['within'], taxonomy)}"
    title = (
        f"Change of {in_sentence(indicator)} {within} from {figure['from']} to {figure['to']}"
        if "change" in figure
        else f"{indicator.name} {within}, {figure['edition']} edition"
    )
    return without_empty(ResultTable(f"{title} ({found['scales'][0]['scale']})", columns, rows))


def compare_table(found: Found, taxonomy: Taxonomy) -> ResultTable:
    """A row for each country and for the mean of each group, a column for each indicator."""
    every: dict[str, Found] = {}
    for row in found["rows"]:
        for figure in row["figures"]:
            every.setdefault(figure["indicator"], figure)
    heads = [column for i, f in every.items() for column in _figure_columns(f, taxonomy.indicators[i].name)]
    rows = []
    for row in found["rows"]:
        own = {figure["indicator"]: figure for figure in row["figures"]}
        cells = [cell for i, f in every.items() for cell in _figure_cells(own.get(i, {}), change="change" in f)]
        rows.append(Row(str(row.get("country", row.get("group"))), (_side(row, taxonomy), *cells)))
    figure = next(iter(every.values()))
    title = f"Change from {figure['from']} to {figure['to']}" if "change" in figure else f"{figure['edition']} edition"
    scales = "; ".join(f"{s['name']}: {s['scale']}" for s in found["scales"] if s["indicator"] in every)
    return without_empty(ResultTable(f"{title} ({scales})", (*_columns(side="Country or mean"), *heads), tuple(rows)))


def profile_table(found: Found, taxonomy: Taxonomy) -> ResultTable:
    """The scores of a country by family, each with its rank in the world and its change since the edition before."""
    since = found["compared_with"]
    columns = _columns(indicator="Indicator", value="Score", change=f"Since {since}", rank="Rank in the world")
    rows = tuple(
        Row(
            s["indicator"],
            (taxonomy.indicators[s["indicator"]].name, float(s["value"]), _signed(s["change"]), _rank(s["world"])),
            _family(s["indicator"], taxonomy),
        )
        for s in found["scores"]
    )
    title = f"{found['name']}, {found['edition']} edition ({_SCALES})"
    return without_empty(ResultTable(title, columns, rows))


def profile_texts(found: Found) -> list[tuple[str, tuple[str, ...]]]:
    """Headings with texts: where the scores are from, what the page says at its head, its sections, and whose words they are.

    A section without paragraphs says why it has none.
    """
    told: list[tuple[str, tuple[str, ...]]] = [("Source", (found["source"],))]
    if found["page"]:
        told.append(("On the page", (" · ".join(f"{label}: {value}" for label, value in found["page"].items()),)))
    for section in found["sections"]:
        since = section["first_covered_in"]
        silence = f"Not covered before the {since} edition." if since else "The loaded page has no text in this section."
        told.append((section["section"], tuple(p["text"] for p in section["passages"]) or (silence,)))
    about = "About this text"
    whose = dict.fromkeys(p["note"].removeprefix(f"{about}: ") for s in found["sections"] for p in s["passages"] if p["note"])
    return [*told, (about, tuple(whose))] if whose else told


def scores_rows(found: Found) -> list[FileRow]:
    """A row for each score, in the request's own names."""
    return [{**row, "value": _number(row["value"])} for row in found["rows"]]


def rank_rows(found: Found) -> list[FileRow]:
    """A row for each country ranked."""
    shared = {"within": found["within"]}
    places = ("place", "rank", "of", "sharing")
    return [
        {**{key: row[key] for key in places}, **shared, **_country(row), **_figure_row(row["figures"][0])}
        for row in found["rows"]
    ]


def compare_rows(found: Found) -> list[FileRow]:
    """A row for each figure; those of groups have no country, and say over how many countries the mean is."""
    return [
        {
            **_country(row),
            "group": row.get("group", ""),
            "countries": row.get("countries", ""),
            "stat": figure.get("stat", ""),
            **_figure_row(figure),
        }
        for row in found["rows"]
        for figure in row["figures"]
    ]


def profile_rows(found: Found) -> list[FileRow]:
    """A row for each score of the profile, without its text."""
    return [
        {
            **_country(found),
            "edition": found["edition"],
            "indicator": score["indicator"],
            "value": _number(score["value"]),
            "compared_with": found["compared_with"] or "",
            "change": _number(score["change"]),
            **_standing("world", score["world"]),
            "region": found["region"],
            **_standing("region", score["region"]),
            "source": score["source"],
        }
        for score in found["scores"]
    ]


# Each request that can be shown as a table, with what makes the table and the rows of a file.
TABLES: Mapping[str, Callable[[Found, Taxonomy], ResultTable]] = {
    "get_scores": scores_table,
    "rank": rank_table,
    "compare": compare_table,
    "profile": profile_table,
}
FILE_ROWS: Mapping[str, Callable[[Found], list[FileRow]]] = {
    "get_scores": scores_rows,
    "rank": rank_rows,
    "compare": compare_rows,
    "profile": profile_rows,
}


def _columns(**labels: str) -> tuple[Column, ...]:
    return tuple(Column(key, label) for key, label in labels.items())


def _figure_columns(figure: Found, name: str = "") -> tuple[Column, ...]:
    """The columns of a figure, which say the name of its indicator where a table has several."""
    of = f"{name} " if name else ""
    if "change" not in figure:
        return _columns(value=name or "Score")
    change, like = ("change", "change, like for like") if name else ("Change", "Like for like")
    return _columns(
        value_from=f"{of}{figure['from']}", value_to=f"{of}{figure['to']}", change=of + change, like_for_like=of + like
    )


def _figure_cells(figure: Found, *, change: bool) -> tuple[Cell, ...]:
    """The cells of a figure; empty ones for a figure that is not there."""
    if not change:
        return (figure.get("value"),)
    before, after = figure.get("values", (None, None))
    return before, after, _signed(figure.get("change")), _signed(figure.get("like_for_like"))


def _figure_row(figure: Found) -> FileRow:
    if "change" not in figure:
        cells = {"edition": figure["edition"], "value": _number(figure["value"]), "source": figure.get("source", "")}
        return {"indicator": figure["indicator"], **cells}
    before, after = figure.get("values", (None, None))
    source_from, source_to = figure.get("sources", ("", ""))
    return {
        "indicator": figure["indicator"],
        "from": figure["from"],
        "to": figure["to"],
        "value_from": _number(before),
        "value_to": _number(after),
        "change": _number(figure["change"]),
        "like_for_like": _number(figure.get("like_for_like")),
        "source_from": source_from,
        "source_to": source_to,
    }


def _country(row: Found) -> FileRow:
    return {"country": row.get("country", ""), "name": row.get("name", "")}


def _side(row: Found, taxonomy: Taxonomy) -> str:
    if "group" not in row:
        return f"{row['name']} ({row['country']})"
    return f"mean of the {row['countries']} countries in {group_in_sentence(row['group'], taxonomy)}"


def _family(indicator: str, taxonomy: Taxonomy) -> str:
    """The heading of an indicator: the average that it is part of; an average of indicators heads its own."""
    parent = taxonomy.indicators[indicator].parent
    if parent is None:
        return "Overall"
    averages = {i.parent for i in taxonomy.indicators.values()}
    return taxonomy.indicators[indicator if indicator in averages else parent].name


def _rank(place: Found) -> str | None:
    return f"{rank_words(place['rank'], place['sharing'])} of {place['of']}" if "rank" in place else None


def _standing(of: str, place: Found | None) -> FileRow:
    known = place or {}
    ranks = {f"{of}_{key}": known.get(key, "") for key in ("rank", "of", "sharing")}
    return {**ranks, f"{of}_mean": _number(known.get("mean"))}


def _signed(value: float | None) -> Signed | None:
    return None if value is None else Signed(value)


def _number(value: float | None) -> Decimal | str:
    """With two decimals, as scores are published; a number, which a spreadsheet does not take for a formula."""
    return "" if value is None else Decimal(f"{value:.2f}")
