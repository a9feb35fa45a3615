"""Fits the judge, `index/data/judge*`, on the authors' pairs and measures it. Not a test: run by hand, on a GPU.

    PYTHONPATH=.:tests/fitting python tests/fitting/fit_judge.py PERU_INDEX WORLD_INDEX ENCODER OUT

The first index is of the shipped corpus, the second of the development pages; ENCODER is a folder with all-mpnet-base-v2. The
authors of `judge_pairs.HELD_BACK` are left out; the printed figures are theirs. OUT keeps what is made on the way: the questions
beside their windows, what two readers make of them, and the weights.

Two readers learn from what the authors say; the judge, whose weights are rounded to four bits as it learns, from that and from
what the readers say. The same questions and indexes on the same machine give the same weights, but for the order in which a
GPU adds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from judge_bytes import in_bytes, matrices_of, rounded, rounded_words, write_judge
from judge_network import DEVICE, Judge, ReadPair, batch, checked, loss_of, read_pair
from judge_pairs import FAULTS, HELD_BACK, PAIRS, asked_in, beside_invented, beside_windows, digest, page_of, pair_files, to_json
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from start_encoder import Learning, learn
from tokenizers import Tokenizer

from index.encoders.model_files import model_folder
from index.encoders.protocol import PACKAGED_MODEL
from index.generations.snapshot import open_snapshot
from index.judging.judge import LONGEST
from index.judging.pair_tags import TAGS

TARGET = Path(__file__).parents[2] / "index" / "data"
READERS = (
    Learning(seed=11, epochs=3, batch=64, rate=5e-5, rate_beside=1e-3, decay=0.05, mixed=6),
    Learning(seed=12, epochs=4, batch=64, rate=3e-5, rate_beside=1e-3, decay=0.05, mixed=6),
)
HOW = Learning(seed=21, epochs=4.71, batch=80, rate=4.5e-5, rate_beside=1e-3, decay=0.05, mixed=6)
# The last epochs run on rounded weights.
ROUNDED_EPOCHS = 1.5
# Of the windows that were retrieved and do not answer, such a share is learned from: they are easy, and cost as much.
OF_RETRIEVED = 0.5
FOLDS = 10

Row = dict[str, Any]


def rows_of(peru: Path, world: Path, out: Path) -> list[Row]:
    """Every question beside its windows, kept in the folder `out` by author."""
    snapshots = {"PER": open_snapshot(peru), "": open_snapshot(world)}
    out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    sets = [(path.stem, asked_in(path)) for path in sorted(PAIRS.glob("*.jsonl"))]
    for name, asked in sets:
        kept = out / f"{name}.jsonl"
        if not kept.is_file():
            page = page_of(name)
            snapshot = snapshots["PER" if name.upper().startswith("PER") else ""]
            found = beside_windows(asked, snapshot) if page is None else beside_invented(asked, page)
            kept.write_text("".join(json.dumps(to_json(row), ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
        rows += map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    return rows


def wording_chances(rows: Sequence[Row]) -> dict[tuple[str, int], float]:
    """The log-odds that a question of a pair is answered, guessed from its words alone by a fit on other authors."""
    asked = {(r["author"], r["number"]): r for r in rows}
    texts = [r["question"] for r in asked.values()]
    answered = np.array([r["answered"] for r in asked.values()])
    authors = [author for author, _ in asked]
    chances = np.zeros(len(asked))
    for rest, own in GroupKFold(FOLDS).split(texts, answered, authors):
        model = _words_alone().fit([texts[i] for i in rest], answered[rest])
        chances[own] = model.predict_proba([texts[i] for i in own])[:, 1]
    print(f"from the words of a question alone: AUROC {roc_auc_score(answered, chances):.3f}")
    bounded = np.clip(chances, 0.02, 0.98)
    return dict(zip(asked, np.log(bounded / (1 - bounded)).tolist(), strict=True))


def _words_alone() -> Pipeline:
    return make_pipeline(TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True), LogisticRegression(C=2, max_iter=500))


def fitted_on(rows: Sequence[Row], biases: dict[tuple[str, int], float]) -> list[tuple[Row, float]]:
    """The rows to fit on, each once, with the log-odds of its wording."""
    random = np.random.default_rng(0)
    found, seen = [], set()
    for row in rows:
        retrieved = row["rank"] >= 0
        key = (row["question"], row["window"])
        if row["author"] in HELD_BACK or (retrieved and not row["sure"]) or key in seen:
            continue
        seen.add(key)
        if retrieved and not row["answers"] and random.random() >= OF_RETRIEVED:
            continue
        # Of an answered question beside another window, its wording says nothing.
        told = row["answers"] or not row["answered"]
        bias = biases.get((row["author"], row["number"]), 0.0) if told else 0.0
        found.append((row, bias))
    return found


def fit(network: Judge, reads: list[ReadPair], how: Learning, rounded_epochs: float = 0.0) -> Judge:
    """A network learned from these rows, the last epochs with rounded weights."""
    network = network.to(DEVICE).train()

    def after(epoch: int, loss: float) -> None:
        print(f"  epoch {epoch} of {how.epochs}: loss {loss:.3f}", file=sys.stderr, flush=True)

    def around(left: float) -> AbstractContextManager[None]:
        return in_bytes(network) if left <= rounded_epochs else nullcontext()

    learn(network, [len(r.ids) for r in reads], lambda part: loss_of(network, [reads[at] for at in part]), how, after, around)
    return network.eval()


def scores_of(network: Judge, reads: list[ReadPair]) -> np.ndarray:
    """What the network says of rows, float32[rows, 1 + faults]."""
    order = np.argsort([len(r.ids) for r in reads])
    found = np.zeros((len(reads), 1 + len(FAULTS)), dtype=np.float32)
    with torch.no_grad():
        for at in range(0, len(order), HOW.batch):
            part = order[at : at + HOW.batch]
            ids, types, tags, there = batch([reads[i] for i in part])
            found[part] = network(network.words_of(ids), types, tags, there)[0].float().cpu().numpy()
    return found


def said_by_readers(encoder: Path, reads: list[ReadPair], out: Path) -> np.ndarray:
    """What readers that learned from these rows make of them, on average, float32[rows, 1 + faults]; kept in the folder `out`."""
    kept = out / "readers.npy"
    if not kept.is_file():
        said = []
        for how in READERS:
            torch.manual_seed(how.seed)
            said.append(scores_of(fit(Judge(encoder), reads, how), reads))
        np.save(kept, np.mean(said, axis=0))
    return np.load(kept)


def report(rows: Sequence[Row], scores: np.ndarray, biases: dict[tuple[str, int], float]) -> None:
    """How well the windows that authors wrote about are told apart, also among questions whose wording says the same."""
    own = [n for n, row in enumerate(rows) if row["rank"] == -1]
    true = np.array([rows[n]["answers"] for n in own])
    said = scores[own, 0]
    bias = np.array([biases.get((rows[n]["author"], rows[n]["number"]), 0.0) for n in own])
    parts = np.digitize(bias, np.quantile(bias, np.arange(0.1, 1.0, 0.1)))
    areas = [(np.sum(parts == p), roc_auc_score(true[parts == p], said[parts == p])) for p in np.unique(parts)]
    print(
        f"held back, {len(own)} questions beside their windows: AUROC {roc_auc_score(true, said):.3f}, "
        f"in tenths of like wording {sum(n * area for n, area in areas) / len(own):.3f}"
    )
    line = np.quantile(said[true], 0.04)
    for fault in FAULTS[1:]:
        at = [n for n in own if rows[n]["fault"] == fault]
        if at:
            print(f"  {fault:<10} {len(at):>5}  below the line of 4% {np.mean(scores[at, 0] < line):.0%}")


def main(peru: str, world: str, encoder: str, out: str) -> None:
    rows = rows_of(Path(peru), Path(world), Path(out))
    biases = wording_chances(rows)
    tokenizer = Tokenizer.from_file(f"{model_folder(PACKAGED_MODEL)}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    reads = [replace(read_pair(tokenizer, row), bias=bias) for row, bias in fitted_on(rows, biases)]
    print(f"{len(reads)} rows, {sum(r.answers for r in reads):.0f} of them answer", flush=True)
    folder = checked(Path(encoder))
    said = said_by_readers(folder, reads, Path(out))
    torch.manual_seed(HOW.seed)
    network = Judge(folder)
    words = rounded_words(network)
    network = fit(network, [replace(r, said=s) for r, s in zip(reads, said, strict=True)], HOW, ROUNDED_EPOCHS)
    torch.save(network.state_dict(), Path(out) / "judge.pt")
    held = [row for row in rows if row["author"] in HELD_BACK and row["rank"] == -1]
    with in_bytes(network):
        report(held, scores_of(network, [read_pair(tokenizer, row) for row in held]), biases)
    about = {"tags": TAGS, "faults": FAULTS, "pairs": digest(pair_files())}
    matrices = {name: rounded(weights.data.cpu()) for name, weights in matrices_of(network).items()}
    write_judge(TARGET, network, matrices, words, tokenizer.get_vocab_size(), about)


if __name__ == "__main__":
    main(*sys.argv[1:5])
