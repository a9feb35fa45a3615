"""The score facts of one build in a DuckDB file. The only module with SQL; every value is bound.

Ranks are competition ranks among the countries that are loaded: 1 is the highest score, ties share the best rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from corpus.errors import IndexDamaged
from corpus.records import Corpus, PrintedRank, Score
from corpus.taxonomy import WORLD, Taxonomy

_SCHEMA = """
create table scores (
    country varchar not null, edition integer not null, indicator varchar not null, value decimal(4, 2) not null,
    source varchar not null, primary key (country, edition, indicator)
);
create table members (grouping varchar not null, country varchar not null, edition integer not null);
create table printed_ranks (
    country varchar not null, edition integer not null, indicator varchar not null, rank integer not null,
    total integer not null, within varchar not null, source varchar not null
);
"""
_SCORE = "select country, edition, indicator, value, source from scores where country = ? and indicator = ? and edition = ?"
_EDITIONS = "select distinct edition from scores where country = ? and indicator = ? order by edition desc"
_COUNTRIES = "select distinct country from scores order by country"
_COUNT = "select count(*) from scores"
_RANKED = """
select s.country, s.value, rank() over (order by s.value desc) as place, count(*) over () as total
from scores s join members m on m.country = s.country and m.edition = s.edition
where s.indicator = ? and s.edition = ? and m.grouping = ?
order by place, s.country
"""
_PRINTED = "select indicator, rank, total, within from printed_ranks where country = ? and edition = ? and indicator = ?"


@dataclass(frozen=True, slots=True)
class RankedScore:
    """A country's place in a ranking: `rank` of `of` loaded countries, and how many share the score, itself included."""

    country: str
    value: float
    rank: int
    of: int
    sharing: int


def write_facts(path: Path, corpus: Corpus, taxonomy: Taxonomy) -> None:
    """Write the facts of a corpus into a new database file."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(_SCHEMA)
        _insert(connection, "scores", ((s.country, s.edition, s.indicator, s.value, s.source) for s in corpus.scores))
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
    """Insert through one multi-row statement a block: a statement a row is a hundred times slower."""
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


class FactStore:
    """Read-only questions to a database of facts. Safe to share between threads: each call has its own cursor."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> FactStore:
        """Open a stored database without write access. Raises IndexDamaged where this version of DuckDB cannot read it."""
        try:
            return cls(duckdb.connect(str(path), read_only=True))
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise IndexDamaged(f"{path.name} cannot be opened ({reason})", "build the index again: ocqa build") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def score(self, country: str, indicator: str, edition: int) -> Score | None:
        """One score, or None where none is loaded."""
        row = self._rows(_SCORE, (country, indicator, edition))
        return Score(row[0][0], row[0][1], row[0][2], float(row[0][3]), row[0][4]) if row else None

    def editions(self, country: str, indicator: str) -> tuple[int, ...]:
        """The editions that have this score, the latest first."""
        return tuple(row[0] for row in self._rows(_EDITIONS, (country, indicator)))

    def countries(self) -> tuple[str, ...]:
        """The countries with any score."""
        return tuple(row[0] for row in self._rows(_COUNTRIES, ()))

    def count(self) -> int:
        """How many scores are stored."""
        return int(self._rows(_COUNT, ())[0][0])

    def ranking(self, indicator: str, edition: int, group: str) -> tuple[RankedScore, ...]:
        """All loaded countries of a group with this score, the highest first, ties by code."""
        rows = self._rows(_RANKED, (indicator, edition, group))
        shared: dict[int, int] = {}
        for _, _, place, _ in rows:
            shared[place] = shared.get(place, 0) + 1
        return tuple(RankedScore(c, float(v), place, total, shared[place]) for c, v, place, total in rows)

    def printed_rank(self, country: str, indicator: str, edition: int, within: str) -> PrintedRank | None:
        """The rank the country's page prints, or None."""
        rows = self._rows(_PRINTED, (country, edition, indicator))
        return next((PrintedRank(*row) for row in rows if row[3] == within), None)

    def _rows(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()
