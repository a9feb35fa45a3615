"""Any order of updates: an index that is brought up to date is the one that a build at once would give, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from world import page

from corpus.errors import OcqaError
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import build_index
from index.builder.report import BuildOutcome
from index.builder.verify import failed_conditions
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations import folders
from index.generations.manifest import MANIFEST
from index.generations.rollback import roll_back

VECTORS = (
    "passages.jsonl", "chunks.faiss", "chunk_texts.npy", "sentences.faiss", "sentence_texts.npy", "coverage.json",
    "words/vectors.npy", "words/spans.npy", "words/sentences.npy", "words/starts.npy", "words/chunks.npy",
)  # fmt: skip
COUNTRIES = ("Chad", "Niger", "Nigeria")
SENTENCES = st.lists(
    st.sampled_from(
        ["Salt is dug at night.", "Rifles are hidden in melon carts.", "The harbour guards are paid.", "Nobody was ever tried.",
         "Hashish comes over the hills on mules, and a part of it stays.", "A same sentence stands here."]
    ),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip
PAGES = st.fixed_dictionaries(
    {}, optional={name: st.lists(SENTENCES, min_size=1, max_size=2).map(tuple) for name in ("People", "Environment", "Drugs")}
)


class Updates(RuleBasedStateMachine):
    """Whatever is done to the sources, in whatever order: the index is the one that a build at once would give."""

    folder: Path
    taxonomy: Taxonomy
    encoder: SentenceTransformerEncoder
    count = 0

    @initialize()
    def begin(self) -> None:
        type(self).count += 1
        self.root = self.folder / str(self.count)
        self.sources = self.root / "sources" / "2021"
        self.sources.mkdir(parents=True)
        self.names = iter(range(1000))
        self.files: dict[Path, tuple[str, str]] = {}
        self.put("Chad", {"People": ("Salt is dug at night.",)})

    @rule(country=st.sampled_from(COUNTRIES), texts=PAGES)
    def put(self, country: str, texts: dict[str, tuple[str, ...]]) -> None:
        text = page(country, 2021, self.taxonomy, texts)
        path = next((p for p, (c, _) in self.files.items() if c == country), self.sources / f"page-{next(self.names)}.txt")
        path.write_text(text, encoding="utf-8")
        self.files[path] = (country, text)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if len(self.files) > 1:
            path = data.draw(st.sampled_from(sorted(self.files)))
            path.unlink()
            del self.files[path]

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.files)))
        new = self.sources / f"page-{next(self.names)}.txt"
        path.rename(new)
        self.files[new] = self.files.pop(path)

    @rule()
    def roll_back(self) -> None:
        if folders.names(self.root / "index"):
            try:
                roll_back(self.root / "index")
            except OcqaError as error:
                assert "no earlier generation" in error.message

    @rule()
    def build(self) -> None:
        corpus = load_corpus([self.sources], self.taxonomy)
        report = build_index(corpus, self.root / "index", self.encoder, self.taxonomy)
        updated = folders.current_folder(self.root / "index")
        assert report.outcome is BuildOutcome.UNCHANGED or updated.name == report.name
        shutil.rmtree(self.root / "fresh", ignore_errors=True)
        build_index(corpus, self.root / "fresh", self.encoder, self.taxonomy)
        fresh = folders.current_folder(self.root / "fresh")
        for name in VECTORS:
            assert (updated / name).read_bytes() == (fresh / name).read_bytes(), name

    @invariant()
    def what_is_published_is_whole(self) -> None:
        index = getattr(self, "root", Path("none")) / "index"
        if folders.names(index):
            folder = folders.current_folder(index)
            assert failed_conditions(folder, folders.read_manifest(folder), self.taxonomy) == ()
            assert not [p for p in (index / "generations").iterdir() if p.name.startswith(".")]
            assert (folder / MANIFEST).is_file()


def test_any_order_of_updates_gives_the_bytes_of_a_build_at_once(
    tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    Updates.folder, Updates.encoder, Updates.taxonomy = tmp_path, encoder, taxonomy
    run_state_machine_as_test(
        Updates,
        settings=settings(max_examples=5, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)),
    )
