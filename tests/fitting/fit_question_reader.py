"""Fits the question reader, `index/data/question_reader.onnx`, on the authors' questions and measures it. Not a test: run by
hand.

    PYTHONPATH=.:tests/fitting python tests/fitting/fit_question_reader.py QUARTERS

A quarter of the authors and of the older questions is left out of each of four fits, two at a time on a core each; on what is
read of them, how the reader is joined with what words alone say is chosen, and the printed figures are taken. The four are
written to the folder QUARTERS, for `fit_weighing.py`. What is stored is fitted on all. The same questions on the same machine
give the same bytes.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from fit_reader import Task, best_temperature, chances, fit_words, indicators_task, kinds_task, log_loss, orders_task, report
from reader_network import LONGEST, Labels, Network, Read, batch, loss_of, role_mask
from reader_questions import Labelled, digest, labelled, older_scores, older_texts, part_of, question_files
from start_encoder import Learning, learn, learned_state, write_graph
from tokenizers import Tokenizer

from corpus.taxonomy import load_taxonomy
from index.encoders.model_files import model_folder
from index.encoders.protocol import PACKAGED_MODEL
from index.meaning.learned import pillars_of, scale_of
from index.meaning.question_reader import FILE, Joining, mark_tokens
from index.meaning.roles import ROLES, ROLES_OF, SLOTS
from index.meaning.token_tags import NOTHING, all_tags, token_tags

TARGET = Path(__file__).parents[2] / "index" / "data" / FILE
QUARTERS, EVERYONE = 4, -1
HOW = Learning(seed=5, epochs=6, batch=32, rate=1e-3, rate_beside=1e-3, decay=0.05, mixed=4)
WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
WORDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def quarters() -> dict[str, int]:
    """Which quarter each author is in."""
    return {path.stem: n % QUARTERS for n, path in enumerate(question_files())}


def labels_of(questions: list[Labelled]) -> Labels:
    taxonomy = load_taxonomy()
    kinds, orders = ({getattr(q, name) for q in questions} for name in ("kind", "order"))
    return Labels(all_tags(pillars_of(taxonomy)), tuple(sorted(kinds)), tuple(sorted(orders)), tuple(taxonomy.indicators))


def read_questions(questions: list[Labelled], labels: Labels) -> list[Read]:
    """The questions as the reader sees them, with labels as numbers."""
    folder, pillars = model_folder(PACKAGED_MODEL), pillars_of(load_taxonomy())
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    found = []
    for q in questions:
        read = tokenizer.encode(q.read_text)
        spans = np.array(read.offsets, dtype=np.int32).reshape(-1, 2)
        inside = spans[:, 1] > spans[:, 0]
        tags = np.full(len(spans), labels.tags.index(NOTHING))
        tags[inside] = [labels.tags.index(tag) for tag in token_tags(q.question, spans[inside], pillars)]
        if q.author.endswith(".jsonl"):
            found.append(Read(read.ids, tags.tolist(), labels.kinds.index(q.kind)))
            continue
        tokens = mark_tokens(q.question, q.masked, spans)
        found.append(
            Read(
                read.ids,
                tags.tolist(),
                labels.kinds.index(q.kind),
                labels.orders.index(q.order),
                tuple(labels.indicators.index(i) for i in sorted(q.indicators)),
                tuple(values.index(q.slots[name]) for name, values in SLOTS.items()),
                tuple((tokens[m], m[0], ROLES.index(role)) for m, role in q.roles.items() if m in tokens),
            )
        )
    return found


def fit(reads: list[Read], labels: Labels) -> Network:
    """A network learned from these questions, in a number of epochs fixed in advance."""
    torch.manual_seed(HOW.seed)
    network = Network(labels).train()

    def after(epoch: int, loss: float) -> None:
        print(f"  epoch {epoch} of {HOW.epochs}: loss {loss:.3f}", file=sys.stderr, flush=True)

    learn(network, [len(r.ids) for r in reads], lambda part: loss_of(network, [reads[at] for at in part]), HOW, after)
    return network.eval()


def data() -> tuple[list[Labelled], list[Labelled], Labels]:
    """The authors' questions, the older ones, and what is told apart."""
    taxonomy = load_taxonomy()
    questions = list(labelled(question_files(), taxonomy))
    return questions, [*older_texts(taxonomy), *older_scores(taxonomy)], labels_of(questions)


def fitted_without(quarter: int, path: str) -> None:
    """Fit without a quarter (or on all) in a process of its own, and keep the network."""
    torch.set_num_threads(1)
    questions, older, labels = data()
    own = quarters()
    kept = [q for q in questions if own[q.author] != quarter]
    kept_older = [t for t in older if part_of(t.question.text, QUARTERS) != quarter]
    network = fit([*read_questions(kept, labels), *read_questions(kept_older, labels)], labels)
    torch.save(learned_state(network), path)


