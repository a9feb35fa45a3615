"""Builds that can be killed, and a place to build in whose answers tell which build gave them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from world import TEXTS, page, write_world

from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import open_snapshot

QUESTION = "Who weighs the salt in Niger?"


class Nursery:
    """Builds in child processes that may be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert self._read() == {"ready": True}

    def begin(self, **order: object) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({k: str(v) if isinstance(v, Path) else v for k, v in order.items()}) + "\n")
        self._process.stdin.flush()
        return int(self._read()["pid"])

    def end(self) -> tuple[int, str]:
        """The signal that ended the build (0 for none), and what it said."""
        answer = self._read()
        return os.WTERMSIG(answer["status"]) if os.WIFSIGNALED(answer["status"]) else 0, answer["said"]

    def build(self, **order: object) -> tuple[int, str]:
        self.begin(**order)
        return self.end()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> dict[str, object]:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def turned(sources: Path, turns: int, taxonomy: Taxonomy) -> str:
    """Say in the sources who weighs the salt at this turn, and give the name."""
    guild = f"Guild of the {'Gazelle' if turns % 2 else 'Jackal'} {turns}"
    salt = f"Salt is dug without licence. The {guild} weighs it."
    text = page("Niger", 2021, taxonomy, {**TEXTS["Niger"], "Environment": (salt,)})
    (sources / "2021" / "niger.txt").write_text(text, encoding="utf-8")
    return guild


def begin(folder: Path, index: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
    """The index that a place begins with: that of the invented world, brought up to date with the first turn."""
    sources = write_world(folder / "sources", taxonomy)
    turned(sources, 1, taxonomy)
    shutil.copytree(world_index, index)
    build_index(load_corpus([sources], taxonomy), index, encoder, taxonomy)


class Place:
    """An index, and sources that differ from it by who weighs the salt; `turn` makes them differ again."""

    def __init__(self, folder: Path, begun: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> None:
        self.sources = write_world(folder / "sources", taxonomy)
        self.index = Path(shutil.copytree(begun, folder / "index"))
        self.encoder, self.taxonomy = encoder, taxonomy
        self.turns = 1
        self.old = self.guild = turned(self.sources, 1, taxonomy)
        self.turn()

    def turn(self) -> None:
        self.turns += 1
        self.guild = turned(self.sources, self.turns, self.taxonomy)

    def update(self) -> None:
        build_index(load_corpus([self.sources], self.taxonomy), self.index, self.encoder, self.taxonomy)

    def weigher(self) -> str:
        """Who weighs the salt, as a reader is told who opens the index now; all that it holds fits together."""
        snapshot = open_snapshot(self.index, lambda spec: self.encoder)
        try:
            assert snapshot.warning == ""
            answer = ask(snapshot, QUESTION)
            (own,) = [p.text for p in snapshot.passages if p.id == "NER-2021-environment-1"]
            assert answer.answered and answer.answer in own
            return re.findall(r"Guild of the \w+ \d+", answer.answer)[0]
        finally:
            snapshot.close()

    def is_clean(self) -> bool:
        return not list(self.index.glob("generations/.*"))
