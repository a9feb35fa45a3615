"""Fits the numbers of `index.confidence` on the development questions and measures them. Not a test: run it by hand.

    python tests/fit_confidence.py PERU_INDEX WORLD_INDEX

The first index is of the shipped corpus, the second of the development pages. Prints the two logistic functions and, by five-fold
cross-validation, how well they tell questions with an answer from those without, and right first passages from wrong ones.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from index.chunk import PassageKind
from index.evidence import Evidence
from index.features import features_of
from index.kinds import Kind, kind_of
from index.question import understand
from index.scope import scope_of, unclear_place
from index.search import search
from index.snapshot import Snapshot, open_snapshot

DATA = Path(__file__).parent / "data"
SETS = ("peru_dev.jsonl", "world_dev.jsonl")
PENALTY = 3.0
Rows = list[tuple[tuple[float, ...], bool, bool]]


def rows_of(snapshot: Snapshot, questions: Path) -> Rows:
    """Evidence, whether the first passage is right, and whether the question has an answer, for each text question searched."""
    rows: Rows = []
    for entry in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        question = understand(entry["question"], snapshot.gazetteer, snapshot.taxonomy.editions)
        if kind_of(features_of(question.reading)) is not Kind.PASSAGES or unclear_place(snapshot, question) is not None:
            continue
        scope = scope_of(snapshot, question)
        searched = None if scope.refusal is not None else search(snapshot, question, scope, 1)
        if searched is None or searched.evidence is None:
            continue
        found = searched.found.hits[0].passage
        place = (found.country, found.edition, found.section, found.paragraph)
        gold = {(g["iso3"], g["edition"], g["section"], g["paragraph"]) for g in entry.get("gold", ())}
        right = found.kind is PassageKind.PARAGRAPH and place in gold
        rows.append((astuple(searched.evidence), right, not entry.get("unanswerable", False)))
    return rows


def fit(evidence: np.ndarray, true: np.ndarray) -> tuple[float, np.ndarray]:
    """Logistic regression with a quadratic penalty on standardised columns, by Newton's method."""
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
    columns = np.c_[np.ones(len(evidence)), (evidence - mean) / spread]
    ridge = PENALTY * np.diag(np.r_[0.0, np.ones(evidence.shape[1])])
    weights = np.zeros(columns.shape[1])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (chance - true) + ridge @ weights
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return float(weights[0] - scaled @ mean), scaled


def held_out(evidence: np.ndarray, true: np.ndarray) -> np.ndarray:
    """The chance of each row by the fit on the four fifths that it is not of."""
    fold = np.random.default_rng(0).permutation(len(true)) % 5
    chance = np.zeros(len(true))
    for part in range(5):
        constant, weights = fit(evidence[fold != part], true[fold != part])
        chance[fold == part] = 1 / (1 + np.exp(-(evidence[fold == part] @ weights + constant)))
    return chance


def area(chance: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve."""
    pairs = chance[positive][:, None] - chance[~positive][None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def calibration_error(chance: np.ndarray, true: np.ndarray) -> float:
    bins = np.digitize(chance, np.linspace(0, 1, 11)[1:-1])
    return float(sum((bins == b).mean() * abs(chance[bins == b].mean() - true[bins == b].mean()) for b in set(bins)))


def main(*indexes: str) -> None:
    by_set = [rows_of(open_snapshot(Path(i)), DATA / name) for i, name in zip(indexes, SETS, strict=True)]
    rows = [row for part in by_set for row in part]
    of_set = np.repeat(np.arange(len(by_set)), [len(part) for part in by_set])
    evidence = np.array([row[0] for row in rows])
    right, answerable = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    print(f"{len(rows)} questions searched, {answerable.sum()} answerable, {right.sum()} with a right first passage")
    names = [field.name for field in fields(Evidence)]
    for what, true in (("answerable", answerable), ("right", right)):
        constant, weights = fit(evidence, true)
        print(f"{what}: {constant:.2f}, ({', '.join(f'{w:.2f}' for w in weights)})")
        print("  " + ", ".join(f"{n} {w:.2f}" for n, w in zip(names, weights, strict=True)))
    chance, first = held_out(evidence, answerable), held_out(evidence, right)
    for number, name in enumerate(SETS):
        own = of_set == number
        print(
            f"{name}, held out: area answerable/not {area(chance[own], answerable[own]):.3f}, "
            f"right/wrong {area(first[own], right[own]):.3f}; "
            f"calibration error {calibration_error(chance[own], answerable[own]):.3f} and "
            f"{calibration_error(first[own], right[own]):.3f}"
        )
        for line in (0.3, 0.35, 0.4, 0.45, 0.5):
            print(
                f"  declined below {line}: {(chance[own & answerable] < line).mean():.1%} of the answerable, "
                f"{(chance[own & ~answerable] < line).mean():.1%} of the others"
            )


if __name__ == "__main__":
    main(*sys.argv[1:3])
