"""Scores from rows and columns: the part that workbooks and score tables share.

Columns are found by label and never by position: their order and their spelling differ between editions.
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
_COMPARE = "compare with the published figure"


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Says where a cell is, in the words of its kind of file: `cell(row, column)` and `row(row)`, both from 1 and 0."""

    source: str
    sheet: str
    cell: Callable[[int, int], str]

    def at(self, row: int, column: int | None = None) -> str:
        """The place in words, such as "sheet 2021_dataset, cell F12"."""
        where = f"row {row}" if column is None else self.cell(row, column)
        return f"{self.sheet}, {where}" if self.sheet else where


@dataclass(frozen=True, slots=True)
class GridReading:
    """The sound scores of a grid and what was wrong with the rest."""

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
    """Read rows under a header; `edition` is None where each row says its own.

    A bad cell loses itself, an unknown country its row, an average that its parts do not give itself and those parts;
    everything else is read.
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
                number, columns.country, f"{key[0]} {key[1]} stands in row {seen[key]} already; this row is not read", _COMPARE
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
        report(1, None, 'no column "Country" or "iso3"', "give the columns their labels in the first row")
    if edition is None and edition_at is None:
        report(1, None, 'no column "edition"', "add a column with the year of the edition")
    if country is None or (edition is None and edition_at is None):
        return None
    indicators: dict[str, int] = {}
    for at, label in enumerate(folded):
        if not label or label in _OTHER_COLUMNS:
            continue
        indicator = taxonomy.indicator_of_label(label)
        if indicator is None:
            report(1, at, f"the column {str(header[at])!r} is no indicator known here; it is not read", "check its label")
        elif indicator in indicators:
            report(1, at, f"the column {str(header[at])!r} stands twice; the second is not read", "remove one")
        else:
            indicators[indicator] = at
    needed = taxonomy.measured(edition) if edition is not None else ()
    for missing in (i for i in needed if i.id not in indicators):
        report(1, None, f"the column {missing.name!r} is missing", "download the file again, or restore the label")
    groups = tuple(folded.index(label) for label in ("continent", "region") if label in folded)
    return _Columns(country, edition_at, folded.index("source") if "source" in folded else None, groups, indicators)


def _row_key(
    number: int, row: Row, columns: _Columns, edition: int | None, report: _Report, taxonomy: Taxonomy
) -> tuple[str, int] | None:
    label = str(_cell(row, columns.country) or "").strip()
    country = label if label in taxonomy.countries else taxonomy.country_of_label(label)
    if country is None:
        near = process.extractOne(fold(label), taxonomy.country_labels(), score_cutoff=75)
        hint = f"nearest name known: {near[0]}" if near else "the Index scores 193 countries; see corpus/data/countries.csv"
        report(number, columns.country, f"{label!r} is no country that the Index scores; the row is not read", hint)
    if edition is None:
        assert columns.edition is not None
        raw = _cell(row, columns.edition)
        text = str(raw).strip().removesuffix(".0")
        edition = int(text) if text.isdecimal() and int(text) in taxonomy.editions else None
        if edition is None:
            known = ", ".join(map(str, taxonomy.editions))
            report(number, columns.edition, f"{raw!r} is no edition; the row is not read", f"the editions are {known}")
    if country is None or edition is None:
        return None
    for column in columns.groups:
        group = str(_cell(row, column) or "")
        if group and not taxonomy.belongs(country, edition, group):
            known = f"{taxonomy.region(country, edition)}, {taxonomy.continent(country)}"
            report(number, column, f"{country} stands in {group!r}, known here: {known}", _COMPARE, Severity.WARNING)
    return country, edition


def _row_values(number: int, row: Row, edition: int, columns: _Columns, report: _Report, taxonomy: Taxonomy) -> dict[str, float]:
    values: dict[str, float] = {}
    measured = {i.id for i in taxonomy.measured(edition)}
    for indicator, at in columns.indicators.items():
        raw = _cell(row, at)
        name = taxonomy.indicators[indicator].name
        if raw is None or raw == "":
            if indicator in measured:
                report(number, at, f"the cell for {name!r} is empty", "download the file again, or fill it in")
            continue
        value = _number(raw)
        if value is None:
            report(number, at, f"{name!r} holds {str(raw)[:40]!r} where a number belongs", _COMPARE)
        elif not LOWEST <= value <= HIGHEST:
            report(number, at, f"{name!r} is {value:g}, outside 1 to 10", _COMPARE)
        elif indicator not in measured:
            report(number, at, f"{name!r} has a score, but the {edition} edition did not measure it", _COMPARE)
        else:
            values[indicator] = value
    for broken in broken_averages(values, edition, taxonomy):
        report(
            number,
            columns.indicators[broken.average],
            f"{taxonomy.indicators[broken.average].name!r} is {broken.published:.2f}, but its parts give {broken.rebuilt:.2f}; "
            "none of these scores of the row is used",
            _COMPARE,
        )
        values = {k: v for k, v in values.items() if k not in broken.suspects}
    return values


def _cell(row: Row, at: int) -> Cell:
    return row[at] if at < len(row) else None


def _number(raw: Cell) -> float | None:
    """A score as published, to two decimals. Text that only looks like a number in a workbook is not one."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or raw != raw:
        return None
    return round(float(raw) + 1e-9, 2)
