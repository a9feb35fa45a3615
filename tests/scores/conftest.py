from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from plain_scores import Plain

from corpus.records import Corpus
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.scores.loaded_scores import LoadedScores
from index.scores.score_store import ScoreStore, write_scores

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "questions" / "score_sets"))
from workbook import DATA, World, read_world


@dataclass(frozen=True)
class Book:
    """The scores of one build, as `run_query` reads them, and the same as plain numbers."""

    taxonomy: Taxonomy
    score_store: ScoreStore
    loaded: LoadedScores
    plain: Plain


def opened(folder: Path, corpus: Corpus, taxonomy: Taxonomy, plain: Plain) -> Book:
    write_scores(folder / "scores.duckdb", corpus, taxonomy)
    store = ScoreStore.open(folder / "scores.duckdb")
    return Book(taxonomy, store, store.loaded(), plain)


@pytest.fixture(scope="package")
def official(shared: Path) -> World:
    """The official workbook, read by code that shares nothing with the program."""
    return read_world(shared / "workbook" / "global_oc_index.xlsx", DATA)


@pytest.fixture(scope="package")
def whole(shared: Path, official: World, taxonomy: Taxonomy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Every score of the official workbook."""
    corpus = load_corpus([shared / "workbook"], taxonomy)
    book = opened(tmp_path_factory.mktemp("whole"), corpus, taxonomy, Plain(official.values, official.groups))
    yield book
    book.score_store.close()


@pytest.fixture(scope="package")
def gappy(shared: Path, official: World, taxonomy: Taxonomy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A third of the countries, with a tenth of their scores missing."""
    corpus = load_corpus([shared / "workbook"], taxonomy)
    draw = random.Random(3)
    countries = set(draw.sample(sorted(official.countries), 64))
    kept = tuple(s for s in corpus.scores if s.country in countries and draw.random() > 0.1)
    cells = {(s.edition, s.country, s.indicator) for s in kept}
    plain = Plain({key: value for key, value in official.values.items() if key in cells}, official.groups)
    book = opened(tmp_path_factory.mktemp("gappy"), Corpus((), kept, (), ()), taxonomy, plain)
    yield book
    book.score_store.close()


@pytest.fixture(scope="package", params=["whole", "gappy"])
def book(request: pytest.FixtureRequest) -> Book:
    """The whole workbook, then the part of it with gaps."""
    found: Book = request.getfixturevalue(request.param)
    return found
