"""A figure of a table put together from its row and its column, or why there is none. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.figures import HIGHEST, LOWEST
from corpus.grids.cells import Blank, Cell, Row, figure_of, is_empty, text_of, year_of
from corpus.grids.header import Header
from corpus.grids.labels import Role, indicator_in
from corpus.grids.own_columns import own_figure, own_name
from corpus.grids.places import NoCountry, country_in
from corpus.records import Severity
from corpus.taxonomy import Taxonomy

COMPARE = "correct it to the published figure"
_LEFT_OUT = "the row is skipped"
KEPT, KEPT_HINT = "{!r} is no indicator of the Index; its figures are kept as your own", "if it is one, correct the name"


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable figure: where it stands, what it is of, and the address that its row gives, if any; `own` as in `Score`."""

    row: int
    column: int
    country: str
    edition: int
    indicator: str
    value: float
    address: str
    own: bool = False


# Row, column or None for the whole row, message, hint, severity.
Report = Callable[[int, int | None, str, str, Severity], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads the rows below a header. `edition` is that of figures whose row and column name none."""

    header: Header
    edition: int | None
    taxonomy: Taxonomy
    report: Report

    def entries(self, number: int, row: Row) -> Iterator[Entry]:
        """The figures of a row; what is wrong with it is reported."""
        if all(is_empty(cell) for cell in row) or self._repeats_labels(row):
            return
        country = self._country(number, row)
        if isinstance(country, NoCountry):
            self._report_country(number, row, country)
            return
        indicator, own = self._indicator(number, row)
        known, edition = self._edition(number, row)
        if (indicator is None and self.header.is_long) or not known:
            return
        self._check_groups(number, row, country, edition)
        source = self.header.at(Role.SOURCE)
        address = text_of(_cell(row, source)) if source is not None else ""
        for at in self.header.every(Role.VALUE):
            column = self.header.columns[at]
            key = (country or column.country, column.edition or edition or self.edition, indicator or column.indicator)
            if self._contradicts(at, country, indicator):
                continue
            if key[0] is None or key[1] is None or key[2] is None:
                continue
            raw = _cell(row, at)
            value = self._own_value(number, at, raw, key[2]) if own else self._value(number, at, raw, key[2], key[1])
            if value is not None:
                yield Entry(number, at, key[0], key[1], key[2], value, address, own)
        yield from self._own_entries(number, row, country, edition or self.edition, address)

    def _own_entries(self, number: int, row: Row, country: str | None, edition: int | None, address: str) -> Iterator[Entry]:
        for at in self.header.every(Role.OWN):
            column = self.header.columns[at]
            year = column.edition or edition
            value = self._own_value(number, at, _cell(row, at), column.indicator or "")
            if value is not None and country is not None and column.indicator is not None and year is not None:
                yield Entry(number, at, country, year, column.indicator, value, address, own=True)

    def _repeats_labels(self, row: Row) -> bool:
        return [text_of(cell) for cell in row] == [column.label for column in self.header.columns]

    def _country(self, number: int, row: Row) -> str | NoCountry | None:
        """The country of a row, by code or name; None where the columns are countries."""
        code, name = self.header.at(Role.CODE), self.header.at(Role.COUNTRY)
        given = [text_of(_cell(row, at)) for at in (code, name) if at is not None]
        if not given:
            return None
        found = [country_in(label, self.taxonomy) for label in given if label]
        known = [country for country in found if isinstance(country, str)]
        if len(set(known)) > 1:
            return NoCountry(f"the code says {known[0]}, but the name is {given[1]!r}", "correct one of the two")
        if known:
            return known[0]
        return found[-1] if found else NoCountry("the row names no country", "fill in its name or ISO code")

    def _report_country(self, number: int, row: Row, found: NoCountry) -> None:
        at = self.header.at(Role.COUNTRY)
        at = self.header.at(Role.CODE) if at is None else at
        figures = [figure_of(_cell(row, column)) for column in self.header.every(Role.VALUE)]
        if not any(isinstance(figure, float) for figure in figures):
            text = next(text_of(cell) for cell in row if not is_empty(cell))
            if len(row) < 2 or all(isinstance(f, Blank) for f in figures):
                self.report(number, None, f"{text[:80]!r} has no figures beside it; taken as a note", "", Severity.WARNING)
                return
        severity = Severity.WARNING if found.group else Severity.ERROR
        self.report(number, at, f"{found.why}; {_LEFT_OUT}", found.hint, severity)

    def _indicator(self, number: int, row: Row) -> tuple[str | None, bool]:
        """The indicator that a row names, and whether it is none of the Index's."""
        at = self.header.at(Role.INDICATOR)
        if at is None:
            return None, False
        named = None
        for column in self.header.every(Role.INDICATOR):
            named = indicator_in(_cell(row, column), self.taxonomy) or named
        if named is None:
            text = text_of(_cell(row, at))
            name = own_name(text)
            if name is None:
                self.report(number, at, f"{text[:60]!r} is not a known indicator; {_LEFT_OUT}", "check the name", Severity.ERROR)
                return None, False
            self.report(number, at, KEPT.format(name), KEPT_HINT, Severity.WARNING)
            return name, True
        if named[1]:
            self.report(number, at, f"{text_of(_cell(row, at))!r} was read as {named[1]!r}", "correct the name", Severity.WARNING)
        return named[0], False

    def _edition(self, number: int, row: Row) -> tuple[bool, int | None]:
        """Whether the edition that a row names can be used, and the edition; None if the row names none."""
        at = self.header.at(Role.EDITION)
        if at is None:
            return True, None
        raw = _cell(row, at)
        edition = year_of(raw)
        if is_empty(raw) and self.edition is not None:
            return True, None
        if edition not in self.taxonomy.editions:
            known = ", ".join(map(str, self.taxonomy.editions))
            what = f"{text_of(raw)[:40]!r} is not an edition; {_LEFT_OUT}"
            self.report(number, at, what, f"the known editions are {known}", Severity.ERROR)
            return False, None
        return True, edition

    def _check_groups(self, number: int, row: Row, country: str | None, edition: int | None) -> None:
        year = edition or self.edition or self.taxonomy.editions[-1]
        for at in self.header.every(Role.GROUP):
            group = text_of(_cell(row, at))
            if country is not None and group and not self.taxonomy.belongs(country, year, group):
                known = f"{self.taxonomy.region(country, year)}, {self.taxonomy.continent(country)}"
                what = f"{country} is listed under {group!r}, but belongs to {known}"
                self.report(number, at, what, COMPARE, Severity.WARNING)

    def _contradicts(self, at: int, country: str | None, indicator: str | None) -> bool:
        column = self.header.columns[at]
        return (country is not None and column.country is not None and column.country != country) or (
            indicator is not None and column.indicator is not None and column.indicator != indicator
        )

    def _own_value(self, number: int, at: int, raw: Cell, name: str) -> float | None:
        value = own_figure(raw)
        if value is None:
            self.report(number, at, f"the figure for {name!r} is {text_of(raw)[:40]!r}, not a number", "", Severity.ERROR)
        return value if isinstance(value, float) else None

    def _value(self, number: int, at: int, raw: Cell, indicator: str, edition: int) -> float | None:
        name = self.taxonomy.indicators[indicator].name
        value = figure_of(raw)
        measured = self.taxonomy.indicators[indicator].since <= edition
        if value is Blank.EMPTY:
            if measured:
                hint = "download the file again, or fill in the published figure"
                self.report(number, at, f"the score for {name!r} is missing", hint, Severity.ERROR)
        elif value is Blank.NONE:
            if measured:
                self.report(
                    number, at, f"the score for {name!r} is given as {text_of(raw)!r}: none is read", "", Severity.WARNING
                )
        elif value is None:
            self.report(number, at, f"the score for {name!r} is {text_of(raw)[:40]!r}, not a number", COMPARE, Severity.ERROR)
        elif isinstance(value, float) and not LOWEST <= value <= HIGHEST:
            what = f"the score for {name!r} is {value:g}, outside the scale of 1 to 10"
            self.report(number, at, what, COMPARE, Severity.ERROR)
        elif not measured:
            what = f"there is a score for {name!r}, but the {edition} edition did not measure it"
            self.report(number, at, what, "check the edition and the column", Severity.ERROR)
        else:
            return value if isinstance(value, float) else None
        return None


def _cell(row: Row, at: int | None) -> Cell:
    return row[at] if at is not None and at < len(row) else None
