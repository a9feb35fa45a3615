"""Fits the confidence models (`index.retrieval.evidence`) on the development questions and measures them. Not a test: run by
hand.

    python tests/fitting/fit_confidence.py PERU_INDEX WORLD_INDEX OUT

The first index is of the shipped corpus, the second of the development pages. Writes to the folder OUT the tables [answerable]
and [right] as `confidence.toml` and the weights of missing words as `missing_word_weights.npy`, both to be copied to
`index/data` by hand. Prints how far they are from the stored ones and, by five-fold cross-validation of the whole, how well they
separate questions with an answer from those without, and right first passages from wrong ones.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import PredefinedSplit
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.contract.answer_kind import Kind
from index.encoders.protocol import PACKAGED_MODEL
from index.evals.set_measures import BY_NAME
from index.generations.snapshot import Snapshot, open_snapshot
from index.passages.passage import PassageKind
from index.questions.kind import kind_of
from index.questions.question import understand
from index.questions.slots import slots_of
from index.retrieval.evidence import Evidence, missing_word_vector_of
from index.retrieval.missing_words import missing_word_weights
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.text_answer import find_text_answer
from index.retrieval.weights import weights

DATA = Path(__file__).parents[1] / "data"
SETS = ("peru_dev.jsonl", "world_dev.jsonl")
NAMES = [field.name for field in fields(Evidence)]
MISSING_WORDS = NAMES.index("missing_words")
# Half of this times the sum of squared weights of standardised columns is added to the log loss.
PENALTY = 3.0
# A missing-word vector has as many weights as the embedding has dimensions, so each is penalised much more.
MISSING_WORD_PENALTY = 150.0
# Dimensions of the embedding that vary less than this between questions are rounding noise; their weight is zero.
LEAST_SPREAD = 1e-6
FOLDS = 5
LINES = (0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True)
class Questions:
    """The text questions with a first passage: evidence float[questions, names], missing-word vectors float[questions,
    dimension], whether the question has an answer and whether the first passage is one, both bool[questions]."""

    evidence: np.ndarray
    vectors: np.ndarray
    answerable: np.ndarray
    right: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Questions:
        return Questions(self.evidence[chosen], self.vectors[chosen], self.answerable[chosen], self.right[chosen])

    def __len__(self) -> int:
        return len(self.right)

    def with_missing_words(self, values: np.ndarray) -> np.ndarray:
        """The evidence with these values of `missing_words`."""
        evidence = self.evidence.copy()
        evidence[:, MISSING_WORDS] = values
        return evidence


def read(snapshot: Snapshot, path: Path) -> Questions:
    """The questions of a set that are about text and get a first passage."""
    rows = []
    for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        question = understand(entry["question"], snapshot.gazetteer, snapshot.taxonomy.editions)
        if kind_of(slots_of(question.reading)) is not Kind.PASSAGES or unclear_place(snapshot, question) is not None:
            continue
        scope = scope_of(snapshot, question)
        text = None if scope.refusal is not None else find_text_answer(snapshot, question, scope, 1)
        if text is None or text.evidence is None:
            continue
        first = text.retrieved.hits[0].passage
        place = (first.country, first.edition, first.section, first.paragraph)
        gold = {(g["iso3"], g["edition"], g["section"], g["paragraph"]) for g in entry.get("gold", ())}
        right = first.kind is PassageKind.PARAGRAPH and place in gold
        vector = missing_word_vector_of(text.retrieved)
        rows.append((astuple(text.evidence), vector, not entry.get("unanswerable", False), right))
    return Questions(*(np.array(column) for column in zip(*rows, strict=True)))


def logistic_regression() -> LogisticRegression:
    return LogisticRegression(C=1 / PENALTY, solver="newton-cholesky", tol=1e-8, max_iter=1000)


def fit(columns: np.ndarray, true: np.ndarray) -> Pipeline:
    """Logistic regression on standardised columns."""
    return make_pipeline(StandardScaler(), logistic_regression()).fit(columns, true)


def in_own_units(model: Pipeline) -> tuple[float, np.ndarray]:
    """The constant and the weights of a fitted model for columns that are not standardised."""
    scaler, regression = model[0], model[1]
    scaled = regression.coef_[0] / scaler.scale_
    return float(regression.intercept_[0] - scaled @ scaler.mean_), scaled


def fit_missing_words(questions: Questions) -> np.ndarray:
    """The weights of a missing-word vector beside all other evidence, float[dimension], in log-odds of an answer.

    Their higher penalty is the common one on columns that are scaled down after they are standardised.
    """
    others = np.delete(questions.evidence, MISSING_WORDS, axis=1)
    varying = questions.vectors.std(axis=0) > LEAST_SPREAD
    vectors = questions.vectors[:, varying].astype(np.float64)
    scaler = StandardScaler().fit(np.c_[others, vectors])
    shrink = np.r_[np.ones(others.shape[1]), np.full(vectors.shape[1], np.sqrt(PENALTY / MISSING_WORD_PENALTY))]
    columns = scaler.transform(np.c_[others, vectors]) * shrink
    fitted = logistic_regression().fit(columns, questions.answerable).coef_[0] * shrink / scaler.scale_
    by_dimension = np.zeros(len(varying))
    by_dimension[varying] = fitted[others.shape[1] :]
    return by_dimension


def folds(questions: Questions, seed: int) -> PredefinedSplit:
    return PredefinedSplit(np.random.default_rng(seed).permutation(len(questions)) % FOLDS)


def evidence_to_fit(questions: Questions) -> np.ndarray:
    """The evidence with the missing words of each fold weighted by a fit on the others, as for questions never seen."""
    values = np.zeros(len(questions))
    for rest, own in folds(questions, 1).split():
        values[own] = questions.vectors[own] @ fit_missing_words(questions[rest])
    return questions.with_missing_words(values)


def held_out(questions: Questions) -> tuple[np.ndarray, np.ndarray]:
    """The chances of an answer and of a right first passage, each question by a fit on the folds without it."""
    chances = np.zeros((2, len(questions)))
    for rest, own in folds(questions, 0).split():
        others, asked = questions[rest], questions[own]
        known = evidence_to_fit(others)
        unknown = asked.with_missing_words(asked.vectors @ fit_missing_words(others))
        for number, true in enumerate((others.answerable, others.right)):
            chances[number, own] = fit(known, true).predict_proba(unknown)[:, 1]
    return chances[0], chances[1]


def calibration_error(chance: np.ndarray, true: np.ndarray) -> float:
    """The expected calibration error in ten bins."""
    columns = {"confidence": chance, "right": true.astype(float)}
    return float(BY_NAME["ECE"].statistic(columns, np.ones((1, len(chance))))[0])


def table(name: str, constant: float, fitted: np.ndarray) -> str:
    """A table of `index/data/weights.toml`."""
    rows = "".join(f"{evidence} = {weight:.2f}\n" for evidence, weight in zip(NAMES, fitted, strict=True))
    return f"[{name}]\nconstant = {constant:.2f}\n\n[{name}.weights]\n{rows}\n"


def measured(name: str, chance: np.ndarray, first: np.ndarray, questions: Questions) -> str:
    """Held-out measures of one set and, for several lines, the share of questions that would be declined."""
    answerable = questions.answerable
    areas = roc_auc_score(answerable, chance), roc_auc_score(questions.right, first)
    lines = [
        f"{name}, held out: AUROC answerable {areas[0]:.3f}, right {areas[1]:.3f}; "
        f"calibration error {calibration_error(chance, answerable):.3f} and {calibration_error(first, questions.right):.3f}"
    ]
    for line in LINES:
        declined = chance < line
        lines.append(
            f"  declined below {line}: {declined[answerable].mean():.1%} of the answerable, "
            f"{declined[~answerable].mean():.1%} of the others"
        )
    return "\n".join(lines)


def main(peru: str, world: str, out: str) -> None:
    indexes = (open_snapshot(Path(peru)), open_snapshot(Path(world)))
    by_set = [read(index, DATA / name) for index, name in zip(indexes, SETS, strict=True)]
    columns = zip(*((part.evidence, part.vectors, part.answerable, part.right) for part in by_set), strict=True)
    questions = Questions(*(np.concatenate(column) for column in columns))
    print(
        f"{len(questions)} questions, {questions.answerable.sum()} answerable, {questions.right.sum()} with a right first passage"
    )
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    fitted = fit_missing_words(questions).astype(np.float32)
    np.save(folder / "missing_word_weights.npy", fitted, allow_pickle=False)
    spec = next(index.manifest.model for index in indexes if index.manifest.model.name == PACKAGED_MODEL)
    stored = missing_word_weights(spec)
    varying = questions.vectors.std(axis=0) > LEAST_SPREAD
    gap, largest = np.abs(fitted - stored)[varying].max(), np.abs(stored)[varying].max()
    print(f"missing words: at most {gap:.4f} from the stored, which reach {largest:.4f}; {(~varying).sum()} dimensions are noise")
    known, tables = evidence_to_fit(questions), ""
    for name, true in (("answerable", questions.answerable), ("right", questions.right)):
        constant, by_name = in_own_units(fit(known, true))
        before = getattr(weights().confidence, name)
        gaps = {"constant": constant - before.constant}
        gaps |= {evidence: weight - before.weights[evidence] for evidence, weight in zip(NAMES, by_name, strict=True)}
        largest = max(gaps, key=lambda key: abs(gaps[key]))
        print(f"{name}: at most {abs(gaps[largest]):.3f} from the stored ({largest})")
        tables += table(name, constant, by_name)
    (folder / "confidence.toml").write_text(tables, encoding="utf-8")
    print(tables, end="")
    chance, first = held_out(questions)
    of_set = np.repeat(np.arange(len(by_set)), [len(part) for part in by_set])
    for number, name in enumerate(SETS):
        own = of_set == number
        print(measured(name, chance[own], first[own], questions[own]))


if __name__ == "__main__":
    main(*sys.argv[1:4])
