"""The real page, the development pages and the official workbook, where they lie beside the project."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import openpyxl
import pytest
from brute import rank, table_of

from corpus.records import Corpus
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_kind import Kind
from index.scores.query import Level, Order, Query
from index.scores.score_store import ScoreStore, write_scores
from index.scores.sql import country_statement


@pytest.fixture(scope="module")
def everything(shared: Path, taxonomy: Taxonomy) -> Corpus:
    return load_corpus([shared / "pages", shared / "pages-dev", shared / "workbook"], taxonomy)


def test_all_of_it_is_read_without_a_problem(everything: Corpus) -> None:
    assert everything.problems == ()
    assert (len(everything.profiles), len(everything.sources)) == (123, 124)
    assert len(everything.scores) == 193 * (30 + 36 + 36)


def test_every_paragraph_stands_where_the_records_say(shared: Path, everything: Corpus) -> None:
    lines = (shared / "pages-dev" / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()
    expected = {}
    for row in map(json.loads, lines):
        expected[row["iso3"], row["edition"], row["section"], row["paragraph"]] = row["text"]
    read = {
        (p.country, p.edition, s.heading, n): text
        for p in everything.profiles
        if p.country != "PER"
        for s in p.sections
        for n, text in enumerate(s.paragraphs, start=1)
    }
    assert read == expected


def test_every_score_is_the_workbook_s(shared: Path, everything: Corpus, taxonomy: Taxonomy) -> None:
    """Read the workbook the obvious way, cell by cell, and compare."""
    book = openpyxl.load_workbook(shared / "workbook" / "global_oc_index.xlsx", data_only=True)
    seen = 0
    for score in everything.scores:
        match = re.search(r"sheet (\d+)_dataset, cell (\w+)$", score.source)
        assert match is not None
        assert int(match[1]) == score.edition
        assert abs(book[f"{match[1]}_dataset"][match[2]].value - score.value) < 0.0051
        seen += 1
    assert seen == 19_686


def test_pages_alone_give_the_scores_that_the_workbook_gives(shared: Path, everything: Corpus, taxonomy: Taxonomy) -> None:
    pages = load_corpus([shared / "pages", shared / "pages-dev"], taxonomy)
    official = {(s.country, s.edition, s.indicator): s.value for s in everything.scores}
    assert len(pages.scores) == 62 * 30 + 61 * 36
    assert [s for s in pages.scores if official[s.country, s.edition, s.indicator] != s.value] == []


def test_the_shipped_page_has_every_figure_of_the_real_one_and_its_shape(shared: Path, taxonomy: Taxonomy) -> None:
    (real,) = load_corpus([shared / "pages"], taxonomy).profiles
    (ours,) = load_corpus([shipped_sources()], taxonomy).profiles
    assert ours.scores == real.scores
    assert (ours.header, ours.ranks, ours.url) == (real.header, real.ranks, real.url)
    shape = [(s.heading, len(s.paragraphs), s.first_edition) for s in real.sections]
    assert [(s.heading, len(s.paragraphs), s.first_edition) for s in ours.sections] == shape
    assert ours.note and not real.note


def test_the_shipped_table_has_every_figure_of_the_workbook(everything: Corpus, taxonomy: Taxonomy) -> None:
    official = {(s.country, s.edition, s.indicator): s.value for s in everything.scores}
    ours = {(s.country, s.edition, s.indicator): s.value for s in load_corpus([shipped_sources()], taxonomy).scores}
    assert ours == official


def test_the_shipped_table_is_what_its_maker_makes_of_the_workbook(shared: Path, taxonomy: Taxonomy) -> None:
    maker = runpy.run_path(str(Path(__file__).parents[1] / "fitting" / "make_world_scores.py"))
    made = maker["as_text"]((shared / "workbook" / "global_oc_index.xlsx").read_bytes(), taxonomy)
    assert (shipped_sources() / maker["TARGET"]).read_text(encoding="utf-8") == made


def test_no_sentence_of_the_real_page_stands_in_ours(shared: Path) -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"[a-z0-9’'-]+", text.lower())

    real = (shared / "pages" / "2021" / "peru.txt").read_text(encoding="utf-8")
    runs = set()
    for line in real.splitlines():
        spoken = words(line)
        runs |= {tuple(spoken[i : i + 7]) for i in range(len(spoken) - 6)} if len(spoken) >= 12 else set()
    for path in (p for p in shipped_sources().rglob("*") if p.is_file()):
        for line in path.read_text(encoding="utf-8").splitlines():
            spoken = words(line)
            assert not runs & {tuple(spoken[i : i + 7]) for i in range(len(spoken) - 6)}, (path.name, line)


def test_ranks_over_the_workbook_are_those_the_pages_print(everything: Corpus, taxonomy: Taxonomy, tmp_path: Path) -> None:
    """World and continent for every page. Regions are left out: the 2021 edition splits the Caribbean by a stray space, the
    2023 edition merges it with Central America."""
    write_scores(tmp_path / "facts.duckdb", everything, taxonomy)
    facts = ScoreStore.open(tmp_path / "facts.duckdb")
    every = sorted(taxonomy.countries)
    table = table_of(facts, every)

    def engine(country: str, indicator: str, edition: int, group: str) -> tuple[int, int]:
        groups = () if group == WORLD else ((group,),)
        ranking = Query(Kind.RANKING, (Level(indicator, edition),), edition, groups=groups, order=Order.HIGHEST)
        row = next(r for r in facts.run(country_statement(ranking)) if r[0] == country)
        return row[1], row[2]

    compared = 0
    for profile in everything.profiles:
        for printed in profile.ranks:
            if printed.within in (WORLD, taxonomy.continent(profile.country)):
                among = set(taxonomy.members(printed.within, profile.edition))
                found = rank(table, profile.country, printed.indicator, profile.edition, among)
                assert found[:2] == (printed.rank, printed.of), (profile.country, profile.edition, printed)
                compared += 1
    assert compared == 4 * 123
    assert {
        (i, g): engine("PER", i, 2021, g) for i in ("criminality", "resilience") for g in (WORLD, "Americas", "South America")
    } == {
        ("criminality", WORLD): (26, 193),
        ("criminality", "Americas"): (9, 35),
        ("criminality", "South America"): (5, 12),
        ("resilience", WORLD): (106, 193),
        ("resilience", "Americas"): (23, 35),
        ("resilience", "South America"): (8, 12),
    }
    facts.close()
