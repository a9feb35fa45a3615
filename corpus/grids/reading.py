"""Scores from rows and columns: found by label, never by position, checked, each with its place.

A table may be wide (a column for each indicator), long (a row for each figure), have its years or its countries in columns, and
begin with titles. What cannot be used is reported; the rest is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.grids.alike import joined_alike
from corpus.grids.cells import Row, figure_of, is_empty, year_of
from corpus.grids.entries import KEPT, KEPT_HINT, Entry, Rows
from corpus.grids.header import MOST_COLUMNS, Header, find_header, first_filled
from corpus.grids.labels import Column, Role, is_derived
from corpus.grids.own_columns import with_own_columns
from corpus.grids.place import GridPlace
from corpus.integrity import broken_averages
from corpus.records import Problem, Score, Severity
from corpus.taxonomy import Taxonomy

# More faults than these are no slips.
MOST_PROBLEMS = 2_000


@dataclass(frozen=True, slots=True)
class GridReading:
    """The usable scores of a grid, what was wrong with the rest, and the (country, edition) pairs that have a row.

    `is_table` is False if nothing in it looks like a table of scores; then `numbers` is how many numbers it has.
    """

    scores: tuple[Score, ...]
    problems: tuple[Problem, ...]
    countries: frozenset[tuple[str, int]]
    is_table: bool = True
    numbers: int = 0


def read_grid(
    rows: Iterable[tuple[int, Row]], place: GridPlace, edition: int | None, taxonomy: Taxonomy, *, official: bool = False
) -> GridReading:
    """Read numbered rows, titles and labels included; `edition` is that of figures that do not say theirs, None if unknown.

    A bad cell is skipped; so is the row of an unknown country, and an average that does not match its components, together with
    those components. Everything else is read. `official`: an edition's every indicator is expected.
    """
    return _Reading(place, edition, taxonomy, official).read(list(rows))


@dataclass
class _Reading:
    place: GridPlace
    edition: int | None
    taxonomy: Taxonomy
    official: bool
    problems: list[Problem] = field(default_factory=list)

    def read(self, rows: list[tuple[int, Row]]) -> GridReading:
        rows = self._narrowed(rows)
        header = find_header(rows, self.taxonomy)
        if header is None:
            self._complain(first_filled(rows, self.taxonomy))
            numbers = sum(isinstance(figure_of(cell), float) for _, row in rows for cell in row)
            return GridReading((), tuple(self.problems), frozenset(), is_table=False, numbers=numbers)
        names = [header.columns[at].label.casefold() for at in (*header.every(Role.COUNTRY), *header.every(Role.CODE))]
        if len(set(names)) < len(names):
            what = f"several columns are labelled {max(names, key=names.count)!r}: tables side by side are not read"
            self.report(header.row, None, what, "put one below the other, or each on a sheet of its own")
            return GridReading((), tuple(self.problems), frozenset())
        header = self._checked(self._with_own(header, rows))
        edition = self._edition_of(header)
        if edition is None and not header.names_editions:
            hint = "add one with the year of the edition, or import the file with --edition"
            self.report(header.row, None, 'there is no column "edition"', hint)
            return GridReading((), tuple(self.problems), frozenset())
        entries = self._entries(Rows(header, edition, self.taxonomy, self.report), rows)
        kept = self._sound(self._once(entries, header), header)
        scores = tuple(self._score(entry) for entry in kept)
        found = frozenset((entry.country, entry.edition) for entry in entries)
        return GridReading(scores, joined_alike(self.problems), found)

    def _narrowed(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        """The rows without columns that no table of scores has."""
        wide = next((number for number, row in rows if len(row) > MOST_COLUMNS), None)
        if wide is None:
            return rows
        what = f"the table has more than {MOST_COLUMNS:,} columns; the others are not read"
        self.report(wide, None, what, "check that it is the right file")
        return [(number, row[:MOST_COLUMNS]) for number, row in rows]

    def _entries(self, below: Rows, rows: list[tuple[int, Row]]) -> list[Entry]:
        """The figures below the labels; a table with little but faults is not read to its end."""
        entries: list[Entry] = []
        for number, row in rows:
            if number <= below.header.row:
                continue
            if len(self.problems) > MOST_PROBLEMS:
                what = f"more than {MOST_PROBLEMS:,} faults; the table is not read from here on"
                self.report(number, None, what, "check that it is the right file")
                break
            banner = self._banner(row, below.header)
            if banner is not None:
                below = replace(below, edition=banner)
            entries += below.entries(number, row)
        return entries

    def _banner(self, row: Row, header: Header) -> int | None:
        """The edition of the rows below a row that has nothing but a title with a year, where rows do not say theirs."""
        filled = [cell for cell in row if not is_empty(cell)]
        year = year_of(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) else None
        return year if year in self.taxonomy.editions and not header.names_editions else None

    def report(self, row: int, column: int | None, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(self.place.source, self.place.at(row, column), message, hint, severity))

    def _complain(self, header: Header | None) -> None:
        """Why rows without the labels of a table of scores are none."""
        if header is None:
            return
        if header.at(Role.COUNTRY) is None and header.at(Role.CODE) is None:
            labels = ", ".join(column.label for column in header.columns if column.label)
            what = f'there is no column "Country" or "iso3" (labels found: {labels[:120] or "none"})'
            hint = 'label the column of the countries "country"; where countries stand across, that of the indicators "indicator"'
            self.report(header.row, None, what, hint)
            return
        self._unknown(header)
        self.report(header.row, None, "there is no column of an indicator", "label the columns with the names of the indicators")

    def _with_own(self, header: Header, rows: list[tuple[int, Row]]) -> Header:
        """The header with a person's own indicators, each of which is named; the Index's workbook has none."""
        if self.official:
            return header
        header = with_own_columns(header, rows, self.taxonomy)
        for at in header.every(Role.OWN):
            self.report(header.row, at, KEPT.format(header.columns[at].label), KEPT_HINT, Severity.WARNING)
        return header

    def _checked(self, header: Header) -> Header:
        """The header without columns that cannot be used, each of which is named."""
        seen: dict[tuple[object, ...], int] = {}
        columns = list(header.columns)
        for at, column in enumerate(columns):
            key = (column.role, column.indicator, column.edition, column.country)
            if column.role is Role.VALUE:
                if column.edition is not None and column.edition not in self.taxonomy.editions:
                    known = ", ".join(map(str, self.taxonomy.editions))
                    what = f"the column {column.label!r} is of {column.edition}, which is not an edition; it is skipped"
                    self.report(header.row, at, what, f"the known editions are {known}")
                elif not header.is_long and column.indicator is None:
                    self._skipped(header.row, at, column)
                elif key in seen:
                    what = f"the column {column.label!r} appears twice; neither is used"
                    self.report(header.row, at, what, "remove one of the two, or say in the labels how they differ")
                    columns[seen[key]] = Column(Role.BESIDE, columns[seen[key]].label)
                else:
                    seen[key] = at
                    if column.unsure:
                        what = f"the column {column.label!r} was read as {column.unsure!r}"
                        self.report(header.row, at, what, "correct the label of the column", Severity.WARNING)
                    continue
                columns[at] = Column(Role.BESIDE, column.label)
        self._unknown(header)
        derived = ", ".join(column.label for column in header.columns if column.role is Role.BESIDE and is_derived(column.label))
        if derived:
            what = f"beside the scores stand columns that are not read: {derived[:200]}"
            self.report(header.row, None, what, "", Severity.WARNING)
        if self.official and self.edition is not None:
            labelled = {column.indicator for column in columns}
            for missing in (i for i in self.taxonomy.measured(self.edition) if i.id not in labelled):
                hint = "download the file again, or correct the label of the column"
                self.report(header.row, None, f"the column {missing.name!r} is missing", hint)
        return Header(header.row, tuple(columns), header.title_edition)

    def _unknown(self, header: Header) -> None:
        for at, column in enumerate(header.columns):
            if column.role is Role.UNKNOWN:
                self._skipped(header.row, at, column)

    def _skipped(self, row: int, at: int, column: Column) -> None:
        self.report(row, at, f"the column {column.label[:60]!r} is not a known indicator; it is skipped", "check the label")

    def _edition_of(self, header: Header) -> int | None:
        if self.edition is not None or header.title_edition is None:
            return self.edition
        if not header.names_editions:
            what = f"the edition {header.title_edition} was taken from the title above the table"
            self.report(1, None, what, 'add a column "edition" if that is wrong', Severity.WARNING)
        return header.title_edition

    def _once(self, entries: list[Entry], header: Header) -> list[Entry]:
        """Each figure once: the first; a row that says otherwise is named."""
        first: dict[tuple[str, int, str], Entry] = {}
        named: set[int] = set()
        for entry in entries:
            kept = first.setdefault((entry.country, entry.edition, entry.indicator), entry)
            if kept.value != entry.value and entry.row not in named and kept.row != entry.row:
                named.add(entry.row)
                what = f"{entry.country} {entry.edition} is already in row {kept.row}; this row is skipped"
                self.report(entry.row, self._name_column(header), what, "keep one of the two rows")
            elif kept.value != entry.value and entry.row not in named:
                what = f"{entry.country} {entry.edition} has two figures for {entry.indicator!r}; the first is used"
                self.report(entry.row, entry.column, what, "keep one of the two")
        return list(first.values())

    def _name_column(self, header: Header) -> int | None:
        at = header.at(Role.COUNTRY)
        return header.at(Role.CODE) if at is None else at

    def _sound(self, entries: list[Entry], header: Header) -> list[Entry]:
        """Without averages that their parts do not give, and those parts."""
        rows: dict[tuple[str, int], dict[str, Entry]] = {}
        for entry in entries:
            rows.setdefault((entry.country, entry.edition), {})[entry.indicator] = entry
        for (_, edition), row in rows.items():
            whole = dict(row)
            for broken in broken_averages({i: e.value for i, e in whole.items()}, edition, self.taxonomy):
                at, name = whole[broken.average], self.taxonomy.indicators[broken.average].name
                self.report(
                    at.row,
                    at.column,
                    f"{name!r} is {broken.published:.2f}, but the mean of its components "
                    f"is {broken.rebuilt:.2f}; none of these scores is used from this row",
                    "compare them with the published figures and correct the wrong one",
                )
                for suspect in broken.suspects:
                    row.pop(suspect, None)
        return [entry for row in rows.values() for entry in row.values()]

    def _score(self, entry: Entry) -> Score:
        where = f"{self.place.source}, {self.place.at(entry.row, entry.column)}"
        return Score(entry.country, entry.edition, entry.indicator, entry.value, entry.address or where, entry.own)
