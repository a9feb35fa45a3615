"""Fits the weights that rank passages on the development questions and measures them. Not a test: run by hand.

    python tests/fitting/fit_ranking.py PERU_INDEX WORLD_INDEX

The first index is of the shipped corpus, the second of the development pages. For each question the relevance of
the passages in scope becomes a distribution (softmax); the weights maximise the likelihood of the gold passages, by grade.
Prints the table [ranking] of `index/data/weights.toml`, and nDCG@10 and Success@1 by five-fold cross-validation, with all
signals and with each left out in turn.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from index.generations.snapshot import Snapshot, open_snapshot
from index.questions.question import understand
from index.retrieval.candidates import allowed_passages, retrieve
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.signals import Signals

DATA = Path(__file__).parents[1] / "data"
SETS = ("peru_dev.jsonl", "world_dev.jsonl")
NAMES = [field.name for field in fields(Signals)]
PENALTY = 0.01


@dataclass(frozen=True)
class RankedQuestion:
    """A question with its candidates: signals float[passages, signals], grades float[passages], all its gold grades."""

    name: str
    signals: np.ndarray
    grades: np.ndarray
    gold: tuple[int, ...]


def read(snapshot: Snapshot, path: Path) -> list[RankedQuestion]:
    found = []
    for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        gold = {(g["iso3"], g["edition"], g["section"], g["paragraph"]): g["grade"] for g in entry.get("gold", ())}
        question = understand(entry["question"], snapshot.gazetteer, snapshot.taxonomy.editions)
        if not gold or unclear_place(snapshot, question):
            continue
        scope = scope_of(snapshot, question)
        allowed = allowed_passages(snapshot, scope.countries, scope.editions, definitions=False)
        candidates = retrieve(snapshot, question, allowed, 1).candidates
        if candidates is None:  # no page of its place is loaded, so there is nothing to rank
            continue
        passages = [snapshot.passages[row] for row in candidates.rows]
        grades = np.array([gold.get((p.country, p.edition, p.section, p.paragraph), 0) for p in passages], dtype=float)
        if grades.any():
            found.append(RankedQuestion(path.name, candidates.signals, grades, tuple(gold.values())))
    return found


def fit(questions: list[RankedQuestion], spread: np.ndarray, columns: list[int]) -> np.ndarray:
    """One weight for each of these signals, per unit of the signal."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros(len(weights))
        for q in questions:
            scaled = q.signals[:, columns] / spread[columns]
            relevance = scaled @ weights
            share = np.exp(relevance - relevance.max())
            share /= share.sum()
            target = 2.0**q.grades - 1
            target /= target.sum()
            total -= float((target * np.log(share + 1e-12)).sum())
            slope += scaled.T @ (share - target)
        n = len(questions)
        return total / n + PENALTY * float(weights @ weights) / 2, slope / n + PENALTY * weights

    return minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x / spread[columns]


def quality(q: RankedQuestion, weights: np.ndarray, columns: list[int]) -> tuple[float, float]:
    """nDCG@10 and Success@1 (grade 2) of one question."""
    order = np.argsort(-(q.signals[:, columns] @ weights), kind="stable")
    grades = q.grades[order]

    def gain(values: np.ndarray) -> float:
        return sum((2**g - 1) / math.log2(i + 2) for i, g in enumerate(values[:10]))

    return gain(grades) / gain(np.array(sorted(q.gold, reverse=True))), float(grades[0] >= 2)


def cross_validated(questions: list[RankedQuestion], spread: np.ndarray, columns: list[int]) -> str:
    fold = np.random.default_rng(0).permutation(len(questions)) % 5
    found: dict[str, list[tuple[float, float]]] = {}
    for part in range(5):
        weights = fit([q for q, f in zip(questions, fold, strict=True) if f != part], spread, columns)
        for q, f in zip(questions, fold, strict=True):
            if f == part:
                found.setdefault(q.name, []).append(quality(q, weights, columns))
    return ", ".join(f"{name} {np.mean(v, axis=0)[0]:.3f} / {np.mean(v, axis=0)[1]:.3f}" for name, v in found.items())


def main(*indexes: str) -> None:
    questions = [q for index, name in zip(indexes, SETS, strict=True) for q in read(open_snapshot(Path(index)), DATA / name)]
    spread = np.concatenate([q.signals - q.signals.mean(axis=0) for q in questions]).std(axis=0) + 1e-9
    every = list(range(len(NAMES)))
    print(f"{len(questions)} questions; nDCG@10 / Success@1, held out: {cross_validated(questions, spread, every)}")
    for column in every:
        print(f"  without {NAMES[column]}: {cross_validated(questions, spread, [c for c in every if c != column])}")
    weights = fit(questions, spread, every)
    print("[ranking]", *(f"{name} = {weight:.2f}" for name, weight in zip(NAMES, weights, strict=True)), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
