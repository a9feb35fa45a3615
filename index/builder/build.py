"""One build: from a corpus to a published generation, with what earlier builds hold, checked before anyone can see it.

Vectors are taken over from kept generations by the hash of their text; everything else is cheap and made whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.errors import BuildError, IndexDamaged, IndexMissing
from corpus.records import Corpus, Problem
from corpus.taxonomy import Taxonomy
from index.builder.changes import (
    Changes,
    ScoreKey,
    file_changes,
    passage_changes,
    problem_changes,
    profile_changes,
    score_changes,
)
from index.builder.code_hash import code_hash
from index.builder.embedding import Embedded, embed_passages, recipe_difference, vector_recipe, work_of
from index.builder.phases import Phase, Phases
from index.builder.report import BuildOutcome, BuildReport, DriftReport
from index.builder.vector_cache import VectorCache
from index.builder.verify import failed_conditions
from index.encoders.protocol import Encoder
from index.generations import folders
from index.generations.lock import build_lock
from index.generations.manifest import FORMAT_VERSION, Manifest
from index.generations.question_encoders import WHY, QuestionModel, question_model
from index.passages.coverage import coverage_of, coverage_to_json
from index.passages.passage import Passage, cut_passages
from index.passages.passage_file import keyword_text, passages_from_jsonl, passages_to_jsonl
from index.passages.problem_file import problems_from_jsonl, problems_to_jsonl
from index.retrieval.missing_words import missing_word_weights
from index.retrieval.weights import weights
from index.scores.score_store import ScoreStore, write_scores
from index.stores.bm25_index import Bm25Index
from index.stores.ivf_tuning import SearchWay

Approve = Callable[[Path, Manifest], DriftReport | None]
_LIBRARIES = ("faiss-cpu", "bm25s", "duckdb")


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """`roots` are the sources folders, to be remembered; `keep` is how many generations stay.

    `search` is how vectors are to be searched; None as in the published build, in a first one by their number.
    """

    roots: tuple[str, ...] = ()
    keep: int = folders.KEPT
    search: SearchWay | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """The kept generations of the same recipe, the published one first, their vectors, and why its own are not among them."""

    generations: tuple[tuple[Path, Manifest], ...]
    stock: VectorCache
    anew: str


@dataclass(frozen=True, slots=True)
class _Before:
    """The published build that a new one is held against; empty where there is none that can be read."""

    name: str = ""
    manifest: Manifest | None = None
    passages: tuple[Passage, ...] = ()
    scores: dict[ScoreKey, Decimal] | None = None
    problems: tuple[Problem, ...] = ()
    trouble: str = ""


def build_index(
    corpus: Corpus,
    index: Path,
    encoder: Encoder,
    taxonomy: Taxonomy,
    phases: Phases | None = None,
    approve: Approve | None = None,
    settings: BuildSettings = BuildSettings(),
) -> BuildReport:
    """Build and publish a generation, unless it would be the published one again.

    `phases` is told how far the build is and measures it; what it has measured before, such as the reading, is reported too.
    `approve` gets the finished folder and its manifest and may raise, which ends the build. Nothing is published, and nothing
    left behind, where any step fails. Raises BuildLocked where another build is under way, BuildError for an empty corpus, a
    folder that cannot be written or a build that does not read back as it was written.
    """
    _refuse_nothing(corpus)
    with build_lock(index):
        folders.sweep(index)
        return _Build(corpus, index, encoder, taxonomy, phases or Phases(), settings).run(approve)


def plan_build(
    corpus: Corpus,
    index: Path,
    encoder: Encoder,
    taxonomy: Taxonomy,
    phases: Phases | None = None,
    settings: BuildSettings = BuildSettings(),
) -> BuildReport:
    """What `build_index` would do. Writes nothing and embeds nothing; of the encoder only the tokens are counted."""
    _refuse_nothing(corpus)
    return _Build(corpus, index, encoder, taxonomy, phases or Phases(), settings).plan()


def _refuse_nothing(corpus: Corpus) -> None:
    if not corpus.profiles and not corpus.scores:
        raise BuildError(
            "nothing could be read from the sources, so nothing was built",
            "put profile pages, the workbook or a score table into the sources folder",
        )


class _Build:
    """The steps of one build, in their order."""

    def __init__(
        self,
        corpus: Corpus,
        index: Path,
        encoder: Encoder,
        taxonomy: Taxonomy,
        phases: Phases,
        settings: BuildSettings,
    ) -> None:
        self._corpus = corpus
        self._index = index
        self._encoder = encoder
        self._taxonomy = taxonomy
        self._phases = phases
        self._settings = settings
        self._recipe = vector_recipe(encoder.spec)

    def plan(self) -> BuildReport:
        """Everything but the writing."""
        before = _read_before(self._index)
        held = self._taken_over(before)
        passages = self._cut()
        outcome = BuildOutcome.UNCHANGED if self._is_same(before) else BuildOutcome.PLANNED
        return self._report(outcome, "", before, passages, held)

    def run(self, approve: Approve | None) -> BuildReport:
        """Build, check, ask for approval, publish."""
        before = _read_before(self._index)
        held = self._taken_over(before)
        passages = self._cut()
        if self._is_same(before):
            return self._report(BuildOutcome.UNCHANGED, before.name, before, passages, held)
        planned = self._report(BuildOutcome.PLANNED, "", before, passages, held)
        try:
            return self._published(planned, passages, held, self._asked_search(before), approve)
        except OSError as error:
            raise BuildError(
                f"the index could not be written ({error.strerror or error}); the published index is as it was",
                "free some space, or choose another folder with --index",
            ) from error

    def _published(
        self,
        planned: BuildReport,
        passages: tuple[Passage, ...],
        held: _Held,
        asked: SearchWay,
        approve: Approve | None,
    ) -> BuildReport:
        staged = folders.stage(self._index)
        try:
            counts, search = self._write(staged, passages, held.stock, asked)
            with self._phases.phase(Phase.QUESTIONS):
                questions = question_model(self._encoder, held.generations)
                if questions.graph is not None:
                    (staged / folders.QUESTIONS).write_bytes(questions.graph)
            with self._phases.phase(Phase.CHECK):
                manifest = self._manifest(staged, counts, search, questions)
                if failed := failed_conditions(staged, manifest, self._taxonomy):
                    raise BuildError(f"the build did not read back as written ({'; '.join(failed)})", "run ocqa build again")
            with self._phases.phase(Phase.APPROVE):
                drift = approve(staged, manifest) if approve is not None else None
            with self._phases.phase(Phase.PUBLISH):
                report = replace(planned, outcome=BuildOutcome.PUBLISHED, name=manifest.name, counts=counts, drift=drift)
                report = replace(report, slow_questions=questions.record.get(WHY, ""), seconds=dict(self._phases.seconds))
                folders.publish(self._index, staged, _with_report(staged, manifest, report))
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        removed = folders.prune(self._index, self._settings.keep)
        return replace(report, seconds=dict(self._phases.seconds), removed=removed)

    def _is_same(self, before: _Before) -> bool:
        """Whether the published build was made by this program, in this way, from these files."""
        m = before.manifest
        return m is not None and (m.sources, m.program, m.vectors, m.versions, m.roots, m.search["asked"]) == (
            self._corpus.sources,
            code_hash(),
            self._recipe,
            _versions(),
            self._settings.roots or m.roots,
            self._asked_search(before),
        )

    def _asked_search(self, before: _Before) -> SearchWay:
        m = before.manifest
        return self._settings.search or SearchWay(m.search["asked"] if m is not None else SearchWay.AUTO)

    def _taken_over(self, before: _Before) -> _Held:
        with self._phases.phase(Phase.REUSE):
            usable = []
            for stored in _published_first(folders.stored(self._index), before.name):
                if stored.manifest is None or recipe_difference(stored.manifest.vectors, self._recipe):
                    continue
                if not folders.damaged_files(stored.folder, stored.manifest, all_of=False):
                    usable.append((stored.folder, stored.manifest))
            anew = before.trouble
            if before.manifest is not None:
                anew = recipe_difference(before.manifest.vectors, self._recipe)
            return _Held(tuple(usable), VectorCache.of(folder for folder, _ in usable), anew)

    def _cut(self) -> tuple[Passage, ...]:
        with self._phases.phase(Phase.CUT):
            return cut_passages(self._corpus, self._taxonomy, self._encoder.count_tokens, self._encoder.spec.window)

    def _write(
        self, staged: Path, passages: tuple[Passage, ...], stock: VectorCache, asked: SearchWay
    ) -> tuple[dict[str, int], dict[str, Any]]:
        (staged / folders.PASSAGES).write_text(passages_to_jsonl(passages), encoding="utf-8")
        with self._phases.phase(Phase.EMBED) as told:
            embedded = embed_passages(passages, self._taxonomy, self._encoder, stock, told)
            embedded.save(staged)
        with self._phases.phase(Phase.LISTS):
            search = {"asked": asked.value, **_save_lists(staged, embedded, asked)}
        with self._phases.phase(Phase.KEYWORDS):
            Bm25Index.from_texts([keyword_text(p, self._taxonomy) for p in passages]).save(staged / folders.KEYWORDS)
        with self._phases.phase(Phase.FACTS):
            write_scores(staged / folders.FACTS, self._corpus, self._taxonomy)
        (staged / folders.COVERAGE).write_text(coverage_to_json(coverage_of(self._corpus)), encoding="utf-8")
        (staged / folders.PROBLEMS).write_text(problems_to_jsonl(self._corpus.problems), encoding="utf-8")
        counts = {
            **self._counts(passages),
            "chunks": len(embedded.chunks),
            "sentences": len(embedded.sentences),
            "words": len(embedded.words),
        }
        return counts, search

    def _counts(self, passages: Sequence[Passage]) -> dict[str, int]:
        return {
            "files": len(self._corpus.sources),
            "profiles": len(self._corpus.profiles),
            "paragraphs": sum(p.paragraph is not None for p in passages),
            "definitions": sum(p.paragraph is None for p in passages),
            "passages": len(passages),
            "chunks": sum(len(p.chunks) for p in passages),
            "sentences": sum(len(p.sentences) for p in passages),
            "scores": len(self._corpus.scores),
            "problems": len(self._corpus.problems),
        }

    def _report(
        self, outcome: BuildOutcome, name: str, before: _Before, passages: tuple[Passage, ...], held: _Held
    ) -> BuildReport:
        with self._phases.phase(Phase.COMPARE):
            new_problems, gone_problems = problem_changes(before.problems, self._corpus.problems)
            after = {(s.country, s.edition, s.indicator): Decimal(f"{s.value:.2f}") for s in self._corpus.scores}
            changes = Changes(
                files=file_changes(before.manifest.sources if before.manifest else (), self._corpus.sources),
                profiles=profile_changes(before.passages, passages),
                passages=passage_changes(before.passages, passages),
                scores=score_changes(before.scores or {}, after),
                problems=new_problems,
                problems_gone=gone_problems,
            )
            work = work_of(passages, self._taxonomy, held.stock)
        return BuildReport(
            outcome, name, before.name, changes, self._counts(passages), work, held.anew, None, dict(self._phases.seconds)
        )

    def _manifest(self, staged: Path, counts: dict[str, int], search: dict[str, Any], questions: QuestionModel) -> Manifest:
        files = folders.record_files(staged)
        digest = hashlib.sha256("".join(f.sha256 for f in files.values()).encode()).hexdigest()
        return Manifest(
            format_version=FORMAT_VERSION,
            name=folders.next_name(self._index, digest),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._encoder.spec,
            vectors=self._recipe,
            recipe={
                "ranking": asdict(weights().ranking),
                "confidence": asdict(weights().confidence),
                "missing_words": hashlib.sha256(missing_word_weights(self._encoder.spec).tobytes()).hexdigest(),
            },
            questions=questions.record,
            program=code_hash(),
            roots=self._settings.roots,
            sources=self._corpus.sources,
            counts=counts,
            versions=_versions(),
            files=files,
            search=search,
        )


def _save_lists(staged: Path, embedded: Embedded, asked: SearchWay) -> dict[str, Any]:
    """Write lists beside the vectors where they are the better search; how each is searched, as the manifest has it."""
    written = {}
    for what, index, name in (
        ("chunks", embedded.chunks, folders.CHUNK_LISTS),
        ("sentences", embedded.sentences, folders.SENTENCE_LISTS),
    ):
        listed, choice = index.with_lists(asked)
        listed.save_lists(staged / name)
        written[what] = choice.to_dict()
    return written


def _with_report(staged: Path, manifest: Manifest, report: BuildReport) -> Manifest:
    path = staged / folders.REPORT
    path.write_text(json.dumps(report.to_dict(), ensure_ascii=False), encoding="utf-8")
    return replace(manifest, files={**manifest.files, folders.REPORT: folders.record_file(path)})


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


def _published_first(stored: Sequence[folders.Stored], name: str) -> list[folders.Stored]:
    return sorted(stored, key=lambda s: s.name != name)


def _read_before(index: Path) -> _Before:
    """The published build, if it is as it was written; a damaged one is no base for anything."""
    try:
        folder = folders.current_folder(index)
        manifest = folders.read_manifest(folder)
        if findings := folders.damaged_files(folder, manifest):
            raise IndexDamaged(f"the published index is damaged: {'; '.join(findings)}")
        facts = ScoreStore.open(folder / folders.FACTS)
        try:
            scores = facts.all_scores()
        finally:
            facts.close()
        return _Before(
            folder.name,
            manifest,
            passages_from_jsonl((folder / folders.PASSAGES).read_text(encoding="utf-8")),
            scores,
            problems_from_jsonl((folder / folders.PROBLEMS).read_text(encoding="utf-8")),
        )
    except IndexMissing:
        return _Before()
    except (IndexDamaged, OSError) as error:
        return _Before(trouble=error.message if isinstance(error, IndexDamaged) else str(error))
