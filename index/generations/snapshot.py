"""One published generation, opened read-only: everything a question needs. Frozen and safe to share between threads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from corpus.naming import fold
from corpus.records import Problem
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.generations import folders
from index.generations.manifest import REBUILD, Manifest
from index.generations.question_encoders import LazyEncoder, OpenEncoder, openers
from index.passages.coverage import LoadedProfile, coverage_from_json
from index.passages.passage import Passage, PassageKind
from index.passages.passage_file import PassageRange, passages_from_jsonl, places_of
from index.passages.problem_file import problems_from_jsonl
from index.questions.names import Gazetteer, build_gazetteer
from index.scores.loaded_scores import LoadedScores
from index.scores.score import OwnFigure
from index.scores.score_store import ScoreStore
from index.stores.bm25_index import Bm25Index
from index.stores.token_index import TokenIndex
from index.stores.vector_index import Rows, VectorIndex

_ATTEMPTS = 5


@dataclass(frozen=True)
class Snapshot:
    """A generation in memory. `passages[i]` owns the chunk rows and sentence rows of its spans, in order.

    `warning` is set if the published generation is damaged and this is an earlier one. `strictness`, 0 to 1, replaces the chance
    of an answer below which a question about text is declined.
    """

    folder: Path
    manifest: Manifest
    taxonomy: Taxonomy
    passages: tuple[Passage, ...]
    chunks: VectorIndex
    sentences: VectorIndex
    words: TokenIndex
    keywords: Bm25Index
    score_store: ScoreStore
    coverage: tuple[LoadedProfile, ...]
    problems: tuple[Problem, ...]
    encoder: LazyEncoder = field(repr=False)
    warning: str = ""
    strictness: float | None = None

    @cached_property
    def chunk_starts(self) -> Rows:
        """The first chunk row of each passage, and one past the last: int64[passages + 1]."""
        return _starts(len(p.chunks) for p in self.passages)

    @cached_property
    def sentence_starts(self) -> Rows:
        """The first sentence row of each passage, and one past the last: int64[passages + 1]."""
        return _starts(len(p.sentences) for p in self.passages)

    @cached_property
    def places(self) -> tuple[PassageRange, ...]:
        """The range of the passages of each kind, country and edition."""
        return places_of(self.passages)

    @cached_property
    def log_lengths(self) -> NDArray[np.float64]:
        """log(1 + length in characters) of each passage: float64[passages]."""
        return np.log1p(np.fromiter((len(p.text) for p in self.passages), dtype=np.float64))

    @cached_property
    def newer_editions(self) -> Rows:
        """How many newer editions of its country are loaded, for each passage: int64[passages]."""
        newer = {(c, e): n for c, editions in self.text_editions.items() for n, e in enumerate(editions)}
        return np.fromiter((newer.get((p.country, p.edition), 0) for p in self.passages), dtype=np.int64)  # type: ignore[arg-type]

    @cached_property
    def place_order(self) -> Rows:
        """The position of each passage by country, edition (newest first) and id, to break ties: int64[passages]."""
        places = [(p.country or "", -(p.edition or 0), p.id) for p in self.passages]
        order = np.empty(len(places), dtype=np.int64)
        order[sorted(range(len(places)), key=places.__getitem__)] = np.arange(len(places))
        return order

    @cached_property
    def is_definition(self) -> NDArray[np.bool_]:
        """Whether each passage is a definition: bool[passages]."""
        return np.fromiter((p.kind is PassageKind.DEFINITION for p in self.passages), dtype=np.bool_)

    @cached_property
    def definition_rows(self) -> dict[str, int]:
        """The passage that defines each indicator."""
        return {p.indicator: row for row, p in enumerate(self.passages) if p.indicator is not None}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names that are looked for in questions."""
        return build_gazetteer(self.taxonomy)

    @cached_property
    def country_words(self) -> frozenset[str]:
        """The folded words of all names of countries and peoples."""
        names = (name for c in self.taxonomy.countries.values() for name in (c.name, *c.aliases, *c.demonyms))
        return frozenset(word for name in names for word in fold(name).split())

    @cached_property
    def loaded(self) -> LoadedScores:
        """Which scores are loaded."""
        return self.score_store.loaded()

    @cached_property
    def own_figures(self) -> tuple[OwnFigure, ...]:
        """The figures of indicators that the Index does not have, by indicator, country and edition."""
        return self.score_store.own_figures()

    @cached_property
    def profiles(self) -> dict[tuple[str, int], LoadedProfile]:
        """The loaded profiles by country and edition."""
        return {(p.country, p.edition): p for p in self.coverage}

    @cached_property
    def text_editions(self) -> dict[str, tuple[int, ...]]:
        """For each country with a profile, the editions loaded, latest first."""
        editions: dict[str, tuple[int, ...]] = {}
        for country, edition in sorted(self.profiles, reverse=True):
            editions[country] = (*editions.get(country, ()), edition)
        return editions

    def close(self) -> None:
        """Close the files."""
        self.score_store.close()


