"""The cost of a question and of a page as the corpus grows: each way to search, at each size, and how fast it grows.

The corpora are made from a real one (see `index.bench.synthetic`). Embedding is left out: it costs the same for every page.
"""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.bench.memory import Resident, resident
from index.bench.synthetic import Kind, documents_like, vectors_like, word_queries
from index.encoders.protocol import Vectors
from index.stores.bm25_index import Bm25Index, best
from index.stores.ivf_tuning import DEPTH, Choice, SearchWay, held_out, noisy, recalls
from index.stores.row_ranges import Rows, Runs
from index.stores.vector_index import VectorIndex

SIZES = (5_000, 50_000, 500_000, 2_000_000)
# As many as the Index has. The rows of each country are contiguous, a third of them for each edition.
COUNTRIES, EDITIONS = 193, 3
_QUERIES, _SLOW_QUERIES = 400, 30
_WORDS = 4
_WARMING = 10
# Neither the seed that probes are chosen with, nor one that copies are made with.
_SEED = 99_000_001
# Called with (what is measured, steps done, total steps).
Progress = Callable[[str, int, int], None]
_T = TypeVar("_T")


class Way(StrEnum):
    """A way to search. A country is a 193rd of all rows, an edition a third in as many runs as there are countries."""

    EXACT = "exact, all rows"
    EXACT_COUNTRY = "exact, one country"
    APPROXIMATE = "approximate, all rows"
    APPROXIMATE_EDITION = "approximate, one edition"
    APPROXIMATE_QUESTIONS = "approximate, all rows, real questions"
    KEYWORDS = "BM25, all documents"
    KEYWORDS_COUNTRY = "BM25, one country"


@dataclass(frozen=True, slots=True)
class RealCorpus:
    """What larger corpora are made from: unit vectors, float32[n, dimension], the stems of each passage, the number of pages.

    `questions` are vectors of real questions, float32[m, dimension], if there are any. Lists are then tested with them too, since
    the number of probes was chosen without them.
    """

    vectors: Vectors
    documents: Sequence[Sequence[str]]
    pages: int
    questions: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to search a corpus of `size` rows. Times are milliseconds per question, in one thread, files in the page cache.

    `recall` is the share of the 10 nearest rows by exact search that is found. `stored` is bytes on disk, for lists without the
    vectors beside them; `memory` is what opening and searching added. `build_seconds` is for the whole store, which every build
    writes anew; `page_milliseconds` is the share of one page in it. `kind` is None for words, which are made in one way only.
    `choice` says how lists were chosen.
    """

    size: int
    way: Way
    kind: Kind | None
    p50: float
    p95: float
    recall: float
    stored: int
    memory: Resident
    open_seconds: float
    build_seconds: float
    page_milliseconds: float
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """How a cost grows: with the size to the power of `exponent`; 0 is no growth, 1 proportional growth."""

    what: str
    way: Way
    kind: Kind | None
    points: tuple[tuple[int, float], ...]
    exponent: float


@dataclass(frozen=True, slots=True)
class Growth:
    """All measurements, smallest size first; `seconds` is how long they took."""

    measured: tuple[Measured, ...]
    curves: tuple[Curve, ...]
    seconds: float


def measure_growth(
    corpus: RealCorpus,
    folder: Path,
    sizes: Sequence[int] = SIZES,
    kinds: Sequence[Kind] = tuple(Kind),
    progress: Progress = lambda what, done, total: None,
) -> Growth:
    """Build, open and search corpora of these sizes below `folder`, which must exist and is left empty.

    At 2 million rows this needs 4 GB of disk and 8 GB of memory.
    """
    start, total = time.perf_counter(), len(sizes) * (len(kinds) + 1)
    found: list[list[Measured]] = []
    rows_a_page = len(corpus.documents) / max(corpus.pages, 1)
    for size in sorted(sizes):
        for kind in (*kinds, None):
            what = f"{size} vectors, {kind.value}" if kind else f"{size} documents"
            progress(what, len(found), total)
            place = folder / "growth"
            place.mkdir()
            try:
                steps = _of_vectors(corpus, size, kind, place) if kind else _of_words(corpus, size, place)
                found.append([_with_page(step, rows_a_page) for step in steps])
            finally:
                shutil.rmtree(place, ignore_errors=True)
    progress("growth", total, total)
    measured = tuple(one for step in found for one in step)
    return Growth(measured, curves_of(measured), time.perf_counter() - start)


def curves_of(measured: Sequence[Measured]) -> tuple[Curve, ...]:
    """The curves of the cost of a question and of a page, for each way and kind measured at two sizes or more."""
    costs: Mapping[str, Callable[[Measured], float]] = {
        "a question, ms": lambda m: m.p50,
        "a page, ms": lambda m: m.page_milliseconds,
    }
    curves = []
    for what, cost in costs.items():
        for way, kind in dict.fromkeys((m.way, m.kind) for m in measured):
            points = tuple((m.size, cost(m)) for m in measured if (m.way, m.kind) == (way, kind))
            if len(points) > 1 and all(value > 0 for _, value in points):
                curves.append(Curve(what, way, kind, points, exponent(points)))
    return tuple(curves)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the line through the logarithms, by least squares."""
    sizes, costs = np.log(np.array(points, dtype=np.float64)).T
    centred = sizes - sizes.mean()
    return float(np.dot(centred, costs)) / float(np.dot(centred, centred))


