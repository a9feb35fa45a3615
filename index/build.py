"""One build: from a corpus to a published generation, checked before anyone can see it."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from corpus.errors import BuildError
from corpus.records import Corpus
from corpus.taxonomy import Taxonomy
from index import generation
from index.chunk import Passage, chunk_texts, cut_passages, embed_context, sentence_texts
from index.coverage import coverage_of, coverage_to_json
from index.dense import DenseIndex
from index.embed import PassageEncoder
from index.facts import FactStore, write_facts
from index.keyword import KeywordIndex
from index.lacking import worth_of_lack
from index.passages import keyword_text, passages_from_jsonl, passages_to_jsonl
from index.recipe import MODEL, WEIGHTS
from index.words import ChunkTokens, WordIndex, stored, word_axes, word_index

Report = Callable[[str, int, int], None]
Approve = Callable[[Path, generation.Manifest], None]
_LIBRARIES = ("faiss-cpu", "bm25s", "duckdb", "sentence-transformers", "torch", "numpy")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `seconds` by phase."""

    name: str
    folder: Path
    counts: dict[str, int]
    seconds: dict[str, float]


def build_index(
    corpus: Corpus,
    index: Path,
    encoder: PassageEncoder,
    taxonomy: Taxonomy,
    report: Report | None = None,
    approve: Approve | None = None,
) -> BuildReport:
    """Build and publish a generation. Nothing is published, and nothing left behind, where any step fails.

    `report` gets (phase, done, all); `approve` gets the finished folder and its manifest and may raise, which ends the build.
    Raises BuildError for an empty corpus, a folder that cannot be written or a build that does not read back as it was written.
    """
    if not corpus.profiles and not corpus.scores:
        raise BuildError(
            "nothing could be read from the sources, so nothing was built",
            "put profile pages, the workbook or a score table into the sources folder",
        )
    try:
        staged = generation.stage(index)
    except OSError as error:
        raise BuildError(
            f"the index folder {index} cannot be written ({error.strerror})", "choose another with --index"
        ) from error
    try:
        counts, seconds = _write(corpus, staged, encoder, taxonomy, report or (lambda phase, done, total: None))
        _check(staged, counts)
        manifest = _manifest(corpus, staged, encoder, counts)
        if approve is not None:
            approve(staged, manifest)
        final = generation.publish(index, staged, manifest)
    except OSError as error:
        raise BuildError(
            f"the index could not be written ({error.strerror or error}); the published index is as it was",
            "free some space, or choose another folder with --index",
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    generation.prune(index)
    return BuildReport(manifest.name, final, counts, seconds)


def _write(
    corpus: Corpus, staged: Path, encoder: PassageEncoder, taxonomy: Taxonomy, report: Report
) -> tuple[dict[str, int], dict[str, float]]:
    clock = _Clock()
    passages = cut_passages(corpus, taxonomy, encoder.count_tokens, encoder.spec.window)
    (staged / generation.PASSAGES).write_text(passages_to_jsonl(passages), encoding="utf-8")
    clock.mark("cut")
    sentences = [text for passage in passages for text in sentence_texts(passage, taxonomy)]
    chunks, words = embedded_chunks(passages, taxonomy, encoder, lambda done, total: report("passages", done, total))
    chunks.save(staged / generation.CHUNKS)
    words.save(staged / generation.WORDS)
    clock.mark("embed passages")
    embedded(sentences, encoder, lambda done, total: report("sentences", done, total)).save(staged / generation.SENTENCES)
    clock.mark("embed sentences")
    KeywordIndex.from_texts([keyword_text(p, taxonomy) for p in passages]).save(staged / generation.KEYWORDS)
    clock.mark("keywords")
    write_facts(staged / generation.FACTS, corpus, taxonomy)
    clock.mark("facts")
    (staged / generation.COVERAGE).write_text(coverage_to_json(coverage_of(corpus)), encoding="utf-8")
    problems = "".join(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in corpus.problems)
    (staged / generation.PROBLEMS).write_text(problems, encoding="utf-8")
    counts = {
        "profiles": len(corpus.profiles),
        "paragraphs": sum(p.paragraph is not None for p in passages),
        "definitions": sum(p.paragraph is None for p in passages),
        "passages": len(passages),
        "chunks": len(chunks),
        "sentences": len(sentences),
        "words": len(words),
        "scores": len(corpus.scores),
        "problems": len(corpus.problems),
    }
    return counts, clock.seconds


def embedded_chunks(
    passages: Sequence[Passage], taxonomy: Taxonomy, encoder: PassageEncoder, progress: Callable[[int, int], None]
) -> tuple[DenseIndex, WordIndex]:
    """The vectors of all chunks, in order, and those of their tokens; equal texts are embedded once."""
    texts = [text for passage in passages for text in chunk_texts(passage, taxonomy)]
    distinct = list(dict.fromkeys(texts))
    axes = word_axes(encoder.spec)
    vectors = np.zeros((len(distinct), encoder.spec.dimension), dtype=np.float32)
    tokens: list[ChunkTokens | None] = [None] * len(distinct)
    for row, encoded in encoder.encode_chunks(distinct, progress):
        vectors[row], tokens[row] = encoded.vector, stored(encoded, distinct[row], axes)
    row_of = {text: row for row, text in enumerate(distinct)}
    found = [t for text in texts if (t := tokens[row_of[text]]) is not None]
    contexts = [len(embed_context(passage, taxonomy)) for passage in passages]
    return DenseIndex.from_vectors(vectors[[row_of[text] for text in texts]]), word_index(passages, found, contexts, axes)


def embedded(texts: Sequence[str], encoder: PassageEncoder, progress: Callable[[int, int], None]) -> DenseIndex:
    """Row i is text i. Equal texts are embedded once; their rows stay apart, since a row is a place and not a text."""
    distinct = list(dict.fromkeys(texts))
    vectors = encoder.encode_passages(distinct, progress)
    row_of = {text: row for row, text in enumerate(distinct)}
    return DenseIndex.from_vectors(vectors[[row_of[text] for text in texts]])


def _check(staged: Path, counts: dict[str, int]) -> None:
    """Read back everything that was written. Counts must agree everywhere before anything is published."""
    passages: tuple[Passage, ...] = passages_from_jsonl((staged / generation.PASSAGES).read_text(encoding="utf-8"))
    facts = FactStore.open(staged / generation.FACTS)
    try:
        found = {
            "passages": len(passages),
            "chunks": len(DenseIndex.load(staged / generation.CHUNKS)),
            "sentences": len(DenseIndex.load(staged / generation.SENTENCES)),
            "words": len(WordIndex.load(staged / generation.WORDS)),
            "scores": facts.count(),
        }
    finally:
        facts.close()
    documents = len(KeywordIndex.load(staged / generation.KEYWORDS))
    wrong = [f"{name}: {found[name]} of {counts[name]}" for name in found if found[name] != counts[name]]
    wrong += [f"documents: {documents} of {counts['passages']}"] if documents != counts["passages"] else []
    if wrong:
        raise BuildError(f"the build did not read back as written ({'; '.join(wrong)})", "run ocqa build again")


def _manifest(corpus: Corpus, staged: Path, encoder: PassageEncoder, counts: dict[str, int]) -> generation.Manifest:
    files = generation.record_files(staged)
    digest = hashlib.sha256("".join(f.sha256 for f in files.values()).encode()).hexdigest()
    return generation.Manifest(
        format_version=generation.FORMAT_VERSION,
        name=generation.new_name(digest),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        model=encoder.spec,
        recipe={
            "ranking": asdict(WEIGHTS),
            "confidence": asdict(MODEL),
            "word_axes": hashlib.sha256(word_axes(encoder.spec).tobytes()).hexdigest(),
            "lacking": hashlib.sha256(worth_of_lack(encoder.spec).tobytes()).hexdigest(),
        },
        sources=corpus.sources,
        counts=counts,
        versions={name: version(name) for name in _LIBRARIES},
        files=files,
    )


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def mark(self, phase: str) -> None:
        now = time.perf_counter()
        self.seconds[phase] = round(now - self._last, 2)
        self._last = now
