"""`ocqa build`: bring the index up to date with its sources and publish it, if it passes what was asked of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.evaluate import gate_of_build
from app.cli.progress import Counter, Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, positive, share
from app.reports.amounts import counted
from app.settings import Settings
from corpus.errors import DriftTooFar, IndexDamaged, IndexMissing, ModelError, OcqaError

if TYPE_CHECKING:
    from corpus.records import Corpus
    from index.builder.build import Approve
    from index.builder.phases import Phases
    from index.builder.report import BuildReport, DriftReport
    from index.encoders.protocol import Encoder, ModelSpec, QuestionEncoder
    from index.generations.manifest import Manifest

_DRIFT_LIMIT = 0.1
_SOURCES_HELP = (
    "a folder of pages, workbooks and score tables; may be repeated "
    "(default: $OCQA_SOURCES, else the sources of the published build, else the shipped corpus)"
)


def add_build_command(commands: Commands, say: Say, counter: Counter) -> None:
    """Add `build` to the commands."""
    build = add_command(commands, "build", "bring the index up to date with the sources and publish it", example="--plan")
    build.add_argument("--sources", action="append", metavar="DIR", help=_SOURCES_HELP)
    build.add_argument(
        "--model",
        help="the embedding model: a folder, or a name to download (default: the model of the published build, else the "
        "packaged one)",
    )
    build.add_argument("--plan", action="store_true", help="show what a build would change, without embedding or writing")
    build.add_argument("--strict", action="store_true", help="treat any problem in the sources as an error and build nothing")
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    build.add_argument("--keep", type=positive, metavar="N", help="how many generations to keep (default: 3)")
    build.add_argument(
        "--search",
        choices=("exact", "approximate", "auto"),
        help="compare a question with every vector, or only with those in the nearest lists, or choose by their number "
        "(default: as in the published build, else auto)",
    )
    build.add_argument("--saved", metavar="FILE", help="the questions to compare (default: those saved with ocqa ask --save)")
    build.add_argument(
        "--drift-limit",
        type=share,
        default=_DRIFT_LIMIT,
        metavar="SHARE",
        help=f"stop if more than this share of the saved questions changes its answer (default: {_DRIFT_LIMIT})",
    )
    build.add_argument("--accept", action="store_true", help="publish however many saved questions change their answer")
    build.add_argument("--gate", metavar="BASELINE", help="publish only if it passes against this saved result of ocqa eval")
    build.add_argument("--questions", action="append", metavar="SET", help="a question set for --gate; may be repeated")
    build.add_argument("--workers", type=positive, metavar="N", help="embed with N Ray workers (needs ocqa[cluster])")
    build.add_argument(
        "--cluster", metavar="ADDRESS", help="run the workers on this Ray cluster (HOST:PORT), not on this machine"
    )
    build.add_argument(
        "--shard", type=_shard, metavar="K/N", help="build shard K of N: the pages of its share of the countries, and all scores"
    )
    add_index_flag(build)
    build.set_defaults(run=lambda options, settings: run_build(options, settings, say, counter))


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text} is not of the form K/N, such as 1/4")
    return int(number), int(of)


def run_build(options: argparse.Namespace, settings: Settings, say: Say, counter: Counter) -> int:
    """Build what changed and publish it, or with --plan only say what would change; returns the exit code."""
    from index.generations.lock import build_lock

    command = _BuildCommand(options, settings, say, counter)
    if options.plan:
        return command.run()
    # Sources are read under the lock too: of two builds at once, the second is refused before it has done anything.
    with build_lock(settings.index):
        return command.run()


class _BuildCommand:
    """One call of `ocqa build`: its flags, with what the published build remembers for those that were not given."""

    def __init__(self, options: argparse.Namespace, settings: Settings, say: Say, counter: Counter) -> None:
        from corpus.sources import shipped_sources
        from corpus.taxonomy import load_taxonomy
        from index.encoders.protocol import PACKAGED_MODEL

        self._options, self._settings, self._say, self._counter = options, settings, say, counter
        self._taxonomy = load_taxonomy()
        self._gate = gate_of_build(options, say, counter)
        published = _published(settings.index)
        remembered = tuple(Path(root) for root in published.roots) if published else ()
        self._roots = settings.sources or remembered or (shipped_sources(),)
        self._model = options.model or (published.model.name if published else PACKAGED_MODEL)
        self._known_spec = published.model if published else None

    def run(self) -> int:
        """Read, build or plan, report."""
        phases = self._phases()
        corpus = self._read(phases)
        report = self._plan_or_build(self._shard_of(corpus), phases)
        self._show(report, corpus)
        return 0

    def _phases(self) -> Phases:
        from index.builder.phases import Phases

        counters = {what: self._counter(f"{what} embedded") for what in ("passages", "sentences")}
        return Phases(lambda what, done, total: counters[what](done, total) if what in counters else None)

    def _read(self, phases: Phases) -> Corpus:
        """The sources. Raises OcqaError where they have problems and --strict was given."""
        from app.reports.problem_lines import problem_lines
        from corpus.sources import load_corpus
        from index.builder.phases import Phase

        reading = self._counter("files read")
        with phases.phase(Phase.READ):
            corpus = load_corpus(self._roots, self._taxonomy, lambda done, total, name: reading(done, total))
        for line in problem_lines(corpus.problems):
            self._say(line)
        if self._options.strict and corpus.problems:
            found = counted(len(corpus.problems), "problem")
            raise OcqaError(f"{found} in the sources; nothing was built", "correct them, or build without --strict")
        return corpus

    def _shard_of(self, corpus: Corpus) -> Corpus:
        if self._options.shard is None:
            return corpus
        from index.cluster.shards import share

        number, of = self._options.shard
        return share(corpus, number, of, self._taxonomy)

    def _plan_or_build(self, corpus: Corpus, phases: Phases) -> BuildReport:
        from index.builder.build import BuildSettings, build_index, plan_build
        from index.encoders.deferred import passage_encoder
        from index.generations.folders import KEPT
        from index.stores.ivf_tuning import SearchWay

        index, taxonomy, options = self._settings.index, self._taxonomy, self._options
        encoder = passage_encoder(self._model, self._known_spec)
        search = SearchWay(options.search) if options.search else None
        settings = BuildSettings(tuple(str(root.resolve()) for root in self._roots), options.keep or KEPT, search)
        if options.plan:
            return plan_build(corpus, index, encoder, taxonomy, phases, settings)
        gate = self._gate(encoder) if self._gate else None
        approve = _Approval(options, self._settings, self._say, self._counter, gate, encoder)
        with _embedding(options, encoder) as embedding:
            return build_index(corpus, index, embedding, taxonomy, phases, approve, settings)

    def _show(self, report: BuildReport, corpus: Corpus) -> None:
        from app.reports.build_text import report_text

        generation = report.name or report.before
        if self._options.json:
            problems = [asdict(problem) for problem in corpus.problems]
            data = {**report.to_dict(), "generation": generation, "index": str(self._settings.index), "problems": problems}
            print(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            self._say(report_text(report, self._taxonomy).rstrip("\n"))
            print(generation)


@contextmanager
def _embedding(options: argparse.Namespace, local: Encoder) -> Iterator[Encoder]:
    """The encoder for passages: the local one, or as many workers with the same model as were asked for."""
    if options.workers is None:
        if options.cluster is not None:
            raise OcqaError("--cluster needs --workers", "say how many: --workers N")
        yield local
        return
    from index.cluster.ray_workers import SpreadEncoder, workers

    with workers(options.workers, options.cluster):
        yield SpreadEncoder(local, options.workers)


def _published(index: Path) -> Manifest | None:
    from index.generations.folders import current_folder, read_manifest

    try:
        return read_manifest(current_folder(index))
    except (IndexMissing, IndexDamaged):
        return None


@dataclass(frozen=True)
class _Approval:
    """What a finished build must pass before it is published: the gate, then the saved questions."""

    options: argparse.Namespace
    settings: Settings
    say: Say
    counter: Counter
    gate: Approve | None
    encoder: QuestionEncoder

    def __call__(self, folder: Path, manifest: Manifest) -> DriftReport | None:
        from app.reports.build_text import drift_lines
        from index.evals.drift import SAVED, read_questions

        if self.gate is not None:
            self.gate(folder, manifest)
        path = Path(self.options.saved) if self.options.saved else self.settings.index / SAVED
        if not self.options.saved and not path.exists():
            return None
        drift = self._compared(folder, manifest, read_questions(path))
        if drift.share > self.options.drift_limit and not self.options.accept:
            for line in drift_lines(drift):
                self.say(line)
            raise DriftTooFar(
                f"{drift.share:.0%} of the saved questions would change their answer, more than the limit of "
                f"{self.options.drift_limit:.0%}; the published index is unchanged",
                "see the changes above; to publish all the same: ocqa build --accept",
            )
        return drift

    def _compared(self, folder: Path, manifest: Manifest, questions: Sequence[str]) -> DriftReport:
        from index.builder.report import DriftReport
        from index.encoders.sentence_transformer import open_encoder
        from index.evals.drift import compare_answers
        from index.generations.snapshot import open_generation, open_snapshot

        def encoder_for(spec: ModelSpec) -> QuestionEncoder:
            return self.encoder if spec == self.encoder.spec else open_encoder(spec.name)

        try:
            before = open_snapshot(self.settings.index, encoder_for)
        except IndexMissing:
            return DriftReport(0, (), "there is no earlier build")
        except IndexDamaged as error:
            return DriftReport(0, (), error.message)
        after = open_generation(folder, manifest, encoder_for)
        try:
            return compare_answers(before, after, questions, self.counter("saved questions asked"))
        except ModelError as error:
            return DriftReport(0, (), error.message)
        finally:
            before.close()
            after.close()
