"""The scores of one build in a DuckDB file. Every value is bound; queries arrive as a `Statement`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb

from corpus.errors import IndexDamaged
from corpus.records import Corpus, PrintedRank
from corpus.taxonomy import WORLD, Taxonomy
from index.scores.loaded_scores import LoadedScores
from index.scores.score import OwnFigure, Score
from index.scores.sql import Statement

_SCHEMA = """
create table scores (
    country varchar not null, edition integer not null, indicator varchar not null, value decimal(4, 2) not null,
    source varchar not null, primary key (country, edition, indicator)
);
create table own_figures (
    country varchar not null, edition integer not null, indicator varchar not null, value double not null,
    source varchar not null, primary key (country, edition, indicator)
);
create table members (grouping varchar not null, country varchar not null, edition integer not null);
create table printed_ranks (
    country varchar not null, edition integer not null, indicator varchar not null, rank integer not null,
    total integer not null, within varchar not null, source varchar not null
);
"""
_NAMES = ("scores", "own_figures", "members", "printed_ranks")
_TABLES = "select table_name, table_type from information_schema.tables"
# A view of a file from elsewhere could read any file of this machine.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
    # One question is too little work to share: with more threads it takes longer, and twice the processor.
    "threads": 1,
}
REBUILD = "build the index again: ocqa build"
_CELLS = "select country, edition, indicator from scores"
_VALUES = "select country, edition, indicator, value from scores order by country, edition, indicator"
_OF_COUNTRIES = "select country, indicator, edition, value, source from scores where country in ({marks})"
_OF_EDITIONS = (
    "select country, indicator, edition, value, source from scores where indicator in ({indicators}) and edition in ({editions}) "
    "order by country, indicator, edition"
)
_OWN = "select country, indicator, edition, value, source from own_figures order by indicator, country, edition"
_PRINTED = "select indicator, rank, total, within from printed_ranks where country = ? and edition = ? and indicator = ?"


def write_scores(path: Path, corpus: Corpus, taxonomy: Taxonomy) -> None:
    """Write the scores of a corpus to a new database file. Raises OSError where it cannot be written."""
    try:
        _write(path, corpus, taxonomy)
    except duckdb.IOException as error:
        raise OSError(f"{path.name} could not be written: {str(error).splitlines()[0]}") from error


def _write(path: Path, corpus: Corpus, taxonomy: Taxonomy) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(_SCHEMA)
        _insert(connection, "scores", ((s.country, s.edition, s.indicator, s.value, s.source) for s in corpus.scores))
        _insert(connection, "own_figures", ((s.country, s.edition, s.indicator, s.value, s.source) for s in corpus.own_figures))
        _insert(connection, "members", _memberships(taxonomy))
        _insert(
            connection,
            "printed_ranks",
            ((p.country, p.edition, r.indicator, r.rank, r.of, r.within, p.url) for p in corpus.profiles for r in p.ranks),
        )


def _memberships(taxonomy: Taxonomy) -> Iterable[tuple[str, str, int]]:
    for edition in taxonomy.editions:
        for group in (WORLD, *taxonomy.groups):
            for country in taxonomy.members(group, edition):
                yield group, country, edition


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert a block of rows with each statement: one statement a row is a hundred times slower."""
    block: list[tuple[object, ...]] = []
    for row in rows:
        block.append(row)
        if len(block) == 1000:
            _insert_block(connection, table, block)
            block = []
    if block:
        _insert_block(connection, table, block)


def _insert_block(connection: duckdb.DuckDBPyConnection, table: str, block: Sequence[tuple[object, ...]]) -> None:
    marks = ", ".join(["(" + ", ".join("?" * len(block[0])) + ")"] * len(block))
    connection.execute(f"insert into {table} values {marks}", [value for row in block for value in row])


_ScoresOfOne = Mapping[tuple[str, int], tuple[Decimal, str]]


class ScoreStore:
    """Read-only access to a database of scores. Safe to share between threads: each call has its own cursor."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        # Scores once read stay valid: a stored database never changes.
        self._of_countries: dict[str, _ScoresOfOne] = {}

    @classmethod
    def open(cls, path: Path) -> ScoreStore:
        """Open a stored database without write access; nothing in it can reach another file or the network.

        Raises IndexDamaged where this version of DuckDB cannot read it, or it has other tables than a build writes.
        """
        try:
            connection = duckdb.connect(str(path), read_only=True, config=_CLOSED)
            found = dict(connection.execute(_TABLES).fetchall())
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise IndexDamaged(f"{path.name} cannot be opened ({reason})", REBUILD) from error
        if found != dict.fromkeys(_NAMES, "BASE TABLE"):
            connection.close()
            raise IndexDamaged(f"{path.name} has other tables than a build writes", REBUILD)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def loaded(self) -> LoadedScores:
        """Which scores are stored."""
        return LoadedScores.of(self._rows(_CELLS, ()))

    def run(self, statement: Statement) -> list[tuple[Any, ...]]:
        """The rows a statement returns."""
        return self._rows(statement.sql, statement.values)

    def scores_of(self, countries: Sequence[str]) -> dict[str, _ScoresOfOne]:
        """Every score of these countries with its source: by country, then (indicator, edition)."""
        unread = [country for country in countries if country not in self._of_countries]
        if unread:
            found: dict[str, dict[tuple[str, int], tuple[Decimal, str]]] = {country: {} for country in unread}
            sql = _OF_COUNTRIES.format(marks=", ".join("?" * len(unread)))
            for country, indicator, edition, value, source in self._rows(sql, unread):
                found[country][indicator, edition] = (value, source)
            self._of_countries.update(found)
        return {country: self._of_countries[country] for country in countries}

    def scores_in(self, indicators: Sequence[str], editions: Sequence[int]) -> tuple[Score, ...]:
        """Every score for these indicators in these editions, ordered by country, indicator and edition."""
        if not indicators or not editions:
            return ()
        marks = {"indicators": ", ".join("?" * len(indicators)), "editions": ", ".join("?" * len(editions))}
        return tuple(Score(*row) for row in self._rows(_OF_EDITIONS.format(**marks), (*indicators, *editions)))

    def all_scores(self) -> dict[tuple[str, int, str], Decimal]:
        """Every score by country, edition and indicator."""
        return {(country, edition, indicator): value for country, edition, indicator, value in self._rows(_VALUES, ())}

    def own_figures(self) -> tuple[OwnFigure, ...]:
        """Every figure of indicators that the Index does not have, by indicator, country and edition."""
        return tuple(OwnFigure(*row) for row in self._rows(_OWN, ()))

    def count(self) -> int:
        """How many scores are stored."""
        return len(self._rows(_CELLS, ()))

    def printed_rank(self, country: str, indicator: str, edition: int, within: str) -> PrintedRank | None:
        """The rank given on the country's page, or None."""
        rows = self._rows(_PRINTED, (country, edition, indicator))
        return next((PrintedRank(*row) for row in rows if row[3] == within), None)

    def _rows(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()


class ScoreBook(Protocol):
    """What a query runs on: names, the stored scores, and which of them are loaded. A snapshot is one."""

    @property
    def taxonomy(self) -> Taxonomy:
        """Countries, groups and indicators."""

    @property
    def score_store(self) -> ScoreStore:
        """The stored scores."""

    @property
    def loaded(self) -> LoadedScores:
        """Which scores are loaded."""
