"""Checks that a generation is intact: files as written, counts that agree, and parts that match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import IndexDamaged
from corpus.taxonomy import Taxonomy
from index.builder.code_hash import code_hash
from index.builder.vector_cache import text_keys
from index.generations import folders
from index.generations.manifest import Manifest
from index.passages.coverage import coverage_from_json
from index.passages.passage import Passage, PassageKind, chunk_texts, sentence_texts
from index.passages.passage_file import passages_from_jsonl
from index.passages.problem_file import problems_from_jsonl
from index.scores.score_store import ScoreStore
from index.stores.bm25_index import Bm25Index
from index.stores.token_index import TokenIndex
from index.stores.vector_index import VectorIndex

# Rounding leaves lengths this close to 1.
_TOLERANCE = 1e-3
_T = TypeVar("_T")


def failed_conditions(folder: Path, manifest: Manifest, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What is wrong with a generation, one sentence for each finding; empty if it is intact. Reads every file of it."""
    damaged = folders.damaged_files(folder, manifest)
    if damaged:
        return damaged
    try:
        return tuple(_failures(folder, manifest, taxonomy))
    except IndexDamaged as error:
        return (error.message,)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        return (f"a stored file cannot be read ({type(error).__name__}: {error})",)


def _failures(folder: Path, manifest: Manifest, taxonomy: Taxonomy) -> Iterator[str]:
    passages = passages_from_jsonl((folder / folders.PASSAGES).read_text(encoding="utf-8"))
    chunks, sentences = (
        VectorIndex.load(folder / rows, folder / lists if lists in manifest.files else None)
        for rows, lists in ((folders.CHUNKS, folders.CHUNK_LISTS), (folders.SENTENCES, folders.SENTENCE_LISTS))
    )
    words = TokenIndex.load(folder / folders.WORDS)
    scores, countries = _of_facts(folder, lambda facts: (facts.count(), facts.loaded().countries))
    found = {
        "profiles": len(coverage_from_json((folder / folders.COVERAGE).read_text(encoding="utf-8"))),
        "paragraphs": sum(p.kind is PassageKind.PARAGRAPH for p in passages),
        "passages": len(passages),
        "chunks": len(chunks),
        "sentences": len(sentences),
        "words": len(words),
        "scores": scores,
        "problems": len(problems_from_jsonl((folder / folders.PROBLEMS).read_text(encoding="utf-8"))),
        "files": len(manifest.sources),
    }
    yield from (
        f"{name}: {n} found, the manifest says {manifest.counts.get(name)}"
        for name, n in found.items()
        if n != manifest.counts.get(name)
    )
    if (documents := len(Bm25Index.load(folder / folders.KEYWORDS))) != len(passages):
        yield f"keywords: {documents} documents for {len(passages)} passages"
    if len({p.id for p in passages}) < len(passages):
        yield "two passages have the same id"
    unknown = {c for c in countries | {p.country for p in passages if p.country} if c not in taxonomy.countries}
    if unknown:
        yield f"countries that the Index does not score: {', '.join(sorted(unknown))}"
    yield from (f"{p.id}: a sentence or chunk extends beyond the text" for p in passages if not _within(p))
    for name, index in ((folders.CHUNKS, chunks), (folders.SENTENCES, sentences)):
        if not index.is_of_unit_length(_TOLERANCE):
            yield f"{name}: a vector is not of unit length"
    if manifest.program == code_hash():
        # Another version of the program may put different words before a text.
        yield from _foreign_vectors(folder, passages, taxonomy)
    if words.passages != len(passages):
        yield f"words: token vectors of {words.passages} passages, expected {len(passages)}"


def _foreign_vectors(folder: Path, passages: Sequence[Passage], taxonomy: Taxonomy) -> Iterator[str]:
    for name, texts_of in ((folders.CHUNK_TEXTS, chunk_texts), (folders.SENTENCE_TEXTS, sentence_texts)):
        texts = [text for p in passages for text in texts_of(p, taxonomy)]
        if not np.array_equal(np.load(folder / name, allow_pickle=False), text_keys(texts)):
            yield f"{name}: the vectors do not belong to the stored texts"


def _of_facts(folder: Path, read: Callable[[ScoreStore], _T]) -> _T:
    facts = ScoreStore.open(folder / folders.FACTS)
    try:
        return read(facts)
    finally:
        facts.close()


def _within(passage: Passage) -> bool:
    spans = (*passage.sentences, *passage.chunks)
    return all(0 <= a < b <= len(passage.text) for a, b in spans)