def opened(path: str, labels: Labels) -> Network:
    network = Network(labels)
    network.load_state_dict(torch.load(path), strict=False)
    return network.eval()


def scores_of(network: Network, reads: list[Read]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Scores of each part of the labels, float[questions, labels] each, and those of each token of each question."""
    whole, each = [], []
    with torch.no_grad():
        for read in reads:
            ids, tags, _ = batch([read])
            scores, roles = network(ids, tags)
            whole.append(scores)
            each.append(roles[0].numpy())
    parts = torch.cat(whole).split(network.labels.sizes, 1)
    return [part.numpy().astype(float) for part in parts], each


def logs(scores: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(chances(scores, True), 1e-6))


def words_without(task: Task, quarter: np.ndarray) -> np.ndarray:
    """The scores of each question by words, fitted without its quarter."""
    found = np.zeros(task.truth.shape)
    for left_out in (quarter == n for n in range(QUARTERS)):
        found[left_out] = fit_words(task, ~left_out).scores(task.rows[left_out])
    return found


def joined(name: str, task: Task, words: np.ndarray, own: np.ndarray) -> Joining:
    """How the two are best joined. Prints the figures of each alone and of both."""
    words = words / best_temperature(words, task.truth, task.exclusive)
    if task.exclusive:
        words, own = logs(words), logs(own)
    tried = {(a, b): log_loss(a * words + b * own, task.truth, task.exclusive) for a in WORDS for b in (*WEIGHTS, 1.2)}
    a, b = min(tried, key=lambda pair: tried[pair])
    report(f"{name}, words", task, words)
    report(f"{name}, reader", task, own)
    report(f"{name}, {a} x words and {b} x reader", task, a * words + b * own)
    return Joining(a, b)


def tasks_of(questions: list[Labelled], quarter: np.ndarray) -> dict[str, tuple[Task, np.ndarray]]:
    """What words alone learn of the same questions, and what they say of each when its quarter is left out."""
    taxonomy = load_taxonomy()
    kinds, topics = kinds_task(questions, list(older_texts(taxonomy))), indicators_task(questions, taxonomy)
    topic_scores = words_without(topics, quarter)
    said = [dict(zip(topics.labels, row, strict=True)) for row in topic_scores.tolist()]
    scales = [scale_of(q.masked, chance, pillars_of(taxonomy)) for q, chance in zip(questions, said, strict=True)]
    orders = orders_task(questions, scales)
    return {
        "kinds": (kinds, words_without(kinds, quarter)),
        "orders": (orders, words_without(orders, quarter)),
        "indicators": (topics, topic_scores),
    }


def report_slots(questions: list[Read], whole: list[np.ndarray], each: list[np.ndarray]) -> None:
    for n, (name, values) in enumerate(SLOTS.items()):
        truth, said = np.array([q.slots[n] for q in questions]), whole[n].argmax(1)
        given = truth > 0
        right = truth == said
        print(f"slot {name}: right {right.mean():.1%}, of {given.sum()} given {right[given].mean():.1%} {values}")
    for letter in ROLES_OF:
        pairs = [
            (role, int((scores[list(tokens)].mean(0) + role_mask(letter).numpy()).argmax()))
            for q, scores in zip(questions, each, strict=True)
            for tokens, own, role in q.roles
            if own == letter
        ]
        print(f"role of {letter}: right {np.mean([t == s for t, s in pairs]):.1%} of {len(pairs)}")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    parts = (*range(QUARTERS), EVERYONE)
    made = [str(folder / ("everyone.pt" if part == EVERYONE else f"quarter{part}.pt")) for part in parts]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(fitted_without, parts, made))
    questions, _, labels = data()
    reads, own = read_questions(questions, labels), quarters()
    quarter = np.array([own[q.author] for q in questions])
    whole, each = [np.zeros((len(questions), size)) for size in labels.sizes], [np.zeros(0)] * len(questions)
    for part in range(QUARTERS):
        at = np.flatnonzero(quarter == part)
        scores, roles = scores_of(opened(made[part], labels), [reads[n] for n in at])
        for found, said in zip(whole, scores, strict=True):
            found[at] = said
        for n, said in zip(at, roles, strict=True):
            each[n] = said
    report_slots(reads, whole[3:], each)
    joining = {
        name: asdict(joined(name, task, words, whole[n]))
        for n, (name, (task, words)) in enumerate(tasks_of(questions, quarter).items())
    }
    described = {**asdict(labels), "slots": SLOTS, "roles": ROLES, "joining": joining, "questions": digest(question_files())}
    for part, path in zip(parts, made, strict=True):
        target = TARGET if part == EVERYONE else folder / f"quarter{part}.onnx"
        write_graph(target, opened(path, labels), ("input_ids", "tags"), ("labels", "roles"), LONGEST, described)
    print(f"{TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    main()
