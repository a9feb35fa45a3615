"""One build: from a corpus to a published generation, checked before anyone can see it.

Vectors are reused from kept generations by the hash of their text; everything else is cheap and made from scratch.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.errors import BuildError
from corpus.records import Corpus
from corpus.taxonomy import Taxonomy
from index.builder.changes import (
    Changes,
    file_changes,
    passage_changes,
    problem_changes,
    profile_changes,
    score_changes,
)
from index.builder.code_hash import code_hash
from index.builder.embedding import vector_recipe, work_of
from index.builder.generation_files import Written, counts_of, write_files
from index.builder.phases import Phase, Phases
from index.builder.previous_build import PreviousBuild, Reusable, read_previous, reusable_vectors
from index.builder.report import BuildOutcome, BuildReport, DriftReport
from index.builder.verify import failed_conditions
from index.encoders.protocol import Encoder, ModelSpec
from index.generations import folders
from index.generations.lock import build_lock
from index.generations.manifest import FORMAT_VERSION, Manifest
from index.generations.question_encoders import WHY, QuestionModel, question_model
from index.judging.judge_file import judge_hash
from index.passages.passage import Passage, cut_passages
from index.retrieval.missing_words import missing_word_weights
from index.retrieval.weights import weights
from index.stores.ivf_tuning import SearchWay

Approve = Callable[[Path, Manifest], DriftReport | None]
_LIBRARIES = ("faiss-cpu", "bm25s", "duckdb")


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """`roots` are the sources folders, recorded in the manifest; `keep` is how many generations stay.

    `search` is how vectors are searched; None keeps the way of the published build, and leaves a first build to choose by
    the number of vectors.
    """

    roots: tuple[str, ...] = ()
    keep: int = folders.KEPT
    search: SearchWay | None = None


def build_index(
    corpus: Corpus,
    index: Path,
    encoder: Encoder,
    taxonomy: Taxonomy,
    phases: Phases | None = None,
    approve: Approve | None = None,
    settings: BuildSettings = BuildSettings(),
) -> BuildReport:
    """Build and publish a generation, unless it would equal the published one.

    `phases` reports progress and times each step; steps it has timed before, such as reading, are reported too. `approve` gets
    the finished folder and its manifest, and ends the build by raising. If any step fails, nothing is published and nothing
    is left behind. Raises BuildLocked if another build is running, BuildError for an empty corpus, a folder that cannot be
    written, or a build that does not read back as it was written.
    """
    _refuse_empty(corpus)
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
    """What `build_index` would do. Writes and embeds nothing; the encoder only counts tokens."""
    _refuse_empty(corpus)
    return _Build(corpus, index, encoder, taxonomy, phases or Phases(), settings).plan()


def _refuse_empty(corpus: Corpus) -> None:
    if not corpus.profiles and not corpus.scores:
        raise BuildError(
            "nothing could be read from the sources, so nothing was built",
            "put profile pages, the workbook or a score table into the sources folder",
        )


class _Build:
    """The steps of one build, in order."""

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
        self._ranking = _ranking_recipe(encoder.spec)

    def plan(self) -> BuildReport:
        """Everything except writing."""
        previous = read_previous(self._index)
        reusable = self._reusable(previous)
        passages = self._cut()
        outcome = BuildOutcome.UNCHANGED if self._is_same(previous) else BuildOutcome.PLANNED
        return self._report(outcome, "", previous, passages, reusable)

    def run(self, approve: Approve | None) -> BuildReport:
        """Build, check, ask for approval, publish."""
        previous = read_previous(self._index)
        reusable = self._reusable(previous)
        passages = self._cut()
        if self._is_same(previous):
            return self._report(BuildOutcome.UNCHANGED, previous.name, previous, passages, reusable)
        planned = self._report(BuildOutcome.PLANNED, "", previous, passages, reusable)
        try:
            return self._published(planned, passages, reusable, self._asked_search(previous), approve)
        except OSError as error:
            raise BuildError(
                f"the index could not be written ({error.strerror or error}); the published index is unchanged",
                "free some space, or choose another folder with --index",
            ) from error

    def _published(
        self,
        planned: BuildReport,
        passages: tuple[Passage, ...],
        reusable: Reusable,
        asked: SearchWay,
        approve: Approve | None,
    ) -> BuildReport:
        staged = folders.stage(self._index)
        try:
            written = write_files(
                staged, self._corpus, passages, self._taxonomy, self._encoder, reusable.cache, asked, self._phases
            )
            with self._phases.phase(Phase.QUESTIONS):
                questions = question_model(self._encoder, reusable.generations)
                if questions.graph is not None:
                    (staged / folders.QUESTIONS).write_bytes(questions.graph)
            with self._phases.phase(Phase.CHECK):
                manifest = self._manifest(staged, written, questions)
                if failed := failed_conditions(staged, manifest, self._taxonomy):
                    raise BuildError(f"the build did not read back as written ({'; '.join(failed)})", "run ocqa build again")
            with self._phases.phase(Phase.APPROVE):
                drift = approve(staged, manifest) if approve is not None else None
            with self._phases.phase(Phase.PUBLISH):
                report = replace(planned, outcome=BuildOutcome.PUBLISHED, name=manifest.name, counts=written.counts, drift=drift)
                report = replace(report, slow_questions=questions.record.get(WHY, ""), seconds=dict(self._phases.seconds))
                folders.publish(self._index, staged, _with_report(staged, manifest, report))
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        removed = folders.prune(self._index, self._settings.keep)
        return replace(report, seconds=dict(self._phases.seconds), removed=removed)

    def _is_same(self, previous: PreviousBuild) -> bool:
        """Whether the published build was made by this program, with these settings and weights, from these files."""
        m = previous.manifest
        return m is not None and (m.sources, m.program, m.vectors, m.recipe, m.versions, m.roots, m.search["asked"]) == (
            self._corpus.sources,
            code_hash(),
            self._recipe,
            self._ranking,
            _versions(),
            self._settings.roots or m.roots,
            self._asked_search(previous),
        )

    def _asked_search(self, previous: PreviousBuild) -> SearchWay:
        m = previous.manifest
        return self._settings.search or SearchWay(m.search["asked"] if m is not None else SearchWay.AUTO)

    def _reusable(self, previous: PreviousBuild) -> Reusable:
        with self._phases.phase(Phase.REUSE):
            return reusable_vectors(self._index, previous, self._recipe)

    def _cut(self) -> tuple[Passage, ...]:
        with self._phases.phase(Phase.CUT):
            return cut_passages(self._corpus, self._taxonomy, self._encoder.count_tokens, self._encoder.spec.window)

    def _report(
        self,
        outcome: BuildOutcome,
        name: str,
        previous: PreviousBuild,
        passages: tuple[Passage, ...],
        reusable: Reusable,
    ) -> BuildReport:
        with self._phases.phase(Phase.COMPARE):
            changes = self._changes(previous, passages)
            work = work_of(passages, self._taxonomy, reusable.cache)
        counts, seconds = counts_of(self._corpus, passages), dict(self._phases.seconds)
        return BuildReport(outcome, name, previous.name, changes, counts, work, reusable.why_not, None, seconds)

    def _changes(self, previous: PreviousBuild, passages: tuple[Passage, ...]) -> Changes:
        new_problems, gone_problems = problem_changes(previous.problems, self._corpus.problems)
        after = {(s.country, s.edition, s.indicator): Decimal(f"{s.value:.2f}") for s in self._corpus.scores}
        return Changes(
            files=file_changes(previous.manifest.sources if previous.manifest else (), self._corpus.sources),
            profiles=profile_changes(previous.passages, passages),
            passages=passage_changes(previous.passages, passages),
            scores=score_changes(previous.scores or {}, after),
            problems=new_problems,
            problems_gone=gone_problems,
        )

    def _manifest(self, staged: Path, written: Written, questions: QuestionModel) -> Manifest:
        files = folders.record_files(staged)
        digest = hashlib.sha256("".join(f.sha256 for f in files.values()).encode()).hexdigest()
        return Manifest(
            format_version=FORMAT_VERSION,
            name=folders.next_name(self._index, digest),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._encoder.spec,
            vectors=self._recipe,
            recipe=self._ranking,
            questions=questions.record,
            program=code_hash(),
            roots=self._settings.roots,
            sources=self._corpus.sources,
            counts=written.counts,
            versions=_versions(),
            files=files,
            search=written.search,
        )


def _ranking_recipe(spec: ModelSpec) -> dict[str, Any]:
    """The fitted weights that answers are ranked and judged by, as plain JSON types."""
    numbers = weights()
    fitted = {"ranking": asdict(numbers.ranking), "confidence": asdict(numbers.confidence), "judged": asdict(numbers.judged)}
    recipe: dict[str, Any] = json.loads(json.dumps(fitted))
    missing = hashlib.sha256(missing_word_weights(spec).tobytes()).hexdigest()
    return {**recipe, "missing_words": missing, "judge": judge_hash()}


def _with_report(staged: Path, manifest: Manifest, report: BuildReport) -> Manifest:
    path = staged / folders.REPORT
    path.write_text(json.dumps(report.to_dict(), ensure_ascii=False), encoding="utf-8")
    return replace(manifest, files={**manifest.files, folders.REPORT: folders.record_file(path)})


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}
