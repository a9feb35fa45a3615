"""Makes the vectors of the sample questions about the Index, and fits when a question is one of them. Not a test: run by hand.

    python tests/fitting/fit_about.py

Writes `index/data/about_vectors.npz` (float16, with the digest of the samples of `corpus/data/about.toml`) and
`index/data/about_weights.toml` (log-odds for each unit of `index.about.match.evidence_of`). Prints how well questions of the
kinds about, none and out are told from all others, on each author with weights fitted on the rest.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from reader_questions import question_files
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from index.about.entries import about_entries
from index.about.match import VECTORS, WEIGHTS, evidence_of
from index.encoders.sentence_transformer import open_encoder

DATA = Path(__file__).parents[2] / "index" / "data"
FAMILY = ("about", "none", "out")
LINES = (0.5, 0.7, 0.8, 0.9)


def main() -> None:
    encoder, known = open_encoder(), about_entries()
    vectors = encoder.encode_passages([sample.text for sample in known.samples]).astype(np.float16)
    np.savez_compressed(DATA / VECTORS, vectors=vectors, digest=np.array(known.digest))
    paths = question_files()
    asked = [(path.stem, json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    author = np.array([name for name, _ in asked])
    kind = np.array([question["kind"] for _, question in asked])
    texts = [question["question"] for _, question in asked]
    encoded = [encoder.encode_question(text).vector for text in texts]
    tables = []
    for name, given in (("meaning", encoded), ("letters", [None] * len(texts))):
        evidence = [evidence_of(text, vector)[1] for text, vector in zip(texts, given, strict=True)]
        tables.append(f"[{name}]\n{_fitted(name, evidence, kind, author)}")
    head = "# Log-odds for each unit of evidence (`index.about.match`), with and without an encoder. Fitted by fit_about.py.\n\n"
    (DATA / WEIGHTS).write_text(head + "\n".join(tables), encoding="utf-8")


def _fitted(name: str, evidence: list, kind: np.ndarray, author: np.ndarray) -> str:
    names = list(evidence[0])
    x, y = np.array([[e[n] for n in names] for e in evidence]), np.isin(kind, FAMILY)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=3, max_iter=5000))
    chance = cross_val_predict(model, x, y, groups=author, cv=LeaveOneGroupOut(), method="predict_proba")[:, 1]
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = sum(abs(chance[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    print(f"{name}: AUC {roc_auc_score(y, chance):.4f}, expected calibration error {gaps:.4f}")
    for line in LINES:
        taken = ", ".join(f"{k} {np.mean(chance[kind == k] >= line):.1%}" for k in FAMILY)
        print(f"  at {line}: {taken}; of other kinds {np.sum(chance[~y] >= line)} of {np.sum(~y)}")
    model.fit(x, y)
    scale, fit = model[0], model[1]
    weights = fit.coef_[0] / scale.scale_
    constant = fit.intercept_[0] - (weights * scale.mean_).sum()
    return "".join(f"{n} = {w:.3f}\n" for n, w in zip(["constant", *names], [constant, *weights], strict=True))


if __name__ == "__main__":
    main()
