"""Fits the numbers of `index.confidence` and measures them. Not a test: run it by hand after a change of the signals.

    python tests/fit_confidence.py SHIPPED_INDEX DEV_INDEX

The first index is of the shipped corpus, the second of the development pages. Prints the fitted logistic function and, by
five-fold cross-validation, how well it tells right first passages from wrong ones.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from index.answer import ask
from index.chunk import PassageKind
from index.confidence import Evidence, evidence_of
from index.kinds import Kind
from index.question import understand
from index.retrieve import allowed_passages, find_passages
from index.snapshot import Snapshot, open_snapshot

DATA = Path(__file__).parent / "data"
Rows = list[tuple[tuple[float, ...], bool, bool]]


def rows_of(snapshot: Snapshot, questions: Path) -> Rows:
    """Evidence, whether the first passage is right, and whether the question has an answer, for each text question searched."""
    rows: Rows = []
    for entry in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        question = understand(entry["question"], snapshot.gazetteer, snapshot.taxonomy.editions)
        answer = ask(snapshot, entry["question"])
        if question.kind is not Kind.PASSAGES or not answer.passages:
            continue
        editions = question.editions or None
        allowed = allowed_passages(
            snapshot, question.countries or None, editions, definitions=not question.countries and editions is None
        )
        (hit,) = find_passages(snapshot, question, allowed, 1)
        found = hit.passage
        place = (found.country, found.edition, found.section, found.paragraph)
        gold = {(g["iso3"], g["edition"], g["section"], g["paragraph"]) for g in entry.get("gold", ())}
        right = found.kind is PassageKind.PARAGRAPH and place in gold
        rows.append((astuple(evidence_of(hit, question, snapshot)), right, not entry.get("unanswerable", False)))
    return rows


def fit(evidence: np.ndarray, right: np.ndarray, penalty: float = 1.0) -> tuple[float, np.ndarray]:
    """Logistic regression with a quadratic penalty on standardised columns, by Newton's method."""
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
    columns = np.c_[np.ones(len(evidence)), (evidence - mean) / spread]
    ridge = penalty * np.diag(np.r_[0.0, np.ones(evidence.shape[1])])
    weights = np.zeros(columns.shape[1])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (chance - right) + ridge @ weights
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return float(weights[0] - scaled @ mean), scaled


def area(chance: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve."""
    pairs = chance[positive][:, None] - chance[~positive][None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def main(shipped: str, dev: str) -> None:
    rows = rows_of(open_snapshot(Path(shipped)), DATA / "peru_questions.jsonl")
    rows += rows_of(open_snapshot(Path(dev)), DATA / "dev_pages_questions.jsonl")
    evidence = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows])
    answerable = np.array([row[2] for row in rows])
    constant, weights = fit(evidence, right)
    names = [field.name for field in fields(Evidence)]
    print(f"{len(rows)} questions searched, {answerable.sum()} answerable, {right.sum()} with a right first passage")
    print(f"constant {constant:.2f}; " + ", ".join(f"{n} {w:.2f}" for n, w in zip(names, weights, strict=True)))
    fold = np.random.default_rng(0).permutation(len(rows)) % 5
    chance = np.zeros(len(rows))
    for part in range(5):
        c, w = fit(evidence[fold != part], right[fold != part])
        chance[fold == part] = 1 / (1 + np.exp(-(evidence[fold == part] @ w + c)))
    bins = np.digitize(chance, np.linspace(0, 1, 11)[1:-1])
    error = sum((bins == b).mean() * abs(chance[bins == b].mean() - right[bins == b].mean()) for b in set(bins))
    print(f"held out: area right/wrong {area(chance, right):.3f}, answerable/not {area(chance, answerable):.3f}, ECE {error:.3f}")
    for line in (0.3, 0.4, 0.5, 0.6):
        print(
            f"declined below {line}: {(chance[answerable] < line).mean():.1%} of the answerable, "
            f"{(chance[~answerable] < line).mean():.1%} of the others; of those answered {right[chance >= line].mean():.1%} right"
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])
