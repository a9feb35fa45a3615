"""Fits the learned reader, `index/data/reader.npz`, on the authors' questions and measures it. Not a test: run by hand.

    OMP_NUM_THREADS=1 PYTHONPATH=tests/fitting python tests/fitting/fit_reader.py

For each head a logistic regression on features of words. Every fifth of the authors is once left out of the fit; on what is then
read of their questions the temperatures are chosen, and the printed figures are taken. What is stored is fitted on all. The same
questions give the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from reader_questions import Labelled, digest, labelled, older_texts, question_files
from reader_rewordings import reworded, turned_round
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from corpus.naming import fold
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.meaning.features import asking_features, hashed, order_features, topic_features
from index.meaning.learned import FILE, Head, pillars_of, scale_of, stored
from index.meaning.masked import Masked

TARGET = Path(__file__).parents[2] / "index" / "data" / FILE
# Features of fewer questions are left out: they are most of the file and teach nothing.
RAREST = 4
SEED = 5
PARTS = 5
# The older questions about text are as many as all others of an author's kinds together; at full weight they drown them.
EXTRA_WEIGHT = 0.3
TEMPERATURES = np.exp(np.linspace(np.log(0.4), np.log(4.0), 80))


@dataclass(frozen=True)
class Extra:
    """Questions besides those of the authors, always learned from, each counting for `EXTRA_WEIGHT` of an author's question:
    features and truth bool[extra, labels]."""

    rows: sparse.csr_matrix
    truth: np.ndarray


@dataclass(frozen=True)
class Task:
    """What a head learns: `rows` of features (question by feature) with `truth`, bool[questions, labels].

    `more` are changed questions with a truth of their own, and `source` the question that each was made from (-1: none).
    `exclusive` if each question has one label.
    """

    labels: tuple[str, ...]
    keys: np.ndarray
    truth: np.ndarray
    rows: sparse.csr_matrix
    more: sparse.csr_matrix
    more_truth: np.ndarray
    source: np.ndarray
    exclusive: bool
    penalty: float
    extra: Extra | None = None


@dataclass(frozen=True)
class Linear:
    """Weights float[inputs, labels] and bias float[labels]."""

    weights: np.ndarray
    bias: np.ndarray

    def scores(self, rows: sparse.csr_matrix | np.ndarray) -> np.ndarray:
        return rows @ self.weights + self.bias


def matrix(features: list[dict[str, float]], known: np.ndarray | None = None) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Features as rows, and the hash of each column: those that occur often enough, or those given."""
    pairs = [hashed(f) for f in features]
    keys, values = np.concatenate([k for k, _ in pairs]), np.concatenate([v for _, v in pairs])
    row = np.repeat(np.arange(len(pairs)), [len(k) for k, _ in pairs])
    if known is None:
        distinct, count = np.unique(keys, return_counts=True)
        known = distinct[count >= RAREST]
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    kept = known[at] == keys
    return sparse.csr_matrix((values[kept].astype(float), (row[kept], at[kept])), (len(pairs), len(known))), known


def fit(rows: sparse.csr_matrix | np.ndarray, truth: np.ndarray, exclusive: bool, penalty: float, extra: int = 0) -> Linear:
    """Logistic regression: multinomial if exclusive, or else one for each label. The last `extra` rows count for less."""
    if exclusive:
        counts = np.append(np.ones(len(truth) - extra), np.full(extra, EXTRA_WEIGHT))
        model = LogisticRegression(C=penalty, max_iter=200, tol=1e-3).fit(rows, truth.argmax(1), counts)
        weights, bias = np.zeros((rows.shape[1], truth.shape[1])), np.full(truth.shape[1], -20.0)
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
        return Linear(weights, bias)
    models = [LogisticRegression(C=penalty, solver="liblinear", tol=1e-3).fit(rows, label) for label in truth.T]
    return Linear(np.concatenate([m.coef_ for m in models]).T, np.concatenate([m.intercept_ for m in models]))


