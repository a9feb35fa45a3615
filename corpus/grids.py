"""Scores from rows and columns: what workbooks and score tables have in common.

Columns are found by label, never by position: their order and spelling differ between editions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from corpus.figures import HIGHEST, LOWEST
from corpus.integrity import broken_averages
from corpus.naming import fold
from corpus.records import Problem, Score, Severity
from corpus.taxonomy import Taxonomy

Cell = object
Row = Sequence[Cell]
_COUNTRY_COLUMNS = ("country", "iso3", "country code")
_OTHER_COLUMNS = frozenset(("continent", "region", "edition", "year", "source", *_COUNTRY_COLUMNS))
_COMPARE = "correct it to the published figure"


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Says where a cell is, as its kind of file does: `cell(row, column)` names one, rows from 1, columns from 0."""

    source: str
    sheet: str
    cell: Callable[[int, int], str]

    def at(self, row: int, column: int | None = None) -> str:
        """The place in words, such as "sheet 2021_dataset, cell F12"."""
        where = f"row {row}" if column is None else self.cell(row, column)
        return f"{self.sheet}, {where}" if self.sheet else where


@dataclass(frozen=True, slots=True)
class GridReading:
    """The usable scores of a grid, what was wrong with the rest, and the (country, edition) pairs that have a row."""

    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]
    countries: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Columns:
    country: int
    edition: int | None
    source: int | None
    groups: tuple[int, ...]
    indicators: dict[str, int]


