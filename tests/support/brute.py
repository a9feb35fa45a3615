"""Answers worked out the obvious way from a plain dictionary of scores, to check the engine against."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from index.scores.score_store import ScoreStore

Table = Mapping[tuple[str, str, int], Decimal]


def table_of(score_store: ScoreStore, countries: list[str]) -> dict[tuple[str, str, int], Decimal]:
    """Every stored score by country, indicator and edition."""
    return {(c, i, e): value for c, scores in score_store.scores_of(countries).items() for (i, e), (value, _) in scores.items()}


def rank(table: Table, country: str, indicator: str, edition: int, among: set[str]) -> tuple[int, int, int]:
    """A country's competition rank, of how many, and how many share it."""
    values = [table[c, indicator, edition] for c in among if (c, indicator, edition) in table]
    own = table[country, indicator, edition]
    return 1 + sum(v > own for v in values), len(values), values.count(own)
