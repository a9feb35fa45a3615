"""What a new build takes from earlier ones: the published build to compare with, and the vectors of kept generations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing
from corpus.records import Problem
from index.builder.changes import ScoreKey
from index.builder.embedding import recipe_difference
from index.builder.vector_cache import VectorCache
from index.generations import folders
from index.generations.manifest import Manifest
from index.passages.passage import Passage
from index.passages.passage_file import passages_from_jsonl
from index.passages.problem_file import problems_from_jsonl
from index.scores.score_store import ScoreStore


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """The published build that a new one is compared with; empty if there is none, or none that can be read.

    `trouble` says why it cannot be read.
    """

    name: str = ""
    manifest: Manifest | None = None
    passages: tuple[Passage, ...] = ()
    scores: Mapping[ScoreKey, Decimal] | None = None
    problems: tuple[Problem, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Reusable:
    """The intact generations with the same vector recipe, the published one first, and a cache of their vectors.

    `why_not` says why the published build is not among them, if it is not.
    """

    generations: tuple[tuple[Path, Manifest], ...]
    cache: VectorCache
    why_not: str


def read_previous(index: Path) -> PreviousBuild:
    """The published build. A damaged one is treated as none at all, and `trouble` says what is wrong with it."""
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
        return PreviousBuild(
            folder.name,
            manifest,
            passages_from_jsonl((folder / folders.PASSAGES).read_text(encoding="utf-8")),
            scores,
            problems_from_jsonl((folder / folders.PROBLEMS).read_text(encoding="utf-8")),
        )
    except IndexMissing:
        return PreviousBuild()
    except (IndexDamaged, OSError) as error:
        return PreviousBuild(trouble=error.message if isinstance(error, IndexDamaged) else str(error))


def reusable_vectors(index: Path, previous: PreviousBuild, recipe: Mapping[str, str]) -> Reusable:
    """What kept generations hold of this vector recipe (see `index.builder.embedding.vector_recipe`)."""
    usable = []
    for stored in sorted(folders.stored(index), key=lambda s: s.name != previous.name):
        if stored.manifest is None or recipe_difference(stored.manifest.vectors, recipe):
            continue
        if not folders.damaged_files(stored.folder, stored.manifest, all_of=False):
            usable.append((stored.folder, stored.manifest))
    why_not = previous.trouble
    if previous.manifest is not None:
        why_not = recipe_difference(previous.manifest.vectors, recipe)
    return Reusable(tuple(usable), VectorCache.of(folder for folder, _ in usable), why_not)
