"""Fits the token head, `index/data/token_head.npz`, on the authors' questions and measures it. Not a test: run by hand.

    OMP_NUM_THREADS=1 PYTHONPATH=tests/fitting python tests/fitting/fit_token_head.py QUARTERS

A quarter of the authors and of the older texts is left out of each of four fits; on what is read of them, how the head is joined
with the learned reader (fitted without them as well) is chosen, and the printed figures are taken. Those four heads are written
to the folder QUARTERS, for `fit_weighing.py`. What is stored is fitted on all. The same questions on the same machine give the
same bytes.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from fit_reader import (
    SHARES,
    Task,
    best_temperature,
    chances,
    fit_vectors,
    fit_words,
    indicators_task,
    kinds_task,
    log_loss,
    orders_task,
    report,
)
from reader_questions import Labelled, digest, labelled, older_texts, part_of, question_files
from torch import nn
from torch.nn import functional

from corpus.taxonomy import load_taxonomy
from index.encoders.protocol import QuestionEncoder
from index.encoders.sentence_transformer import open_encoder
from index.meaning.learned import pillars_of, scale_of
from index.meaning.token_head import FILE, HEADS, Joining, TokenHead, stored_head
from index.meaning.token_tags import all_tags, token_tags

TARGET = Path(__file__).parents[2] / "index" / "data" / FILE
QUARTERS = 4
SEED = 5
WIDTH, INNER, PLACES = 128, 256, 64
EPOCHS, BATCH, RATE, DECAY, SMOOTHING = 16, 64, 2e-3, 0.05, 0.05
DROPPED, TOKENS_DROPPED, TAGS_DROPPED = 0.2, 0.1, 0.1
# The vectors have length 1 in 384 dimensions; this long, each number in them is near 1.
VECTOR_LENGTH = 20.0
ORDERS_COUNT = 0.3
EXTRA_WEIGHT = 0.3
WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


@dataclass(frozen=True)
class Read:
    """A question as the head sees it: its vector float32[384], tokens float32[tokens, 384], tags and labels as numbers.

    An older text has no order, which is -1.
    """

    vector: np.ndarray
    tokens: np.ndarray
    tags: np.ndarray
    kind: int
    order: int


class Network(nn.Module):
    """The network of `index.meaning.token_head`, with the same names, for fitting."""

    def __init__(self, tags: int, kinds: int, orders: int) -> None:
        super().__init__()
        self.tokens, self.whole = nn.Linear(384, WIDTH), nn.Linear(384, WIDTH)
        self.tags, self.places = nn.Embedding(tags, WIDTH), nn.Embedding(PLACES, WIDTH)
        nn.init.normal_(self.tags.weight, std=0.3)
        nn.init.normal_(self.places.weight, std=0.1)
        self.before_attending, self.before_wider, self.before_labels = (nn.LayerNorm(n) for n in (WIDTH, WIDTH, 2 * WIDTH))
        self.attending, self.attended = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wider, self.narrower = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.kinds, self.orders = nn.Linear(2 * WIDTH, kinds), nn.Linear(2 * WIDTH, orders)
        self.drop = nn.Dropout(DROPPED)

    def forward(
        self, vectors: torch.Tensor, tokens: torch.Tensor, tags: torch.Tensor, there: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of kinds and orders; `there`, bool[questions, tokens], says which tokens are seen."""
        count, length, _ = tokens.shape
        places = torch.arange(length).clamp(max=PLACES - 1)
        rows = self.tokens(tokens) + self.tags(tags) + self.places(places)
        rows = self.drop(torch.cat([self.whole(vectors)[:, None], rows], 1))
        seen = torch.cat([torch.ones(count, 1, dtype=torch.bool), there], 1)
        parts = self.attending(self.before_attending(rows)).view(count, length + 1, 3, HEADS, WIDTH // HEADS)
        mixed = functional.scaled_dot_product_attention(*parts.permute(2, 0, 3, 1, 4), attn_mask=seen[:, None, None, :])
        rows = rows + self.drop(self.attended(mixed.transpose(1, 2).reshape(count, length + 1, WIDTH)))
        wide = self.drop(functional.gelu(self.wider(self.before_wider(rows)), approximate="tanh"))
        rows = rows + self.drop(self.narrower(wide))
        mean = (rows * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        pooled = self.drop(self.before_labels(torch.cat([rows[:, 0], mean], 1)))
        return self.kinds(pooled), self.orders(pooled)


def read_questions(
    questions: Iterable[Labelled], encoder: QuestionEncoder, labels: tuple[tuple[str, ...], ...], pillars: dict[str, str]
) -> list[Read]:
    """The questions as the head sees them, with labels as numbers (kinds and orders, in this order)."""
    tags, (kinds, orders) = {tag: number for number, tag in enumerate(all_tags(pillars))}, labels
    found = []
    for q in questions:
        encoded = encoder.encode_question(q.read_text)
        known = np.array([tags[tag] for tag in token_tags(q.question, encoded.spans, pillars)], dtype=np.int64)
        order = -1 if q.author.endswith(".jsonl") else orders.index(q.order)
        found.append(Read(encoded.vector, encoded.tokens, known, kinds.index(q.kind), order))
    return found


def batch(reads: list[Read]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Vectors, tokens, tags, and which tokens there are, padded to the longest."""
    longest = max(1, *(len(r.tokens) for r in reads))
    tokens, tags = torch.zeros(len(reads), longest, 384), torch.zeros(len(reads), longest, dtype=torch.long)
    there = torch.zeros(len(reads), longest, dtype=torch.bool)
    for at, r in enumerate(reads):
        n = len(r.tokens)
        tokens[at, :n], tags[at, :n], there[at, :n] = torch.from_numpy(r.tokens), torch.from_numpy(r.tags), True
    return torch.from_numpy(np.stack([r.vector for r in reads])) * VECTOR_LENGTH, tokens * VECTOR_LENGTH, tags, there


def fit_network(reads: list[Read], labels: tuple[tuple[str, ...], ...], pillars: dict[str, str]) -> Network:
    """A network learned from these questions, in a number of epochs fixed in advance."""
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    network = Network(len(all_tags(pillars)), len(labels[0]), len(labels[1])).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98))
    steps = EPOCHS * math.ceil(len(reads) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 2, pct_start=0.15)
    lengths = np.array([len(r.tokens) for r in reads])
    for _ in range(EPOCHS):
        # Questions of about the same length are together, so that little is padding.
        by_length = np.argsort(lengths + 4 * random.random(len(reads)), kind="stable")
        parts = [by_length[at : at + BATCH] for at in range(0, len(reads), BATCH)]
        for part in random.permutation(len(parts)):
            chosen = [reads[at] for at in parts[part]]
            optimizer.zero_grad()
            loss_of(network, chosen).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def loss_of(network: Network, reads: list[Read]) -> torch.Tensor:
    """With some tokens and tags left out at random."""
    vectors, tokens, tags, there = batch(reads)
    there &= torch.rand(there.shape) > TOKENS_DROPPED
    tags[torch.rand(tags.shape) < TAGS_DROPPED] = 0
    by_kind, by_order = network(vectors, tokens, tags, there)
    kinds, orders = torch.tensor([r.kind for r in reads]), torch.tensor([r.order for r in reads])
    counts = torch.where(orders < 0, EXTRA_WEIGHT, 1.0)
    of_kinds = functional.cross_entropy(by_kind, kinds, reduction="none", label_smoothing=SMOOTHING)
    of_orders = functional.cross_entropy(by_order, orders, reduction="none", ignore_index=-1)
    return (of_kinds * counts + ORDERS_COUNT * of_orders).mean()


def scores_of(network: Network, reads: list[Read]) -> tuple[np.ndarray, np.ndarray]:
    """Scores of kinds and orders, float[questions, labels]."""
    with torch.no_grad():
        found = [network(*batch([r])) for r in reads]
    kinds, orders = (torch.cat(part).numpy().astype(float) for part in zip(*found, strict=True))
    return kinds, orders


def head_of(network: Network, labels: tuple[tuple[str, ...], ...], pillars: dict[str, str], joining: list[Joining]) -> TokenHead:
    """A network as arrays. The length that vectors were given is in the weights."""
    arrays = {}
    for name, part in network.named_children():
        if isinstance(part, nn.Embedding):
            arrays[name] = part.weight.detach().numpy()
        elif isinstance(part, nn.Linear):
            length = VECTOR_LENGTH if name in ("tokens", "whole") else 1.0
            arrays[f"{name}.weights"] = part.weight.detach().numpy().T * np.float32(length)
            arrays[f"{name}.bias"] = part.bias.detach().numpy()
        elif isinstance(part, nn.LayerNorm):
            arrays[f"{name}.weights"], arrays[f"{name}.bias"] = part.weight.detach().numpy(), part.bias.detach().numpy()
    tags = {tag: number for number, tag in enumerate(all_tags(pillars))}
    return TokenHead(tags, labels[0], labels[1], arrays, joining[0], joining[1], pillars)


def logs(scores: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(chances(scores, True), 1e-6))


def words_without(task: Task, quarter: np.ndarray) -> np.ndarray:
    """The scores of each question by words, fitted without its quarter."""
    found = np.zeros(task.truth.shape)
    for left_out in (quarter == n for n in range(QUARTERS)):
        found[left_out] = fit_words(task, ~left_out).scores(task.rows[left_out])
    return found


def reader_without(task: Task, vectors: np.ndarray, quarter: np.ndarray) -> np.ndarray:
    """What the learned reader says of each question when fitted without its quarter, as logarithms of chances."""
    words, by_vector = words_without(task, quarter), np.zeros(task.truth.shape)
    for left_out in (quarter == n for n in range(QUARTERS)):
        by_vector[left_out] = fit_vectors(task, vectors, ~left_out).scores(vectors[left_out])
    tried = {s: best_temperature(words + s * by_vector, task.truth, True) for s in SHARES}
    share = min(SHARES, key=lambda s: log_loss((words + s * by_vector) / tried[s], task.truth, True))
    return logs((words + share * by_vector) / tried[share])


def joined(name: str, task: Task, learned: np.ndarray, by_tokens: np.ndarray) -> Joining:
    """How the two are best joined. Prints the figures of each alone and of both."""
    found = logs(by_tokens)
    tried = {w: best_temperature(learned + w * found, task.truth, True) for w in WEIGHTS}
    weight = min(WEIGHTS, key=lambda w: log_loss((learned + w * found) / tried[w], task.truth, True))
    report(f"{name}, words and vector", task, learned)
    report(f"{name}, tokens", task, found / best_temperature(found, task.truth, True))
    report(f"{name}, both, {weight} x tokens", task, (learned + weight * found) / tried[weight])
    return Joining(weight, tried[weight])


def tasks_of(questions: list[Labelled], texts: list[Labelled], text_vectors: np.ndarray, quarter: np.ndarray) -> dict[str, Task]:
    """What the learned reader learns of the same questions."""
    taxonomy = load_taxonomy()
    topics = indicators_task(questions, taxonomy)
    said = [dict(zip(topics.labels, row, strict=True)) for row in words_without(topics, quarter).tolist()]
    scales = [scale_of(q.masked, chance, pillars_of(taxonomy)) for q, chance in zip(questions, said, strict=True)]
    return {"kinds": kinds_task(questions, texts, text_vectors), "orders": orders_task(questions, scales)}


def write(path: Path, head: TokenHead) -> None:
    np.savez_compressed(path, allow_pickle=False, **stored_head(head), questions=np.array(digest(question_files())))


def main() -> None:
    torch.set_num_threads(1)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    taxonomy, encoder, paths = load_taxonomy(), open_encoder(), question_files()
    questions, texts = list(labelled(paths, taxonomy)), list(older_texts(taxonomy))
    pillars = pillars_of(taxonomy)
    labels = tuple(sorted({q.kind for q in questions})), tuple(sorted({q.order for q in questions}))
    reads, older = (read_questions(of, encoder, labels, pillars) for of in (questions, texts))
    number = {path.stem: n % QUARTERS for n, path in enumerate(paths)}
    quarter = np.array([number[q.author] for q in questions])
    vectors, text_vectors = (np.array([r.vector for r in of], dtype=float) for of in (reads, older))
    by_tokens, networks = [np.zeros((len(questions), len(of))) for of in labels], []
    for left in range(QUARTERS):
        kept = [r for r, q in zip(reads, quarter, strict=True) if q != left]
        network = fit_network(
            [*kept, *(r for t, r in zip(texts, older, strict=True) if part_of(t.question.text, QUARTERS) != left)],
            labels,
            pillars,
        )
        scores = scores_of(network, [r for r, q in zip(reads, quarter, strict=True) if q == left])
        for found, said in zip(by_tokens, scores, strict=True):
            found[quarter == left] = said
        networks.append(network)
    joining = [
        joined(name, task, reader_without(task, vectors, quarter), found)
        for (name, task), found in zip(tasks_of(questions, texts, text_vectors, quarter).items(), by_tokens, strict=True)
    ]
    for left, network in enumerate(networks):
        write(folder / f"quarter{left}.npz", head_of(network, labels, pillars, joining))
    write(TARGET, head_of(fit_network([*reads, *older], labels, pillars), labels, pillars, joining))
    print(f"{TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
