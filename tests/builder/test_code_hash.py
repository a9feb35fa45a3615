"""The hash of the program covers what decides a stored byte, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

import corpus
import index
from index.builder.code_hash import MODULES

# Where a build begins: reading sources, the encoder it is given, and the build itself.
ROOTS = ("corpus.sources", "index.encoders.deferred", "index.builder.build")
# What these import and the hash leaves out, because it decides no stored byte.
LEFT_OUT = {
    "corpus.errors": "error classes; messages are in the modules that raise them",
    "corpus.placing": "renames and flushes files, never changes one",
    "index.builder.changes": "describes how a build differs from the one before",
    "index.builder.phases": "progress and timing",
    "index.builder.report": "describes what a build did",
    "index.builder.verify": "reads a finished build",
    "index.contract.answer_kind": "imported to query scores, not to store them",
    "index.generations.lock": "keeps a second build out",
    "index.judging.judge_file": "the judge's hash is compared, in Manifest.recipe",
    "index.judging.packed": "reads the judge's weights",
    "index.language.alignment": "describes how paragraphs differ from the build before",
    "index.retrieval.missing_words": "its weights are compared by value, in Manifest.recipe",
    "index.retrieval.weights": "compared by value, in Manifest.recipe",
    "index.scores.loaded_scores": "reads stored scores",
    "index.scores.query": "queries stored scores",
    "index.scores.score": "a score as it is read",
    "index.scores.sql": "queries stored scores",
    "index.scores.sql_parts": "queries stored scores",
    "index.scores.statistics": "queries stored scores",
}


def listed() -> set[str]:
    return {f"{package}.{name}" for package, names in MODULES.items() for name in names}


def test_every_module_a_build_imports_is_hashed_or_left_out_for_a_reason() -> None:
    graph = grimp.build_graph("corpus", "index", cache_dir=None)
    imported = {module for root in ROOTS for module in graph.find_upstream_modules(root)} | set(ROOTS)
    assert imported == listed() | LEFT_OUT.keys()
    assert not listed() & LEFT_OUT.keys()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the two packages."""
    for package in (corpus, index):
        (path,) = package.__path__
        shutil.copytree(path, tmp_path / package.__name__, ignore=shutil.ignore_patterns("__pycache__", "shipped"))
    return tmp_path


def hash_of(program: Path) -> str:
    command = [sys.executable, "-c", "from index.builder.code_hash import code_hash; print(code_hash())"]
    done = subprocess.run(command, cwd=program, env={"PYTHONPATH": str(program)}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_only_a_change_in_what_decides_stored_bytes_changes_the_hash(program: Path) -> None:
    def with_a_comment(file: str) -> str:
        path = program / file
        original = path.read_bytes()
        path.write_bytes(original + b"\n# A comment\n")
        changed = hash_of(program)
        path.write_bytes(original)
        return changed

    before = hash_of(program)
    for file in (
        "index/scores/result_sentences.py",
        "index/questions/names.py",
        "index/data/cues.toml",
        "corpus/data/about.toml",
        "corpus/data/page_fields.toml",
        "index/builder/report.py",
    ):
        assert with_a_comment(file) == before
    changed = [
        with_a_comment(file)
        for file in ("index/passages/passage.py", "index/stores/bm25_index.py", "corpus/pages.py", "corpus/data/countries.csv")
    ]
    assert len({before, *changed}) == 1 + len(changed)
    assert hash_of(program) == before
