"""Search in many vectors: slices against brute force, lists against exact search, and what a build says of its choice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexDamaged
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import BuildSettings, build_index
from index.builder.report import BuildOutcome
from index.builder.verify import failed_conditions
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations import folders
from index.generations.snapshot import Snapshot, open_snapshot
from index.passages.passage import Passage, PassageKind
from index.passages.passage_file import places_of
from index.retrieval.candidates import allowed_passages
from index.stores.bm25_index import Bm25Index, best
from index.stores.ivf_index import IvfIndex
from index.stores.ivf_tuning import CROSSING, SearchWay, choose, held_out, noisy, recalls, worth_lists
from index.stores.row_ranges import Runs
from index.stores.vector_index import VectorIndex

RANGES = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=6)


def rows_of(ranges: Sequence[tuple[int, int]]) -> list[int]:
    return sorted({row for start, end in ranges for row in range(start, end)})


def clouds(count: int, seed: int = 0) -> np.ndarray:
    """Unit rows in a few dozen clouds, as texts on a few dozen topics are."""
    generator = np.random.default_rng(seed)
    middles = generator.normal(size=(40, 32)).astype(np.float32)
    rows = middles[generator.integers(0, 40, count)] + 0.5 * generator.normal(size=(count, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(RANGES, st.integers(0, 60))
def test_runs_are_sets_of_rows(ranges: list[tuple[int, int]], count: int) -> None:
    runs, rows = Runs.of(ranges), rows_of(ranges)
    assert (
        len(runs) == len(rows)
        and runs.rows().tolist() == rows == Runs.of((row, row + 1) for row in reversed(rows)).rows().tolist()
    )
    assert np.all(runs.starts < runs.ends) and np.all(runs.ends[:-1] < runs.starts[1:])
    inside = [row for row in rows if 0 <= row < count]
    assert runs.within(count).rows().tolist() == inside
    bits = np.unpackbits(runs.within(count).bits(count), bitorder="little")
    assert np.flatnonzero(bits).tolist() == inside


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4), st.lists(st.integers(0, 3), min_size=12, max_size=12)
)
def test_rows_that_rows_own_are_runs_too(ranges: list[tuple[int, int]], counts: list[int]) -> None:
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    owned = Runs.of(ranges).owned(starts)
    assert owned.rows().tolist() == [row for p in rows_of(ranges) for row in range(starts[p], starts[p + 1])]
    assert np.all(owned.starts < owned.ends) and np.all(owned.ends[:-1] < owned.starts[1:])


# So many rows that several runs are searched as slices, and so few that they are searched through one bitmap.
@pytest.mark.parametrize("times", [1, 600])
def test_search_within_runs_is_brute_force_and_ties_go_by_row(times: int) -> None:
    @given(st.lists(st.integers(0, 3), min_size=1 if times == 1 else 40, max_size=50), RANGES | st.none(), st.integers(1, 60))
    def check(kinds: list[int], ranges: list[tuple[int, int]] | None, k: int) -> None:
        kinds = kinds * times
        ranges = ranges and [(start * times, end * times) for start, end in ranges]
        # Similarities of 0.75, 0.5, 0.25 and 0, without a digit to round, so that very many rows are equally close.
        rows = np.eye(4, dtype=np.float32)[kinds]
        query = np.array([0.75, 0.5, 0.25, 0], dtype=np.float32)
        found = VectorIndex.from_vectors(rows).search(query, k, None if ranges is None else Runs.of(ranges))
        permitted = [r for r in (range(len(kinds)) if ranges is None else rows_of(ranges)) if 0 <= r < len(kinds)]
        expected = sorted(permitted, key=lambda row: (-float(query[kinds[row]]), row))[:k]
        assert found == [(row, float(query[kinds[row]])) for row in expected]

    check()


def test_a_mapped_file_is_searched_like_the_vectors_it_was_written_from(tmp_path: Path) -> None:
    rows = clouds(3000)
    index = VectorIndex.from_vectors(rows)
    index.save(tmp_path / "x.faiss")
    mapped = VectorIndex.load(tmp_path / "x.faiss")
    query, country = noisy(rows[:1])[0], Runs.of([(100, 900), (2000, 2100)])
    for allowed in (None, country, Runs.of([])):
        assert mapped.search(query, 20, allowed) == index.search(query, 20, allowed)
    assert np.array_equal(mapped.vector(7), rows[7]) and mapped.is_of_unit_length(1e-3)
    # The file may be removed while it is mapped, as an old generation is.
    (tmp_path / "x.faiss").unlink()
    assert mapped.search(query, 20, country) == index.search(query, 20, country)


def test_lists_find_what_exact_search_finds(tmp_path: Path) -> None:
    rows = clouds(4000)
    exact = VectorIndex.from_vectors(rows)
    listed, choice = exact.with_lists(SearchWay.APPROXIMATE)
    assert (choice.way, choice.rows) == (SearchWay.APPROXIMATE, 4000)
    assert choice.recall >= 0.99 and 0 < choice.probes < choice.lists
    listed.save(tmp_path / "x.faiss")
    listed.save_lists(tmp_path / "lists.faiss")
    listed = VectorIndex.load(tmp_path / "x.faiss", tmp_path / "lists.faiss")
    # Other queries than those that the probes were chosen by.
    queries = noisy(rows[::20], seed=1)
    most = Runs.of([(0, 1500), (2000, 3900)])
    for allowed in (None, most):
        true = np.array([[row for row, _ in exact.search(q, 10, allowed)] for q in queries])
        found = [listed.search(q, 10, allowed) for q in queries]
        assert recalls([np.array([row for row, _ in f]) for f in found], true).mean() >= 0.97
        for query, pairs in zip(queries, found, strict=True):
            assert np.allclose([s for _, s in pairs], rows[[r for r, _ in pairs]] @ query, atol=1e-6)
            assert pairs == sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    # A country is few rows: searched exactly, lists or not.
    country = Runs.of([(700, 760)])
    assert all(listed.search(q, 10, country) == exact.search(q, 10, country) for q in queries)
    assert listed.search(queries[0], 10, Runs.of([])) == []


def test_equal_vectors_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        VectorIndex.from_vectors(clouds(2000)).with_lists(SearchWay.APPROXIMATE)[0].save_lists(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_fewest_probes_that_find_enough_are_chosen() -> None:
    asked: list[int] = []

    def recalls_of(probes: int) -> np.ndarray:
        asked.append(probes)
        return np.full(100, min(1.0, 0.9 + probes / 100))

    choice = choose(1_000_000, 1024, SearchWay.AUTO, recalls_of)
    assert (choice.way, choice.probes, choice.lists) == (SearchWay.APPROXIMATE, 12, 1024)
    assert choice.recall >= 0.99 and asked == sorted(asked) and recalls_of(8).mean() < 0.99


def test_a_recall_that_other_queries_may_not_have_is_not_enough() -> None:
    # 0.991 on average of 100 queries, a few of which find nothing.
    uneven, even = np.repeat([1.0, 0.1], [99, 1]), np.full(100, 0.991)
    assert choose(10**6, 64, SearchWay.AUTO, lambda probes: uneven if probes < 4 else even).probes == 4


@pytest.mark.parametrize("way", [SearchWay.AUTO, SearchWay.APPROXIMATE])
def test_if_no_number_of_probes_finds_enough_search_stays_exact(way: SearchWay, tmp_path: Path) -> None:
    choice = choose(1_000_000, 1024, way, lambda probes: np.full(100, 0.98))
    assert (choice.way, choice.recall, choice.probes) == (SearchWay.EXACT, 0.98, 0) and "99%" in choice.why
    index, choice = VectorIndex.from_vectors(clouds(500)).with_lists(SearchWay.APPROXIMATE, needed=1.1)
    index.save_lists(tmp_path / "lists.faiss")
    assert choice.way is SearchWay.EXACT and not (tmp_path / "lists.faiss").exists()


def test_the_number_of_rows_decides_unless_it_is_asked_otherwise() -> None:
    assert not worth_lists(CROSSING - 1, SearchWay.AUTO) and worth_lists(CROSSING, SearchWay.AUTO)
    assert not worth_lists(10**7, SearchWay.EXACT) and worth_lists(1, SearchWay.APPROXIMATE)
    assert not worth_lists(0, SearchWay.APPROXIMATE)


def test_queries_are_held_out_the_same_way_each_time() -> None:
    assert np.array_equal(held_out(50, 1000), held_out(50, 1000)) and len(set(held_out(50, 1000))) == 50
    assert held_out(50, 3).tolist() == [0, 1, 2]
    queries = noisy(clouds(200))
    assert np.allclose(np.linalg.norm(queries, axis=1), 1, atol=1e-5)
    assert 0.2 < float(np.mean(np.sum(queries * clouds(200), axis=1))) < 0.6


@pytest.mark.parametrize("content", [b"", b"IxF", b"not an index at all"])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    index, _ = VectorIndex.from_vectors(clouds(500)).with_lists(SearchWay.APPROXIMATE)
    whole, lists, bad = tmp_path / "whole.faiss", tmp_path / "lists.faiss", tmp_path / "bad.faiss"
    index.save(whole)
    index.save_lists(lists)
    VectorIndex.from_vectors(clouds(499)).save(tmp_path / "other.faiss")
    for damaged in (content, whole.read_bytes()[:-40], lists.read_bytes()[: lists.stat().st_size // 2]):
        bad.write_bytes(damaged)
        with pytest.raises(IndexDamaged, match=r"bad\.faiss"):
            VectorIndex.load(bad)
        with pytest.raises(IndexDamaged, match=r"bad\.faiss"):
            VectorIndex.load(whole, bad)
    with pytest.raises(IndexDamaged, match=r"lists\.faiss"):
        VectorIndex.load(lists)
    with pytest.raises(IndexDamaged, match=r"whole\.faiss"):
        VectorIndex.load(whole, whole)
    with pytest.raises(IndexDamaged, match="do not match"):
        VectorIndex.load(tmp_path / "other.faiss", lists)


@given(st.lists(st.lists(st.sampled_from("gold salt coal"), max_size=4).map(" ".join), max_size=30), RANGES, st.integers(0, 30))
def test_words_within_runs_count_as_they_do_without(texts: list[str], ranges: list[tuple[int, int]], count: int) -> None:
    index, runs = Bm25Index.from_texts(texts), Runs.of(ranges).within(len(texts))
    whole, part = index.relevance(["gold", "coal", "zinc"]), index.relevance(["gold", "coal", "zinc"], runs)
    inside = np.isin(np.arange(len(texts)), runs.rows())
    assert np.array_equal(part, np.where(inside, whole, 0))
    ordered = sorted((row for row in runs.rows().tolist() if whole[row] > 0), key=lambda row: (-whole[row], row))
    assert best(whole, count, runs).tolist() == ordered[:count]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=200), st.integers(1, 70))
def test_the_best_of_very_many_are_found_by_a_bound(values: list[int], count: int) -> None:
    relevance = np.tile(np.array(values, dtype=np.float32), 300)
    expected = [row for row in np.argsort(-relevance, kind="stable")[:count] if relevance[row] > 0]
    assert best(relevance, count).tolist() == expected


def test_places_hold_every_passage_once(shipped: Snapshot) -> None:
    places = places_of(shipped.passages)
    assert (places[0].start, places[-1].end) == (0, len(shipped.passages))
    assert all(before.end == after.start for before, after in pairwise(places))
    assert len({(p.kind, p.country, p.edition) for p in places}) == len(places)


@pytest.mark.parametrize("countries", [None, (), ("PER",), ("PER", "NER", "XYZ")])
@pytest.mark.parametrize("editions", [None, (), (2023,), (2021, 2025)])
@pytest.mark.parametrize("definitions", [True, False])
def test_what_a_question_may_see_is_what_a_look_at_each_passage_says(
    countries: tuple[str, ...] | None, editions: tuple[int, ...] | None, definitions: bool, shipped: Snapshot
) -> None:
    def seen(p: Passage) -> bool:
        if p.kind is PassageKind.DEFINITION:
            return definitions
        return (countries is None or p.country in countries) and (editions is None or p.edition in editions)

    found = allowed_passages(shipped, countries, editions, definitions=definitions)
    assert found.rows().tolist() == [row for row, p in enumerate(shipped.passages) if seen(p)]


def test_a_build_says_how_its_vectors_are_searched_and_keeps_to_it(
    world_index: Path, world_sources: Path, tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    index, corpus = Path(shutil.copytree(world_index, tmp_path / "index")), load_corpus([world_sources], taxonomy)

    def build(search: SearchWay | None) -> BuildOutcome:
        return build_index(corpus, index, encoder, taxonomy, settings=BuildSettings(search=search)).outcome

    def manifest() -> dict:
        return json.loads((folders.current_folder(index) / "manifest.json").read_text(encoding="utf-8"))

    few = manifest()
    assert few["search"]["asked"] == "auto" and few["search"]["chunks"]["way"] == "exact"
    assert f"fewer than {CROSSING}" in few["search"]["sentences"]["why"] and folders.CHUNK_LISTS not in few["files"]
    assert build(None) is BuildOutcome.UNCHANGED
    assert build(SearchWay.APPROXIMATE) is BuildOutcome.PUBLISHED
    lists = manifest()
    assert lists["search"]["asked"] == "approximate"
    for what, name in (("chunks", folders.CHUNK_LISTS), ("sentences", folders.SENTENCE_LISTS)):
        chosen = lists["search"][what]
        assert (chosen["way"], chosen["rows"], name in lists["files"]) == ("approximate", lists["counts"][what], True)
        assert chosen["recall"] >= 0.99 and 0 < chosen["probes"] <= chosen["lists"]
    with pytest.MonkeyPatch.context() as patch:
        opened, load = [], IvfIndex.load
        patch.setattr(IvfIndex, "load", lambda path: (opened.append(path.name), load(path))[1])
        snapshot = open_snapshot(index)
    assert opened == [folders.CHUNK_LISTS, folders.SENTENCE_LISTS]
    assert failed_conditions(snapshot.folder, snapshot.manifest, taxonomy) == ()
    snapshot.close()
    # What was asked for stays until it is asked otherwise.
    assert build(None) is BuildOutcome.UNCHANGED
    assert build(SearchWay.EXACT) is BuildOutcome.PUBLISHED
    assert manifest()["search"]["chunks"] == {**few["search"]["chunks"], "why": "asked for"}
    (folders.current_folder(index) / folders.CHUNKS).write_bytes(b"x")
    with pytest.raises(IndexDamaged):
        VectorIndex.load(folders.current_folder(index) / folders.CHUNKS)
