"""Conditions that add points to another score: "human trafficking at least 3 points above heroin trade"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from workbook import Term, World

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.typed_results import SetResult
from index.scores.query import Condition, Level, Op, Query
from index.scores.query_text import query_words
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook

TAXONOMY = load_taxonomy()
CONTINENTS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
PEOPLE, HEROIN = Level("human_trafficking", 2025), Level("heroin_trade", 2025)


@pytest.mark.parametrize(
    ("op", "plus", "words"),
    [
        (Op.AT_LEAST, Decimal(3), "at least 3.00 points above heroin trade in 2025"),
        (Op.ABOVE, Decimal(3), "more than 3.00 points above heroin trade in 2025"),
        (Op.AT_MOST, Decimal(-2), "at least 2.00 points below heroin trade in 2025"),
        (Op.BELOW, Decimal(-2), "more than 2.00 points below heroin trade in 2025"),
        (Op.BELOW, Decimal("0.5"), "less than 0.50 points above heroin trade in 2025"),
    ],
)
def test_the_countries_so_many_points_apart(op: Op, plus: Decimal, words: str, whole: ScoreBook, official: World) -> None:
    query = Query(Kind.SET, (PEOPLE,), 2025, where=((Condition(PEOPLE, op, HEROIN, plus),),))
    met = {
        Op.AT_LEAST: Decimal.__ge__,
        Op.ABOVE: Decimal.__gt__,
        Op.AT_MOST: Decimal.__le__,
        Op.BELOW: Decimal.__lt__,
    }[op]
    expected = {
        country
        for country in set().union(*(official.groups[2025, c] for c in CONTINENTS))
        if met(
            official.value(country, Term("human_trafficking", 2025)), official.value(country, Term("heroin_trade", 2025)) + plus
        )
    }
    result = result_of(whole, query).result
    assert isinstance(result, SetResult)
    assert set(result.countries) == expected
    assert words in query_words(query, TAXONOMY)
