"""Fits what judges an answer (`index.retrieval.evidence`) on the development questions and measures it. Not a test: run it by
hand.

    python tests/fitting/fit_confidence.py PERU_INDEX WORLD_INDEX

The first index is of the shipped corpus, the second of the development pages. Writes the weights of the missing words
(`index/data/missing_word_weights.npy`), prints the two logistic functions that go with it and, by five-fold cross-validation of
the whole, how well they tell questions with an answer from those without, and right first passages from wrong ones.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from index.contract.answer_kind import Kind
from index.generations.snapshot import Snapshot, open_snapshot
from index.passages.passage import PassageKind
from index.questions.kind import kind_of
from index.questions.question import understand
from index.questions.slots import slots_of
from index.retrieval.evidence import Evidence, missing_words_of
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.text_search import search

DATA = Path(__file__).parents[1] / "data"
WORTH = Path(__file__).parents[2] / "index" / "data" / "missing_word_weights.npy"
SETS = ("peru_dev.jsonl", "world_dev.jsonl")
NAMES = [field.name for field in fields(Evidence)]
LACKING = NAMES.index("lacking")
PENALTY = 3.0
# There are as many worths of a lack as a vector has dimensions, so they are held down much more.
LACK_PENALTY = 150.0
FOLDS = 5


@dataclass(frozen=True)
class Questions:
    """The text questions that were searched: evidence, lack, whether there is an answer, and whether the first passage is one."""

    evidence: np.ndarray
    lack: np.ndarray
    answerable: np.ndarray
    right: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Questions:
        return Questions(self.evidence[chosen], self.lack[chosen], self.answerable[chosen], self.right[chosen])

    def with_lacking(self, lacking: np.ndarray) -> np.ndarray:
        """The evidence, with these values of the field `lacking`."""
        evidence = self.evidence.copy()
        evidence[:, LACKING] = lacking
        return evidence


def read(snapshot: Snapshot, questions: Path) -> Questions:
    """Search every question of a set that is searched for in the text."""
    rows = []
    for entry in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        question = understand(entry["question"], snapshot.gazetteer, snapshot.taxonomy.editions)
        if kind_of(slots_of(question.reading)) is not Kind.PASSAGES or unclear_place(snapshot, question) is not None:
            continue
        scope = scope_of(snapshot, question)
        searched = None if scope.refusal is not None else search(snapshot, question, scope, 1)
        if searched is None or searched.evidence is None:
            continue
        found = searched.found.hits[0].passage
        place = (found.country, found.edition, found.section, found.paragraph)
        gold = {(g["iso3"], g["edition"], g["section"], g["paragraph"]) for g in entry.get("gold", ())}
        right = found.kind is PassageKind.PARAGRAPH and place in gold
        rows.append((astuple(searched.evidence), missing_words_of(searched.found), not entry.get("unanswerable", False), right))
    return Questions(*(np.array(column) for column in zip(*rows, strict=True)))


def fit(columns: np.ndarray, true: np.ndarray, penalties: np.ndarray | float = PENALTY) -> tuple[float, np.ndarray]:
    """Logistic regression with quadratic penalties on standardised columns, by Newton's method."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    standard = np.c_[np.ones(len(columns)), (columns - mean) / spread]
    ridge = np.diag(np.r_[0.0, np.broadcast_to(penalties, columns.shape[1])])
    weights = np.zeros(standard.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-standard @ weights))
        slope = standard.T @ (chance - true) + ridge @ weights
        curve = (standard * (chance * (1 - chance))[:, None]).T @ standard + ridge
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return float(weights[0] - scaled @ mean), scaled


def missing_word_weights(questions: Questions) -> np.ndarray:
    """What a unit of each dimension of a lack is worth beside all other evidence, in log-odds of an answer."""
    others = np.delete(questions.evidence, LACKING, axis=1)
    penalties = np.r_[np.full(others.shape[1], PENALTY), np.full(questions.lack.shape[1], LACK_PENALTY)]
    _, weights = fit(np.c_[others, questions.lack], questions.answerable, penalties)
    return weights[others.shape[1] :]


def folds(questions: Questions, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(len(questions.answerable)) % FOLDS


def evidence_to_fit(questions: Questions) -> np.ndarray:
    """The evidence with each lack at the worth that the other four fifths give it, as it is for a question never seen."""
    fold, lacking = folds(questions, 1), np.zeros(len(questions.answerable))
    for part in range(FOLDS):
        lacking[fold == part] = questions.lack[fold == part] @ missing_word_weights(questions[fold != part])
    return questions.with_lacking(lacking)


def held_out(questions: Questions) -> tuple[np.ndarray, np.ndarray]:
    """The chances of an answer and of a right first passage, each by the fit on the four fifths that a question is not of."""
    fold = folds(questions, 0)
    chances = np.zeros((2, len(fold)))
    for part in range(FOLDS):
        rest, own = questions[fold != part], questions[fold == part]
        known, asked = evidence_to_fit(rest), own.with_lacking(own.lack @ missing_word_weights(rest))
        for number, true in enumerate((rest.answerable, rest.right)):
            constant, weights = fit(known, true)
            chances[number, fold == part] = 1 / (1 + np.exp(-(asked @ weights + constant)))
    return chances[0], chances[1]


def area(chance: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve."""
    pairs = chance[positive][:, None] - chance[~positive][None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def calibration_error(chance: np.ndarray, true: np.ndarray) -> float:
    bins = np.digitize(chance, np.linspace(0, 1, 11)[1:-1])
    return float(sum((bins == b).mean() * abs(chance[bins == b].mean() - true[bins == b].mean()) for b in set(bins)))


def main(*indexes: str) -> None:
    by_set = [read(open_snapshot(Path(i)), DATA / name) for i, name in zip(indexes, SETS, strict=True)]
    of_set = np.repeat(np.arange(len(by_set)), [len(part.answerable) for part in by_set])
    columns = zip(*((part.evidence, part.lack, part.answerable, part.right) for part in by_set), strict=True)
    questions = Questions(*(np.concatenate(column) for column in columns))
    answerable, right = questions.answerable, questions.right
    print(f"{len(right)} questions searched, {answerable.sum()} answerable, {right.sum()} with a right first passage")
    np.save(WORTH, missing_word_weights(questions).astype(np.float32), allow_pickle=False)
    known = evidence_to_fit(questions)
    for what, true in (("answerable", answerable), ("right", right)):
        constant, weights = fit(known, true)
        print(f"{what}: {constant:.2f}, ({', '.join(f'{w:.2f}' for w in weights)})")
        print("  " + ", ".join(f"{n} {w:.2f}" for n, w in zip(NAMES, weights, strict=True)))
    chance, first = held_out(questions)
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
