"""Whether a generation is what it says: files as written, counts that agree, and every part fitting every other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import IndexDamaged
from corpus.taxonomy import Taxonomy
from index import generation
from index.chunk import Passage, chunk_texts, sentence_texts
from index.coverage import coverage_from_json
from index.dense import DenseIndex
from index.facts import FactStore
from index.keyword import KeywordIndex
from index.manifest import Manifest
from index.passages import passages_from_jsonl
from index.problems import problems_from_jsonl
from index.program import program_hash
from index.stock import text_keys
from index.words import WordIndex

# Vectors are of unit length but for their last digits.
_HAIR = 1e-3
_T = TypeVar("_T")


def failed_conditions(folder: Path, manifest: Manifest, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What is wrong with a generation, one sentence each; empty where all is well. Reads every file of it."""
    damaged = generation.damaged_files(folder, manifest)
    if damaged:
        return damaged
    try:
        return tuple(_failures(folder, manifest, taxonomy))
    except IndexDamaged as error:
        return (error.message,)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        return (f"a stored file cannot be read ({type(error).__name__}: {error})",)


def _failures(folder: Path, manifest: Manifest, taxonomy: Taxonomy) -> Iterator[str]:
    passages = passages_from_jsonl((folder / generation.PASSAGES).read_text(encoding="utf-8"))
    chunks, sentences = (
        DenseIndex.load(folder / rows, folder / lists if lists in manifest.files else None)
        for rows, lists in ((generation.CHUNKS, generation.CHUNK_LISTS), (generation.SENTENCES, generation.SENTENCE_LISTS))
    )
    words = WordIndex.load(folder / generation.WORDS)
    scores, countries = _of_facts(folder, lambda facts: (facts.count(), facts.loaded().countries))
    found = {
        "profiles": len(coverage_from_json((folder / generation.COVERAGE).read_text(encoding="utf-8"))),
        "paragraphs": sum(p.paragraph is not None for p in passages),
        "passages": len(passages),
        "chunks": len(chunks),
        "sentences": len(sentences),
        "words": len(words),
        "scores": scores,
        "problems": len(problems_from_jsonl((folder / generation.PROBLEMS).read_text(encoding="utf-8"))),
        "files": len(manifest.sources),
    }
    yield from (f"{name}: {n} of {manifest.counts.get(name)}" for name, n in found.items() if n != manifest.counts.get(name))
    if (documents := len(KeywordIndex.load(folder / generation.KEYWORDS))) != len(passages):
        yield f"keywords: {documents} of {len(passages)} passages"
    if len({p.id for p in passages}) < len(passages):
        yield "two passages have one id"
    unknown = {c for c in countries | {p.country for p in passages if p.country} if c not in taxonomy.countries}
    if unknown:
        yield f"countries that the Index does not score: {', '.join(sorted(unknown))}"
    yield from (f"{p.id}: a sentence or chunk reaches beyond the text" for p in passages if not _within(p))
    for name, index in ((generation.CHUNKS, chunks), (generation.SENTENCES, sentences)):
        if not index.is_of_unit_length(_HAIR):
            yield f"{name}: a vector is not of unit length"
    if manifest.program == program_hash():
        # Another version of the program may put other words before a text.
        yield from _foreign_vectors(folder, passages, taxonomy)
    if words.passages != len(passages):
        yield f"words: of {words.passages} passages, not {len(passages)}"


def _foreign_vectors(folder: Path, passages: Sequence[Passage], taxonomy: Taxonomy) -> Iterator[str]:
    for name, texts_of in ((generation.CHUNK_TEXTS, chunk_texts), (generation.SENTENCE_TEXTS, sentence_texts)):
        texts = [text for p in passages for text in texts_of(p, taxonomy)]
        if not np.array_equal(np.load(folder / name, allow_pickle=False), text_keys(texts)):
            yield f"{name}: the vectors are not those of the stored texts"


def _of_facts(folder: Path, read: Callable[[FactStore], _T]) -> _T:
    facts = FactStore.open(folder / generation.FACTS)
    try:
        return read(facts)
    finally:
        facts.close()


def _within(passage: Passage) -> bool:
    spans = (*passage.sentences, *passage.chunks)
    return all(0 <= a < b <= len(passage.text) for a, b in spans)
