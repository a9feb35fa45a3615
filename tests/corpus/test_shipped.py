"""The corpus that ships: every published score of the world, and the page of Peru."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest
from brute import rank

from corpus.integrity import broken_averages
from corpus.records import Corpus
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import WORLD, Taxonomy


@pytest.fixture(scope="module")
def everything(taxonomy: Taxonomy) -> Corpus:
    return load_corpus([shipped_sources()], taxonomy)


def test_every_country_has_every_figure_that_its_editions_measured(everything: Corpus, taxonomy: Taxonomy) -> None:
    assert everything.problems == ()
    measured = {(c, e, i.id) for c in taxonomy.countries for e in taxonomy.editions for i in taxonomy.measured(e)}
    assert {(s.country, s.edition, s.indicator) for s in everything.scores} == measured
    assert len(everything.scores) == len(measured) == 19_686


def test_every_average_is_the_mean_of_its_parts(everything: Corpus, taxonomy: Taxonomy) -> None:
    rows: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for score in everything.scores:
        rows[score.country, score.edition][score.indicator] = score.value
    assert [key for key, values in rows.items() if broken_averages(values, key[1], taxonomy)] == []


def test_the_ranks_that_the_page_prints_are_those_of_the_table(everything: Corpus, taxonomy: Taxonomy) -> None:
    table = {(s.country, s.indicator, s.edition): s.value for s in everything.scores}
    (peru,) = everything.profiles
    assert len(peru.ranks) == 6
    for printed in peru.ranks:
        among = set(taxonomy.countries if printed.within == WORLD else taxonomy.members(printed.within, peru.edition))
        assert rank(table, "PER", printed.indicator, peru.edition, among)[:2] == (printed.rank, printed.of), printed


def test_every_row_names_the_page_that_publishes_it() -> None:
    with (shipped_sources() / "scores" / "world.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 193 * 3
    assert len({row["source"] for row in rows}) == len(rows)
    assert all(row["source"].startswith(f"https://ocindex.net/{row['edition']}/country/") for row in rows)