def fit_words(task: Task, chosen: np.ndarray) -> Linear:
    also = np.append(chosen, True)[task.source]
    rows, truth = [task.rows[chosen], task.more[also]], [task.truth[chosen], task.more_truth[also]]
    if task.extra is None:
        return fit(sparse.vstack(rows).tocsr(), np.concatenate(truth), task.exclusive, task.penalty)
    rows, truth = [*rows, task.extra.rows], [*truth, task.extra.truth]
    extra = len(task.extra.truth)
    return fit(sparse.vstack(rows).tocsr(), np.concatenate(truth), task.exclusive, task.penalty, extra)


def chances(scores: np.ndarray, exclusive: bool) -> np.ndarray:
    if not exclusive:
        return 1 / (1 + np.exp(-scores))
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def log_loss(scores: np.ndarray, truth: np.ndarray, exclusive: bool) -> float:
    """Per question."""
    p = np.clip(chances(scores, exclusive), 1e-9, 1 - 1e-9)
    wrong = 0.0 if exclusive else np.where(truth, 0.0, -np.log(1 - p))
    return float((np.where(truth, -np.log(p), 0.0) + wrong).sum(1).mean())


def best_temperature(scores: np.ndarray, truth: np.ndarray, exclusive: bool) -> float:
    return min(TEMPERATURES.tolist(), key=lambda t: log_loss(scores / t, truth, exclusive))


def calibration_error(p: np.ndarray, truth: np.ndarray) -> float:
    """Of the likeliest label, in ten bins of chance."""
    sure, right = p.max(1), truth[np.arange(len(p)), p.argmax(1)]
    bins = np.minimum((sure * 10).astype(int), 9)
    return sum(abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))


def report(name: str, task: Task, scores: np.ndarray) -> None:
    p = chances(scores, task.exclusive)
    order, loss = (-p).argsort(1), log_loss(scores, task.truth, task.exclusive)
    at = np.arange(len(p))
    if not task.exclusive:
        said, some = p > 0.5, task.truth.any(1)
        print(
            f"{name}: exactly right {(said == task.truth).all(1).mean():.1%}, precision {task.truth[said].mean():.1%}, "
            f"recall {said[task.truth].mean():.1%}, likeliest right {task.truth[at, order[:, 0]][some].mean():.1%} "
            f"of {some.sum()} with any, log loss {loss:.3f}"
        )
        return
    first = task.truth[at, order[:, 0]]
    print(
        f"{name}: right {first.mean():.1%}, among two {(first | task.truth[at, order[:, 1]]).mean():.1%}, "
        f"log loss {loss:.3f}, calibration error {calibration_error(p, task.truth):.3f}"
    )


def confusions(task: Task, scores: np.ndarray) -> None:
    meant, read = task.truth.argmax(1), scores.argmax(1)
    pairs = Counter((task.labels[m], task.labels[r]) for m, r in zip(meant, read, strict=True) if m != r)
    for label in range(len(task.labels)):
        mine = meant == label
        others = ", ".join(f"{r} {n}" for (m, r), n in pairs.most_common() if m == task.labels[label] and n > 1)
        print(f"  {task.labels[label]:18} {mine.sum():4} {(read == meant)[mine].mean():6.1%}  {others}")


def fit_head(name: str, task: Task, authors: np.ndarray) -> tuple[Head, np.ndarray]:
    """The head, and the scores of each question by words alone when its author was left out."""
    words = np.zeros(task.truth.shape)
    names = list(dict.fromkeys(authors.tolist()))
    for part in range(PARTS):
        left_out = np.isin(authors, names[part::PARTS])
        words[left_out] = fit_words(task, ~left_out).scores(task.rows[left_out])
    temperature = best_temperature(words, task.truth, task.exclusive)
    report(name, task, words / temperature)
    if name == "kinds":
        confusions(task, words)
    everyone = np.full(len(authors), True)
    final = fit_words(task, everyone)
    scale = np.maximum(np.abs(final.weights).max(0) / 127, 1e-9)
    head = Head(
        task.labels,
        task.keys,
        np.round(final.weights / scale).astype(np.int8),
        scale.astype(np.float32),
        final.bias.astype(np.float32),
        temperature,
    )
    return head, words / temperature


