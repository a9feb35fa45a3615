"""A sources folder and its index to bring up to date, with an encoder that counts what it embeds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from world import TEXTS, page, write_world

from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.builder.report import BuildReport
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import open_snapshot


class Counting:
    """The real encoder, counting what it is given."""

    def __init__(self, encoder: SentenceTransformerEncoder) -> None:
        self._encoder = encoder
        self.spec = encoder.spec
        self.chunks: list[str] = []
        self.sentences: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)

    def encode_passages(self, texts, progress=None):
        self.sentences += texts
        return self._encoder.encode_passages(texts, progress)

    def encode_chunks(self, texts, progress=None):
        self.chunks += texts
        return self._encoder.encode_chunks(texts, progress)

    def encode_question(self, text):
        return self._encoder.encode_question(text)

    def export_questions(self):
        return self._encoder.export_questions()


class Desk:
    """A sources folder and its index: the invented world, to begin with."""

    def __init__(self, folder: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
        self.sources = write_world(folder / "sources", taxonomy)
        self.index = Path(shutil.copytree(world_index, folder / "index"))
        self.encoder = Counting(encoder)
        self.taxonomy = taxonomy

    def write(self, country: str, edition: int, texts=None, scores=None) -> Path:
        path = self.sources / str(edition) / f"{country.lower()}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(country, edition, self.taxonomy, texts, scores), encoding="utf-8")
        return path

    def build(self, **more) -> BuildReport:
        self.encoder.chunks, self.encoder.sentences = [], []
        return build_index(load_corpus([self.sources], self.taxonomy), self.index, self.encoder, self.taxonomy, **more)

    def answer(self, question: str):
        snapshot = open_snapshot(self.index, lambda spec: self.encoder)
        try:
            return ask(snapshot, question)
        finally:
            snapshot.close()


def edited() -> dict[str, tuple[str, ...]]:
    """Niger's page with one sentence changed."""
    salt = "Salt is dug without licence by families from the oasis. The Gazelle League weighs every sack."
    return {**TEXTS["Niger"], "Environment": (salt,)}