def country(size: int) -> Runs:
    """The rows of the middle country."""
    edges = _edges(size, COUNTRIES)
    middle = COUNTRIES // 2
    return Runs.of([(edges[middle], edges[middle + 1])])


def edition(size: int) -> Runs:
    """The rows of the second edition of every country."""
    edges = _edges(size, COUNTRIES * EDITIONS)
    return Runs.of((edges[i], edges[i + 1]) for i in range(1, len(edges) - 1, EDITIONS))


def _edges(size: int, parts: int) -> list[int]:
    return [size * part // parts for part in range(parts + 1)]


def _of_vectors(corpus: RealCorpus, size: int, kind: Kind, place: Path) -> Iterator[dict[str, Any]]:
    vectors = vectors_like(corpus.vectors, size, kind)
    queries = noisy(vectors[held_out(_QUERIES, size)], seed=_SEED)
    path, lists = place / "vectors.faiss", place / "lists.faiss"
    index, flat_seconds = _timed(VectorIndex.from_vectors, vectors)
    del vectors
    _, write_seconds = _timed(index.save, path)
    (listed, choice), list_seconds = _timed(index.with_lists, SearchWay.APPROXIMATE)
    _, lists_write_seconds = _timed(listed.save_lists, lists)
    del index, listed
    row = {"size": size, "kind": kind}
    of_exact = {**row, "stored": path.stat().st_size, "build_seconds": flat_seconds + write_seconds}
    of_lists = {
        **row,
        "stored": lists.stat().st_size if lists.exists() else 0,
        "build_seconds": list_seconds + lists_write_seconds,
    }

    exact_ways = ((Way.EXACT_COUNTRY, country(size), queries), (Way.EXACT, None, queries[:_SLOW_QUERIES]))
    for way, allowed, asked in exact_ways:
        _, figures = _asked(VectorIndex.load, (path,), _searching(allowed), asked)
        yield {**figures, **of_exact, "way": way, "recall": 1.0}
    if choice.way is SearchWay.EXACT:
        return
    exact = VectorIndex.load(path)
    few, third = queries[:: max(1, len(queries) // _SLOW_QUERIES)], edition(size)
    true_of_few = np.array([_rows(exact.search(q, DEPTH, third)) for q in few])
    approximate_ways = [
        (Way.APPROXIMATE, None, queries, exact.nearest(queries, DEPTH)),
        (Way.APPROXIMATE_EDITION, third, few, true_of_few),
    ]
    if corpus.questions is not None:
        true = exact.nearest(corpus.questions, DEPTH)
        approximate_ways.append((Way.APPROXIMATE_QUESTIONS, None, corpus.questions, true))
    for way, allowed, asked, true in approximate_ways:
        found, figures = _asked(VectorIndex.load, (path, lists), _searching(allowed), asked)
        recall = float(recalls([_rows(pairs) for pairs in found], true).mean())
        yield {**figures, **of_lists, "way": way, "recall": recall, "choice": choice}


def _of_words(corpus: RealCorpus, size: int, place: Path) -> Iterator[dict[str, Any]]:
    documents = documents_like(corpus.documents, size)
    index, seconds = _timed(Bm25Index.from_stems, documents)
    del documents
    _, write_seconds = _timed(index.save, place / "words")
    del index
    stored = sum(file.stat().st_size for file in (place / "words").iterdir())
    queries = word_queries(corpus.documents, _QUERIES, _WORDS, _SEED)
    for way, allowed in ((Way.KEYWORDS_COUNTRY, country(size)), (Way.KEYWORDS, None)):
        _, figures = _asked(Bm25Index.load, (place / "words",), _reading(allowed), queries)
        made = {"size": size, "kind": None, "stored": stored, "build_seconds": seconds + write_seconds}
        yield {**figures, **made, "way": way, "recall": 1.0}


def _searching(allowed: Runs | None) -> Callable[[VectorIndex, Vectors], list[tuple[int, float]]]:
    return lambda index, query: index.search(query, DEPTH, allowed)


def _reading(allowed: Runs | None) -> Callable[[Bm25Index, Sequence[str]], Rows]:
    return lambda index, words: best(index.relevance(words, allowed), DEPTH, allowed)


def _asked(
    load: Callable[..., Any], of: Sequence[Path], ask: Callable[[Any, Any], Any], queries: Sequence[Any] | Vectors
) -> tuple[list[Any], dict[str, Any]]:
    """Open an index and ask it all queries, with its files in the page cache: the answers, and what that took."""
    gc.collect()
    before = resident()
    index, open_seconds = _timed(load, *of)
    for query in queries[:_WARMING]:
        ask(index, query)
    timed = [_timed(ask, index, query) for query in queries]
    p50, p95 = np.percentile([1000 * seconds for _, seconds in timed], [50, 95]).tolist()
    figures = {"p50": p50, "p95": p95, "memory": resident() - before, "open_seconds": open_seconds}
    return [answer for answer, _ in timed], figures


def _with_page(figures: dict[str, Any], rows_a_page: float) -> Measured:
    return Measured(page_milliseconds=1000 * figures["build_seconds"] * rows_a_page / figures["size"], **figures)


def _rows(pairs: Sequence[tuple[int, float]]) -> Rows:
    return np.array([row for row, _ in pairs], dtype=np.int64)


def _timed(act: Callable[..., _T], *of: Any) -> tuple[_T, float]:
    start = time.perf_counter()
    value = act(*of)
    return value, time.perf_counter() - start
