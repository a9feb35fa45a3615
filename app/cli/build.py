"""The part of `ocqa` that makes and keeps indexes: build, history, rollback, verify."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.evaluate import gate_of_build
from app.settings import Settings
from corpus.errors import DriftTooFar, IndexDamaged, IndexMissing, ModelError, OcqaError

if TYPE_CHECKING:
    from index.builder.build import Approve
    from index.builder.report import DriftReport
    from index.encoders.protocol import Encoder, ModelSpec, QuestionEncoder
    from index.generations.manifest import Manifest

Say = Callable[[str], None]
Counter = Callable[[str], Callable[[int, int | None], None]]
_DRIFT_LIMIT = 0.1
_SOURCES_HELP = (
    "a folder with pages, workbooks and tables; may be given several times "
    "(else $OCQA_SOURCES, else those of the published build, else the shipped corpus)"
)


def add_build_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> dict[str, argparse.ArgumentParser]:
    """Add build, history, rollback and verify; gives their parsers by name."""
    build = commands.add_parser("build", help="bring the index up to date with the sources and publish it")
    build.add_argument("--sources", action="append", metavar="DIR", help=_SOURCES_HELP)
    build.add_argument(
        "--model",
        default=None,
        help="an embedding model: a folder, or a name to download (else that of the published build, else the packaged one)",
    )
    build.add_argument("--plan", action="store_true", help="say what a build would do, and do nothing")
    build.add_argument("--strict", action="store_true", help="any problem in the sources is an error; nothing is built")
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    build.add_argument("--keep", type=_at_least_one, metavar="N", help="keep the last N generations (3)")
    build.add_argument(
        "--search",
        choices=("exact", "approximate", "auto"),
        help="compare a question with every vector, or only with those in the lists nearest to it, or let their number decide "
        "(else as in the published build, else auto)",
    )
    build.add_argument("--saved", metavar="FILE", help="questions to compare (else those kept by ocqa ask --save)")
    build.add_argument(
        "--drift-limit",
        type=_share,
        default=_DRIFT_LIMIT,
        metavar="SHARE",
        help=f"stop where more than this share of the saved questions is answered otherwise ({_DRIFT_LIMIT})",
    )
    build.add_argument("--accept", action="store_true", help="publish whatever becomes of the saved questions")
    build.add_argument("--gate", metavar="BASELINE", help="publish only what passes against this saved result of ocqa eval")
    build.add_argument("--questions", action="append", metavar="SET", help="the question sets of --gate")
    build.add_argument(
        "--workers", type=_at_least_one, metavar="N", help="embed with N processes of Ray (needs it installed: ocqa[cluster])"
    )
    build.add_argument(
        "--cluster", metavar="ADDRESS", help="let those run on this Ray cluster (HOST:PORT), and not on this machine"
    )
    build.add_argument(
        "--shard", type=_shard, metavar="K/N", help="build the K-th of N shards: the pages of a part of the countries, all scores"
    )

    history = commands.add_parser("history", help="list the generations that are kept")
    history.add_argument("--json", action="store_true", help="print it as JSON, with what each build changed")
    rollback = commands.add_parser("rollback", help="publish an earlier generation again")
    rollback.add_argument("name", nargs="?", help="which one, as ocqa history names it (else the one before the published one)")
    verify = commands.add_parser("verify", help="check every stored file of the index and that all parts fit")
    return {"build": build, "history": history, "rollback": rollback, "verify": verify}


def _at_least_one(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text} is not of the form K/N, such as 1/4")
    return int(number), int(of)


@contextmanager
def _embedding(options: argparse.Namespace, near: Encoder) -> Iterator[Encoder]:
    """The encoder of the texts: the given one, or as many workers of it as are asked for."""
    if options.workers is None:
        if options.cluster is not None:
            raise OcqaError("--cluster says where workers run, and there are none", "say how many: --workers N")
        yield near
        return
    from index.cluster.ray_workers import SpreadEncoder, workers

    with workers(options.workers, options.cluster):
        yield SpreadEncoder(near, options.workers)


def run_build(options: argparse.Namespace, settings: Settings, say: Say, counter: Counter) -> int:
    """Read the sources, build what changed, publish it; or with --plan only say what that would be."""
    from app.reports.build_text import report_text
    from corpus.sources import load_corpus, shipped_sources
    from corpus.taxonomy import load_taxonomy
    from index.builder.build import BuildSettings, build_index, plan_build
    from index.builder.phases import Phase, Phases
    from index.encoders.deferred import passage_encoder
    from index.encoders.protocol import PACKAGED_MODEL
    from index.generations.folders import KEPT
    from index.generations.lock import build_lock
    from index.stores.ivf_tuning import SearchWay

    taxonomy = load_taxonomy()
    gate = gate_of_build(options, say, counter)
    before = _published(settings.index)
    remembered = tuple(Path(root) for root in before.roots) if before else ()
    roots = settings.sources or remembered or (shipped_sources(),)
    model = options.model or (before.model.name if before else PACKAGED_MODEL)

    def build() -> int:
        counters = {what: counter(f"{what} embedded") for what in ("passages", "sentences")}
        phases = Phases(lambda what, done, total: counters[what](done, total) if what in counters else None)
        reading = counter("files read")
        with phases.phase(Phase.READ):
            corpus = load_corpus(roots, taxonomy, lambda done, total, name: reading(done, total))
        for problem in corpus.problems:
            say(f"{problem.severity}: {problem}")
        if options.strict and corpus.problems:
            raise OcqaError(
                f"{len(corpus.problems)} problems in the sources; nothing was built", "mend them, or build without --strict"
            )
        if options.shard is not None:
            from index.cluster.shards import share

            number, of = options.shard
            corpus = share(corpus, number, of, taxonomy)
        encoder = passage_encoder(model, before.model if before else None)
        search = SearchWay(options.search) if options.search else None
        build_settings = BuildSettings(tuple(str(root.resolve()) for root in roots), options.keep or KEPT, search)
        if options.plan:
            report = plan_build(corpus, settings.index, encoder, taxonomy, phases, build_settings)
        else:
            approve = _Approval(options, settings, say, counter, gate(encoder) if gate else None, encoder)
            with _embedding(options, encoder) as spread:
                report = build_index(corpus, settings.index, spread, taxonomy, phases, approve, build_settings)
        if options.json:
            problems = [asdict(problem) for problem in corpus.problems]
            data = {**report.to_dict(), "generation": report.name or report.before, "index": str(settings.index)}
            print(json.dumps({**data, "problems": problems}, ensure_ascii=False, indent=1))
        else:
            say(report_text(report, taxonomy).rstrip("\n"))
            print(report.name or report.before)
        return 0

    if options.plan:
        return build()
    # Sources are read under the lock too: of two builds at once the second is refused before it has done anything.
    with build_lock(settings.index):
        return build()


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
                f"{drift.share:.0%} of the saved questions would be answered otherwise, more than "
                f"{self.options.drift_limit:.0%}; the published index is as it was",
                "see above; ocqa build --accept publishes it all the same",
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
            return DriftReport(0, (), "there is no build before")
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


def run_history(options: argparse.Namespace, settings: Settings) -> int:
    """List the generations, the newest first."""
    from app.reports.build_text import history_text
    from index.generations.folders import REPORT, current_folder, stored

    found = stored(settings.index)
    try:
        published = current_folder(settings.index).name
    except IndexDamaged:
        published = ""
    if not options.json:
        print(history_text(found, published), end="")
        return 0
    entries = []
    for entry in found:
        report = entry.folder / REPORT
        entries.append(
            {
                "generation": entry.name,
                "published": entry.name == published,
                "created_at": entry.manifest.created_at if entry.manifest else None,
                "counts": entry.manifest.counts if entry.manifest else None,
                "trouble": entry.trouble,
                "report": json.loads(report.read_text(encoding="utf-8")) if entry.manifest and report.is_file() else None,
            }
        )
    print(json.dumps(entries, ensure_ascii=False, indent=1))
    return 0


def run_rollback(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Publish an earlier generation again."""
    from index.generations.rollback import roll_back

    name = roll_back(settings.index, options.name)
    say(f"published {name} again; ocqa build brings the index up to date with the sources")
    print(name)
    return 0


def run_verify(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Check the published generation; 1 where something is wrong, with what to do."""
    from corpus.taxonomy import load_taxonomy
    from index.builder.code_hash import code_hash
    from index.builder.verify import failed_conditions
    from index.generations.folders import current_folder, damaged_files, earlier, read_manifest

    try:
        folder = current_folder(settings.index)
        manifest = read_manifest(folder)
        findings = failed_conditions(folder, manifest, load_taxonomy())
    except IndexDamaged as error:
        findings = (error.message,)
    for finding in findings:
        print(f"damaged: {finding}")
    if findings:
        intact = []
        for before in earlier(settings.index):
            try:
                intact += [] if damaged_files(before, read_manifest(before)) else [before.name]
            except IndexDamaged:
                continue
        if intact:
            say(f"next: ocqa rollback {intact[0]}   (the newest build before it that is as written), or ocqa build")
        else:
            say("next: ocqa build")
        return 1
    print(f"{manifest.name}: {len(manifest.files)} files are as written, all counts agree, every part fits the others")
    if manifest.program != code_hash():
        say("next: ocqa build   (the program is not the one that made this build)")
    return 0