def kinds_task(questions: list[Labelled], texts: list[Labelled]) -> Task:
    """`texts` are questions about text of the older sets: without them the reader takes most such questions for others."""
    features = [asking_features(q.masked) for q in questions]
    random = Random(SEED)
    changed = [asking_features(reworded(q.masked, random)) for q in questions]
    rows, keys = matrix(features)
    labels, truth = one_of([q.kind for q in questions])
    of_text = np.array([[label == "text" for label in labels] for _ in texts])
    extra = Extra(matrix([asking_features(q.masked) for q in texts], keys)[0], of_text)
    source = np.arange(len(questions))
    return Task(labels, keys, truth, rows, matrix(changed, keys)[0], truth, source, True, 5.0, extra)


def indicators_task(questions: list[Labelled], taxonomy: Taxonomy) -> Task:
    """Learns also from each name of an indicator, as a question of that name alone."""
    labels = tuple(taxonomy.indicators)
    names = [(name, i.id) for i in taxonomy.indicators.values() for name in (i.name, *i.labels, *i.synonyms)]
    named = [topic_features(q.masked) for q in questions]
    other = [topic_features(m) for m in (*(q.spelt_out for q in questions), *(Masked(fold(name), {}) for name, _ in names))]
    _, keys = matrix([*named, *other])
    truth = np.array([[i in q.indicators for i in labels] for q in questions])
    of_names = np.array([[i == label for label in labels] for _, i in names])
    source = np.append(np.arange(len(questions)), np.full(len(names), -1))
    rows, more = matrix(named, keys)[0], matrix(other, keys)[0]
    return Task(labels, keys, truth, rows, more, np.concatenate([truth, of_names]), source, False, 100.0)


def orders_task(questions: list[Labelled], scales: list[str]) -> Task:
    """`scales` are those read of each question."""
    features = [order_features(q.masked, scale) for q, scale in zip(questions, scales, strict=True)]
    labels, truth = one_of([q.order for q in questions])
    turned = [(at, other) for at, q in enumerate(questions) if (other := turned_round(q.masked, q.order))]
    rows, keys = matrix([*features, *(order_features(other, scales[at]) for at, (other, _) in turned)])
    rows, more = rows[: len(questions)], rows[len(questions) :]
    more_truth = np.array([[order == label for label in labels] for _, (_, order) in turned])
    return Task(labels, keys, truth, rows, more, more_truth, np.array([at for at, _ in turned]), True, 10.0)


def one_of(meant: list[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """The distinct labels, and bool[questions, labels]."""
    labels = tuple(sorted(set(meant)))
    return labels, np.array([[m == label for label in labels] for m in meant])


def main() -> None:
    taxonomy, paths = load_taxonomy(), question_files()
    questions = list(labelled(paths, taxonomy))
    authors = np.array([q.author for q in questions])
    print(f"{len(questions)} questions of {len(paths)} authors")
    kinds, _ = fit_head("kinds", kinds_task(questions, list(older_texts(taxonomy))), authors)
    indicators, scores = fit_head("indicators", indicators_task(questions, taxonomy), authors)
    pillars = pillars_of(taxonomy)
    said = [dict(zip(indicators.labels, row, strict=True)) for row in scores.tolist()]
    scales = [scale_of(q.masked, chance, pillars) for q, chance in zip(questions, said, strict=True)]
    orders, _ = fit_head("orders", orders_task(questions, scales), authors)
    heads = {"kinds": kinds, "orders": orders, "indicators": indicators}
    np.savez_compressed(TARGET, allow_pickle=False, **stored(heads), questions=np.array(digest(paths)))
    print(f"{TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
