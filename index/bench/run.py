"""Running the parts of the benchmark one after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from index.bench.against_baseline import measure_questions, measure_rates, peers_part, sampled
from index.bench.baseline import PlainSearch
from index.bench.building import build_part, measure_builds
from index.bench.child import BenchError, Commands
from index.bench.cold import cold_part, measure_imports, measure_starts, starts_of
from index.bench.concurrency import many_part, measure_crowds
from index.bench.figures import Part, Told
from index.bench.growth import RealCorpus, measure_growth
from index.bench.growth_part import growth_part
from index.bench.sample_questions import Asked, questions_for
from index.bench.warm import measure_warm, warm_part
from index.encoders.model_files import model_folder
from index.encoders.protocol import Vectors
from index.encoders.sentence_transformer import open_encoder
from index.generations.snapshot import Snapshot, open_snapshot
from index.language.stems import stems
from index.passages.passage import chunk_texts
from index.passages.passage_file import keyword_text
from index.stores.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: cold starts and questions of each kind, rounds of asking, paragraphs to embed and how often, numbers
    of threads, and sizes of the growth curves in passages."""

    cold_runs: int = 7
    questions: int = 200
    warm_rounds: int = 3
    paragraphs: int = 200
    embedding_rounds: int = 3
    threads: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    sizes: tuple[int, ...] = (5_000, 50_000, 500_000, 2_000_000)


@dataclass(frozen=True)
class Bench:
    """What a run works with: `sources` to build, question `sets` to ask (if none, questions are made up), a `scratch` folder.

    Parts measure the published generation of `index`, which is opened once.
    """

    index: Path
    sources: tuple[Path, ...]
    sets: tuple[Path, ...]
    commands: Commands
    scratch: Path
    told: Told
    effort: Effort = Effort()

    @cached_property
    def snapshot(self) -> Snapshot:
        """The published generation. Raises IndexMissing or IndexDamaged."""
        return open_snapshot(self.index)

    @cached_property
    def asked(self) -> Asked:
        """The questions. Raises BenchError if there are none of a kind."""
        asked = questions_for(self.snapshot, self.sets, self.effort.questions)
        if not asked.text or not asked.scores:
            kind = "scores" if asked.text else "the text"
            raise BenchError(
                f"there is no question about {kind} to ask", "add question sets with --questions, or load more sources"
            )
        return asked

    @cached_property
    def plain(self) -> PlainSearch:
        """The baseline over the chunks of the index. Raises BenchError if the model is not in a folder on this machine."""
        name = self.snapshot.manifest.model.name
        folder = model_folder(name)
        if folder is None:
            raise BenchError(
                f"the model {name} is not in a folder on this machine", "build with a model folder: ocqa build --model DIR"
            )
        texts = [text for p in self.snapshot.passages for text in chunk_texts(p, self.snapshot.taxonomy)]
        return PlainSearch.of(str(folder), texts, _rows(self.snapshot.chunks))

    def cold(self) -> Part:
        """Fresh processes."""
        text, scores = self.asked.text[0], self.asked.scores[0]
        folder = self.scratch / "plain"
        self.plain.save(folder)
        starts = measure_starts(starts_of(self.commands, self.index, text, scores, folder), self.effort.cold_runs, self.told)
        self.told("imports of a cold answer")
        imports = measure_imports(self.commands, self.index, {"score question": scores, "text question": text})
        return cold_part(starts, imports)

    def warm(self) -> Part:
        """Further answers."""
        return warm_part(measure_warm(self.snapshot, self.asked, self.effort.warm_rounds, self.told), self.asked.origin)

    def peers(self) -> Part:
        """Compared with the baseline."""
        effort, snapshot = self.effort, self.snapshot
        encoder = open_encoder(snapshot.manifest.model.name)
        passages = sampled(snapshot, effort.paragraphs)
        found = measure_rates(passages, snapshot, encoder, self.plain, effort.embedding_rounds, self.told)
        return peers_part(replace(found, questions=measure_questions(snapshot, self.plain, self.asked.text, self.told)))

    def build(self) -> Part:
        """Builds."""
        return build_part(measure_builds(self.commands, self.sources, self.scratch, self.told))

    def many(self) -> Part:
        """Many threads at once."""
        kinds = {"Text questions": self.asked.text, "Score questions": self.asked.scores}
        crowds = {kind: measure_crowds(self.snapshot, asked, self.effort.threads, self.told) for kind, asked in kinds.items()}
        return many_part(crowds, self.asked.origin)

    def growth(self) -> Part:
        """Search as the corpus grows: larger ones are made from the vectors and words of this index."""
        snapshot, encode = self.snapshot, self.snapshot.encoder.get().encode_question
        corpus = RealCorpus(
            vectors=np.concatenate([_rows(snapshot.chunks), _rows(snapshot.sentences)]),
            documents=[stems(keyword_text(p, snapshot.taxonomy)) for p in snapshot.passages],
            pages=len(snapshot.coverage),
            questions=np.array([encode(question).vector for question in self.asked.text]),
        )
        return growth_part(measure_growth(corpus, self.scratch, self.effort.sizes, progress=self._tell_progress))

    def _tell_progress(self, what: str, done: int, total: int) -> None:
        self.told(f"{what} ({done} of {total})")


# In the order in which they run: parts that start processes come before models fill the memory of this one.
PARTS: Mapping[str, Callable[[Bench], Part]] = {
    "cold": Bench.cold,
    "build": Bench.build,
    "warm": Bench.warm,
    "many": Bench.many,
    "peers": Bench.peers,
    "growth": Bench.growth,
}


def run_parts(bench: Bench, names: Sequence[str]) -> Iterator[Part]:
    """The named parts, each as soon as it is done. Raises OcqaError if one cannot be measured."""
    for name, measure in PARTS.items():
        if name in names:
            bench.told(f"part {name}")
            start = time.perf_counter()
            part = measure(bench)
            yield replace(part, seconds=time.perf_counter() - start)


def _rows(index: VectorIndex) -> Vectors:
    return np.stack([index.vector(row) for row in range(len(index))])
