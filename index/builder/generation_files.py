"""The files of a generation, all but its report and its manifest, written into a staged folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Corpus
from corpus.taxonomy import Taxonomy
from index.builder.embedding import Embedded, embed_passages
from index.builder.phases import Phase, Phases
from index.builder.vector_cache import VectorCache
from index.encoders.protocol import Encoder
from index.generations import folders
from index.passages.coverage import coverage_of, coverage_to_json
from index.passages.passage import Passage, PassageKind
from index.passages.passage_file import keyword_text, passages_to_jsonl
from index.passages.problem_file import problems_to_jsonl
from index.scores.score_store import write_scores
from index.stores.bm25_index import Bm25Index
from index.stores.ivf_tuning import SearchWay


@dataclass(frozen=True, slots=True)
class Written:
    """What the manifest says of the files: how many there are of each thing, and how vectors are searched."""

    counts: dict[str, int]
    search: dict[str, Any]


def write_files(
    staged: Path,
    corpus: Corpus,
    passages: tuple[Passage, ...],
    taxonomy: Taxonomy,
    encoder: Encoder,
    cache: VectorCache,
    asked: SearchWay,
    phases: Phases,
) -> Written:
    """Embed and write everything. Raises OSError if a file cannot be written."""
    (staged / folders.PASSAGES).write_text(passages_to_jsonl(passages), encoding="utf-8")
    with phases.phase(Phase.EMBED) as progress:
        embedded = embed_passages(passages, taxonomy, encoder, cache, progress)
        embedded.save(staged)
    with phases.phase(Phase.LISTS):
        search = {"asked": asked.value, **_save_lists(staged, embedded, asked)}
    with phases.phase(Phase.KEYWORDS):
        Bm25Index.from_texts([keyword_text(p, taxonomy) for p in passages]).save(staged / folders.KEYWORDS)
    with phases.phase(Phase.FACTS):
        write_scores(staged / folders.FACTS, corpus, taxonomy)
    (staged / folders.COVERAGE).write_text(coverage_to_json(coverage_of(corpus)), encoding="utf-8")
    (staged / folders.PROBLEMS).write_text(problems_to_jsonl(corpus.problems), encoding="utf-8")
    counts = {
        **counts_of(corpus, passages),
        "chunks": len(embedded.chunks),
        "sentences": len(embedded.sentences),
        "words": len(embedded.words),
    }
    return Written(counts, search)


def counts_of(corpus: Corpus, passages: Sequence[Passage]) -> dict[str, int]:
    """What a build of these passages holds, as far as it is known before anything is embedded."""
    return {
        "files": len(corpus.sources),
        "profiles": len(corpus.profiles),
        "paragraphs": sum(p.kind is PassageKind.PARAGRAPH for p in passages),
        "definitions": sum(p.kind is PassageKind.DEFINITION for p in passages),
        "documents": len(corpus.documents),
        "passages": len(passages),
        "chunks": sum(len(p.chunks) for p in passages),
        "sentences": sum(len(p.sentences) for p in passages),
        "scores": len(corpus.scores),
        "problems": len(corpus.problems),
    }


def _save_lists(staged: Path, embedded: Embedded, asked: SearchWay) -> dict[str, Any]:
    """Write lists beside the vectors if searching them is faster; returns how each is searched, for the manifest."""
    written = {}
    for what, index, name in (
        ("chunks", embedded.chunks, folders.CHUNK_LISTS),
        ("sentences", embedded.sentences, folders.SENTENCE_LISTS),
    ):
        listed, choice = index.with_lists(asked)
        listed.save_lists(staged / name)
        written[what] = choice.to_dict()
    return written