def read_grid(
    header: Row, rows: Iterable[tuple[int, Row]], place: GridPlace, edition: int | None, taxonomy: Taxonomy
) -> GridReading:
    """Read the rows below a header; `edition` is None if each row gives its own.

    A bad cell is skipped; so is the row of an unknown country, and an average that does not match its components, together with
    those components. Everything else is read.
    """
    problems: list[Problem] = []

    def report(row: int, column: int | None, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        problems.append(Problem(place.source, place.at(row, column), message, hint, severity))

    columns = _columns(header, edition, report, taxonomy)
    if columns is None:
        return GridReading((), tuple(problems), frozenset())
    scores: list[Score] = []
    seen: dict[tuple[str, int], int] = {}
    for number, row in rows:
        if all(cell is None or cell == "" for cell in row):
            continue
        key = _row_key(number, row, columns, edition, report, taxonomy)
        if key is None:
            continue
        if key in seen:
            report(
                number,
                columns.country,
                f"{key[0]} {key[1]} is already in row {seen[key]}; this row is skipped",
                "keep one of the two rows",
            )
            continue
        seen[key] = number
        values = _row_values(number, row, key[1], columns, report, taxonomy)
        address = str(row[columns.source] or "") if columns.source is not None and columns.source < len(row) else ""
        for indicator, value in values.items():
            cell = f"{place.source}, {place.at(number, columns.indicators[indicator])}"
            scores.append(Score(*key, indicator, value, address or cell))
    return GridReading(tuple(scores), tuple(problems), frozenset(seen))


_Report = Callable[..., None]


def _columns(header: Row, edition: int | None, report: _Report, taxonomy: Taxonomy) -> _Columns | None:
    folded = [fold(str(cell)) if cell is not None else "" for cell in header]
    country = next((folded.index(name) for name in _COUNTRY_COLUMNS if name in folded), None)
    edition_at = next((folded.index(name) for name in ("edition", "year") if name in folded), None)
    if country is None:
        report(1, None, 'there is no column "Country" or "iso3"', "put the labels of the columns into the first row")
    if edition is None and edition_at is None:
        report(1, None, 'there is no column "edition"', "add one with the year of the edition")
    if country is None or (edition is None and edition_at is None):
        return None
    indicators: dict[str, int] = {}
    for at, label in enumerate(folded):
        if not label or label in _OTHER_COLUMNS:
            continue
        indicator = taxonomy.indicator_of_label(label)
        if indicator is None:
            report(1, at, f"the column {str(header[at])!r} is not a known indicator; it is skipped", "check the label")
        elif indicator in indicators:
            report(1, at, f"the column {str(header[at])!r} appears twice; the second is skipped", "remove one of the two")
        else:
            indicators[indicator] = at
    needed = taxonomy.measured(edition) if edition is not None else ()
    for missing in (i for i in needed if i.id not in indicators):
        report(1, None, f"the column {missing.name!r} is missing", "download the file again, or correct the label of the column")
    groups = tuple(folded.index(label) for label in ("continent", "region") if label in folded)
    return _Columns(country, edition_at, folded.index("source") if "source" in folded else None, groups, indicators)


def _row_key(
    number: int, row: Row, columns: _Columns, edition: int | None, report: _Report, taxonomy: Taxonomy
) -> tuple[str, int] | None:
    label = str(_cell(row, columns.country) or "").strip()
    country = label if label in taxonomy.countries else taxonomy.country_of_label(label)
    if country is None:
        near = process.extractOne(fold(label), taxonomy.country_labels(), score_cutoff=75)
        hint = f"the nearest known name is {near[0]}" if near else "use an ISO 3166 code such as PER, or the Index's own spelling"
        report(number, columns.country, f"{label!r} is not a country that the Index scores; the row is skipped", hint)
    if edition is None:
        assert columns.edition is not None
        raw = _cell(row, columns.edition)
        text = str(raw).strip().removesuffix(".0")
        edition = int(text) if text.isdecimal() and int(text) in taxonomy.editions else None
        if edition is None:
            known = ", ".join(map(str, taxonomy.editions))
            report(number, columns.edition, f"{raw!r} is not an edition; the row is skipped", f"the known editions are {known}")
    if country is None or edition is None:
        return None
    for column in columns.groups:
        group = str(_cell(row, column) or "")
        if group and not taxonomy.belongs(country, edition, group):
            known = f"{taxonomy.region(country, edition)}, {taxonomy.continent(country)}"
            report(number, column, f"{country} is listed under {group!r}, but belongs to {known}", _COMPARE, Severity.WARNING)
    return country, edition


def _row_values(number: int, row: Row, edition: int, columns: _Columns, report: _Report, taxonomy: Taxonomy) -> dict[str, float]:
    values: dict[str, float] = {}
    measured = {i.id for i in taxonomy.measured(edition)}
    for indicator, at in columns.indicators.items():
        raw = _cell(row, at)
        name = taxonomy.indicators[indicator].name
        if raw is None or raw == "":
            if indicator in measured:
                report(
                    number, at, f"the score for {name!r} is missing", "download the file again, or fill in the published figure"
                )
            continue
        value = _number(raw)
        if value is None:
            report(number, at, f"the score for {name!r} is {str(raw)[:40]!r}, not a number", _COMPARE)
        elif not LOWEST <= value <= HIGHEST:
            report(number, at, f"the score for {name!r} is {value:g}, outside the scale of 1 to 10", _COMPARE)
        elif indicator not in measured:
            report(
                number,
                at,
                f"there is a score for {name!r}, but the {edition} edition did not measure it",
                "check the edition and the column",
            )
        else:
            values[indicator] = value
    for broken in broken_averages(values, edition, taxonomy):
        report(
            number,
            columns.indicators[broken.average],
            f"{taxonomy.indicators[broken.average].name!r} is {broken.published:.2f}, but the mean of its components is "
            f"{broken.rebuilt:.2f}; none of these scores is used from this row",
            "compare them with the published figures and correct the wrong one",
        )
        values = {k: v for k, v in values.items() if k not in broken.suspects}
    return values


def _cell(row: Row, at: int) -> Cell:
    return row[at] if at < len(row) else None


def _number(raw: Cell) -> float | None:
    """A score as published, to two decimals. In a workbook, text that merely looks like a number is not one."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or raw != raw:
        return None
    return round(float(raw) + 1e-9, 2)
