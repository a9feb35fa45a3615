"""The growth benchmark: made-up corpora are like the real one, and every way to search is measured at every size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.bench.growth import Kind, RealCorpus, Way, country, curves_of, edition, exponent, measure_growth
from index.bench.synthetic import documents_like, vectors_like, word_queries
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot
from index.language.stems import stems
from index.passages.passage_file import keyword_text
from index.stores.vector_index import VectorIndex


def unit_rows(count: int, dimension: int = 32) -> np.ndarray:
    rows = np.random.default_rng(1).normal(size=(count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("kind", list(Kind))
def test_made_up_vectors_begin_with_the_real_ones_and_can_be_made_again(kind: Kind) -> None:
    real = unit_rows(30)
    made = vectors_like(real, 100, kind)
    assert made.shape == (100, 32) and np.array_equal(made[:30], real)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert np.array_equal(made, vectors_like(real, 100, kind)) and not np.array_equal(made[30:60], made[60:90])


def test_noise_keeps_a_vector_near_its_original_and_a_rotation_keeps_all_distances() -> None:
    real = unit_rows(30)
    moved, turned = (vectors_like(real, 60, kind)[30:] for kind in (Kind.NOISE, Kind.ROTATION))
    assert 0.75 < float(np.sum(moved * real, axis=1).mean()) < 0.95
    assert np.allclose(turned @ turned.T, real @ real.T, atol=1e-4)
    assert abs(float(np.sum(turned * real, axis=1).mean())) < 0.3


def test_made_up_documents_have_the_real_words_as_often() -> None:
    real = [["gold", "gold", "gold", "salt"], ["gold", "coal"]]
    made = documents_like(real, 3000)
    words = [word for document in made for word in document]
    assert {len(document) for document in made} == {4, 2}
    assert {word: round(words.count(word) / len(words), 1) for word in set(words)} == {"gold": 0.7, "salt": 0.2, "coal": 0.2}
    assert all(len(query) == 2 and set(query) <= {"gold", "salt", "coal"} for query in word_queries(real, 10, 2))


def test_a_country_and_an_edition_are_their_share_of_the_rows() -> None:
    for size in (5_000, 2_000_000):
        assert len(country(size).starts) == 1 and abs(len(country(size)) - size / 193) <= 1
        assert len(edition(size).starts) == 193 and abs(len(edition(size)) / size - 1 / 3) < 0.01


def test_the_exponent_is_the_power_that_a_cost_grows_with() -> None:
    for power in (0.0, 0.5, 1.0):
        assert exponent([(n, 3 * n**power) for n in (10, 100, 5000)]) == pytest.approx(power)


def test_every_way_is_measured_at_every_size_and_nothing_is_left_behind(
    shipped: Snapshot, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    documents = [stems(keyword_text(p, shipped.taxonomy)) for p in shipped.passages]
    told: list[tuple[int, int]] = []
    growth = measure_growth(
        RealCorpus(unit_rows(200), documents, 12, unit_rows(40)),
        tmp_path,
        (600, 1200),
        progress=lambda what, done, total: told.append((done, total)),
    )
    assert list(tmp_path.iterdir()) == [] and told == [(i, 6) for i in range(7)]
    of_vectors = set(Way) - {Way.KEYWORDS, Way.KEYWORDS_COUNTRY}
    expected = {(size, way, kind) for size in (600, 1200) for way in of_vectors for kind in Kind}
    expected |= {(size, way, None) for size in (600, 1200) for way in set(Way) - of_vectors}
    assert {(m.size, m.way, m.kind) for m in growth.measured} == expected
    assert [m.size for m in growth.measured] == sorted(m.size for m in growth.measured)
    for m in growth.measured:
        assert 0 < m.p50 <= m.p95 and m.stored > 0 and m.build_seconds > 0 and m.page_milliseconds > 0
        assert m.recall == 1 if m.choice is None else m.recall >= 0.9 and m.choice.recall >= 0.99
    (one, other), *_ = [[m.stored for m in growth.measured if (m.way, m.kind) == (Way.EXACT, k)] for k in Kind]
    assert other - one == 600 * 32 * 4
    assert growth.curves == curves_of(growth.measured) and len(growth.curves) == 2 * (5 * 2 + 2)
    assert all(a < b for curve in growth.curves for (a, _), (b, _) in pairwise(curve.points))


def test_made_up_vectors_are_searched_like_any() -> None:
    real = unit_rows(50)
    index = VectorIndex.from_vectors(vectors_like(real, 150, Kind.ROTATION))
    assert [index.search(real[i], 1)[0][0] for i in range(50)] == list(range(50))