def open_snapshot(index: Path, open_encoder_for: OpenEncoder | None = None) -> Snapshot:
    """Open the published generation or, if it is damaged, the newest intact one before it; `Snapshot.warning` then says so.

    Raises IndexMissing, or, if no generation can be opened, IndexDamaged naming every damaged file of the published one.
    """
    for _ in range(_ATTEMPTS):
        before = _pointed(index)
        snapshot, trouble = _open_intact(index, open_encoder_for)
        # A generation that newer builds removed while it was being opened is not damaged.
        if trouble is not None and _pointed(index) != before:
            if snapshot is not None:
                snapshot.close()
            continue
        break
    if trouble is None and snapshot is not None:
        return snapshot
    assert trouble is not None
    if snapshot is None:
        raise trouble
    built = snapshot.manifest.created_at[:16].replace("T", " ")
    warning = f"{trouble.message}; answers come from the previous build, of {built} UTC. Next: {trouble.hint}, or ocqa rollback"
    return replace(snapshot, warning=warning)


def _pointed(index: Path) -> str:
    try:
        return folders.current_folder(index).name
    except IndexDamaged:
        return ""


def _open_intact(index: Path, open_encoder_for: OpenEncoder | None) -> tuple[Snapshot | None, IndexDamaged | None]:
    """The first generation that opens, trying the published one first, and what is wrong with that one."""
    trouble: IndexDamaged | None = None
    try:
        return _open_checked(folders.current_folder(index), index, open_encoder_for), None
    except IndexDamaged as error:
        trouble = error
    for folder in folders.earlier(index):
        try:
            return _open_checked(folder, index, open_encoder_for), trouble
        except IndexDamaged:
            continue
    return None, trouble


def _open_checked(folder: Path, index: Path, open_encoder_for: OpenEncoder | None) -> Snapshot:
    manifest = folders.read_manifest(folder)
    findings = folders.damaged_files(folder, manifest, all_of=False)
    if findings:
        raise IndexDamaged(f"the index in {index} is damaged: {'; '.join(findings)}", REBUILD)
    try:
        return open_generation(folder, manifest, open_encoder_for)
    except OSError as error:
        raise IndexDamaged(f"the index in {index} cannot be opened ({error})", REBUILD) from error


def open_generation(folder: Path, manifest: Manifest, open_encoder_for: OpenEncoder | None = None) -> Snapshot:
    """Open a generation whose files have been checked or were just written. Raises IndexDamaged if they do not match."""
    snapshot = Snapshot(
        folder=folder,
        manifest=manifest,
        taxonomy=load_taxonomy(),
        passages=passages_from_jsonl((folder / folders.PASSAGES).read_text(encoding="utf-8")),
        chunks=VectorIndex.load(folder / folders.CHUNKS, _lists(folder, manifest, folders.CHUNK_LISTS)),
        sentences=VectorIndex.load(folder / folders.SENTENCES, _lists(folder, manifest, folders.SENTENCE_LISTS)),
        words=TokenIndex.load(folder / folders.WORDS),
        keywords=Bm25Index.load(folder / folders.KEYWORDS),
        score_store=ScoreStore.open(folder / folders.FACTS),
        coverage=coverage_from_json((folder / folders.COVERAGE).read_text(encoding="utf-8")),
        problems=problems_from_jsonl((folder / folders.PROBLEMS).read_text(encoding="utf-8")),
        encoder=LazyEncoder(manifest.model, *((open_encoder_for,) if open_encoder_for else openers(folder, manifest))),
    )
    lengths = (len(snapshot.chunks), len(snapshot.sentences), snapshot.words.passages)
    if (snapshot.chunk_starts[-1], snapshot.sentence_starts[-1], len(snapshot.passages)) != lengths:
        raise IndexDamaged("passages and vectors do not match", REBUILD)
    return snapshot


def _lists(folder: Path, manifest: Manifest, name: str) -> Path | None:
    return folder / name if name in manifest.files else None


def _starts(counts: Iterable[int]) -> Rows:
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, dtype=np.int64))]).astype(np.int64)
