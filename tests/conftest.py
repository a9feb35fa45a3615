from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

# Two workers share two cores; libraries that start a thread for every core would slow each other down.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from building import Nursery, Place, begin
from hypothesis import HealthCheck, settings
from serving import chromium
from sharing import once
from world import page, write_world

from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.builder.build import build_index
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder
from index.evals.evaluate import evaluate
from index.evals.result_file import Result, read_result, to_json
from index.evals.sets import read_sets
from index.generations.snapshot import Snapshot, open_snapshot

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OCQA_SHARED", PROJECT.parent / "shared"))

settings.register_profile("suite", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    # What stands now stands to the end: no collection of garbage need look through it again.
    gc.freeze()


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"needs the folder {SHARED.name} beside the project (or OCQA_SHARED), which is not here")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    encoder = open_encoder()
    gc.freeze()
    return encoder


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> Path:
    def make(folder: Path) -> None:
        build_index(load_corpus([shipped_sources()], taxonomy), folder, encoder, taxonomy)

    return once(tmp_path_factory, "shipped", make)


@pytest.fixture(scope="session")
def shipped(shipped_index: Path) -> Iterator[Snapshot]:
    snapshot = open_snapshot(shipped_index)
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="session")
def south_america_index(
    tmp_path_factory: pytest.TempPathFactory, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> Path:
    """The shipped corpus with the scores of South America alone: what is said where most of the world is missing."""

    def make(folder: Path) -> None:
        whole = load_corpus([shipped_sources()], taxonomy)
        near = set(taxonomy.members("South America", taxonomy.editions[-1]))
        shutil.copytree(world_index, folder)
        build_index(replace(whole, scores=tuple(s for s in whole.scores if s.country in near)), folder, encoder, taxonomy)

    return once(tmp_path_factory, "south-america", make)


@pytest.fixture(scope="session")
def south_america(south_america_index: Path) -> Iterator[Snapshot]:
    snapshot = open_snapshot(south_america_index)
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="session")
def peru_result(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Every other question of the project's own set, measured on the shipped corpus."""
    cases = read_sets([Path(__file__).parent / "data" / "peru_dev.jsonl"])[::2]
    path = once(tmp_path_factory, "peru.json", lambda p: p.write_text(to_json(evaluate(shipped, cases, [])), encoding="utf-8"))
    return read_result(path)


@pytest.fixture(scope="session")
def world_sources(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> Path:
    return write_world(tmp_path_factory.mktemp("world") / "sources", taxonomy)


@pytest.fixture(scope="session")
def world_index(
    tmp_path_factory: pytest.TempPathFactory, world_sources: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> Path:
    def make(folder: Path) -> None:
        build_index(load_corpus([world_sources], taxonomy), folder, encoder, taxonomy)

    return once(tmp_path_factory, "world-index", make)


@pytest.fixture(scope="session")
def world(world_index: Path) -> Iterator[Snapshot]:
    snapshot = open_snapshot(world_index)
    yield snapshot
    snapshot.close()


@pytest.fixture
def rebuilt(
    tmp_path: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> Iterator[Callable[[Mapping[tuple[str, int], Mapping[str, tuple[str, ...]] | None]], Snapshot]]:
    """Builds a small index of pages (country, edition) with these texts, or with those of the invented world for None.

    It follows the index of the invented world, so that vectors of equal texts are taken from there.
    """
    opened: list[Snapshot] = []

    def build(pages: Mapping[tuple[str, int], Mapping[str, tuple[str, ...]] | None]) -> Snapshot:
        for (country, edition), texts in pages.items():
            path = tmp_path / "sources" / str(edition) / f"{country.lower()}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(country, edition, taxonomy, texts), encoding="utf-8")
        shutil.copytree(world_index, tmp_path / "index")
        build_index(load_corpus([tmp_path / "sources"], taxonomy), tmp_path / "index", encoder, taxonomy)
        opened.append(open_snapshot(tmp_path / "index"))
        return opened[-1]

    yield build
    for snapshot in opened:
        snapshot.close()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def begun_index(
    tmp_path_factory: pytest.TempPathFactory, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> Path:
    """What every `Place` begins with: two generations of the invented world."""

    def make(folder: Path) -> None:
        begin(tmp_path_factory.mktemp("begun"), folder, world_index, encoder, taxonomy)

    return once(tmp_path_factory, "begun-index", make)


@pytest.fixture
def place(tmp_path: Path, begun_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> Place:
    return Place(tmp_path, begun_index, encoder, taxonomy)
