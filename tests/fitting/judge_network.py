"""The judge for fitting: a sentence encoder that learns to read a question and a window together, and what it says of them.

It starts from all-mpnet-base-v2 (Apache 2.0), twelve layers of 768. The packaged encoder, six of 384, learns this far less well
(index/judging/README.md).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from judge_pairs import FAULTS
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from index.judging.judge import DIMENSION
from index.judging.pair_tags import TAGS, question_tags, window_tags

# The SHA-256 published with the weights.
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
DROPPED, TOKENS_DROPPED, TAGS_DROPPED = 0.1, 0.04, 0.1
FAULTS_COUNT, WORDS_COUNT = 0.3, 0.3
# What other readers made of a row counts so much beside what its author says.
READERS_COUNT = 0.5
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
# The packaged tokenizer has the same words as the encoder's, in the same order, but for its special ones.
_SPECIAL, _MOVED = {101: 0, 102: 2, 100: 3}, 4


@dataclass(frozen=True)
class ReadPair:
    """A question beside a window as numbers: `ids`, `types` (0 for the question) and `tags` of the tokens; `words` are the
    tokens of the evidence. `bias` is the log-odds that a question worded like this is answered, by a model that saw no window;
    `said`, float[1 + faults], what other readers made of it."""

    ids: list[int]
    types: list[int]
    tags: list[int]
    answers: float
    fault: int
    words: list[int]
    bias: float = 0.0
    said: np.ndarray | None = None


class Judge(nn.Module):
    """Log-odds that the window answers and scores of the faults, float[rows, 1 + faults], and log-odds that a token is one of the
    words that answer or come nearest, float[rows, tokens]. Reads word vectors, float[rows, tokens, DIMENSION]."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(str(folder), add_pooling_layer=False)
        self.tags, self.types = nn.Embedding(len(TAGS), DIMENSION), nn.Embedding(2, DIMENSION)
        for added in (self.tags, self.types):
            nn.init.normal_(added.weight, std=0.02)
        self.head = Head()

    def words_of(self, ids: torch.Tensor) -> torch.Tensor:
        """The word vectors of tokens of the packaged tokenizer."""
        return self.model.embeddings.word_embeddings(own_ids(ids))

    def forward(
        self, words: torch.Tensor, texts: torch.Tensor, tags: torch.Tensor, seen: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`seen`, float[rows, tokens], is 1 for the tokens that are looked at; None for all."""
        read = self.model(inputs_embeds=words + self.tags(tags) + self.types(texts), attention_mask=seen)
        return self.head(read.last_hidden_state, seen)


class Head(nn.Module):
    """What is said of a row, from its first token and the mean of all, and of each token."""

    def __init__(self) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPPED)
        self.hidden = nn.Linear(2 * DIMENSION, DIMENSION)
        self.whole, self.each = nn.Linear(DIMENSION, 1 + len(FAULTS)), nn.Linear(DIMENSION, 1)

    def forward(self, rows: torch.Tensor, seen: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        mean = rows.mean(1) if seen is None else (rows * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        pooled = functional.gelu(self.hidden(self.drop(torch.cat([rows[:, 0], mean], 1))))
        return self.whole(self.drop(pooled)), self.each(self.drop(rows))[:, :, 0]


def own_ids(ids: torch.Tensor) -> torch.Tensor:
    """The encoder's numbers of tokens of the packaged tokenizer."""
    found = ids + _MOVED
    for packaged, own in _SPECIAL.items():
        found = torch.where(ids == packaged, own, found)
    return found


def checked(folder: Path) -> Path:
    """A folder with the encoder, its weights held against the published hash."""
    assert hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() == SHA256, "other weights"
    return folder


def read_pair(tokenizer: Tokenizer, row: dict[str, Any]) -> ReadPair:
    """A row of `judge_pairs.to_json` as the network sees it."""
    beside = f"{row['lead']}: {row['window']}"
    moved = len(row["lead"]) + 2
    encoded = tokenizer.encode(row["question"], beside)
    spans = np.array(encoded.offsets, dtype=np.int32).reshape(-1, 2)
    types = np.array(encoded.type_ids)
    tags = np.zeros(len(types), dtype=np.int64)
    for kind, tagged in ((0, question_tags), (1, window_tags)):
        tags[types == kind] = [TAGS.index(tag) for tag in tagged(row["question"], beside, spans[types == kind])]
    words: list[int] = []
    if row["evidence"]:
        start, end = row["evidence"][0] + moved, row["evidence"][1] + moved
        words = [n for n, (a, b) in enumerate(spans.tolist()) if types[n] == 1 and a < end and b > start and b > a]
    return ReadPair(encoded.ids, types.tolist(), tags.tolist(), float(row["answers"]), FAULTS.index(row["fault"]), words)


def batch(rows: list[ReadPair]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids, types, tags, and which tokens there are, padded to the longest."""
    longest = max(len(r.ids) for r in rows)
    ids, types, tags = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    there = torch.zeros(len(rows), longest)
    for at, r in enumerate(rows):
        n = len(r.ids)
        ids[at, :n], types[at, :n], tags[at, :n], there[at, :n] = map(torch.tensor, (r.ids, r.types, r.tags, [1.0] * n))
    return ids.to(DEVICE), types.to(DEVICE), tags.to(DEVICE), there.to(DEVICE)


def loss_of(network: Judge, rows: list[ReadPair]) -> torch.Tensor:
    """With some tokens and tags left out at random.

    What a question's wording alone gives away is added to what the network says before it is held against the truth, so that the
    network learns the rest (a product of experts; Clark et al. 2019). What other readers made of a row counts too, if known.
    """
    ids, types, tags, there = batch(rows)
    dropped = torch.rand(there.shape, device=DEVICE) < TOKENS_DROPPED
    dropped[:, 0] = False
    tags = tags * (torch.rand(tags.shape, device=DEVICE) >= TAGS_DROPPED)
    whole, each = (said.float() for said in network(network.words_of(ids), types, tags, there * ~dropped))
    bias, answers = (torch.tensor([getattr(r, name) for r in rows], device=DEVICE) for name in ("bias", "answers"))
    faults = torch.tensor([r.fault for r in rows], device=DEVICE)
    loss = functional.binary_cross_entropy_with_logits(whole[:, 0] + bias, answers)
    loss = loss + FAULTS_COUNT * functional.cross_entropy(whole[:, 1:], faults)
    loss = loss + WORDS_COUNT * _words_loss(each, rows, types * there)
    if rows[0].said is not None:
        said = torch.tensor(np.stack([r.said for r in rows]), device=DEVICE)
        likely = functional.binary_cross_entropy_with_logits(whole[:, 0], torch.sigmoid(said[:, 0]))
        loss = loss + READERS_COUNT * likely
        loss = loss + READERS_COUNT * FAULTS_COUNT * functional.cross_entropy(whole[:, 1:], torch.softmax(said[:, 1:], 1))
    return loss


def _words_loss(each: torch.Tensor, rows: list[ReadPair], looked: torch.Tensor) -> torch.Tensor:
    """Of the words that answer, over the rows in which they are known; 0 for the others."""
    truth, known = torch.zeros_like(each), torch.tensor([float(bool(r.words)) for r in rows], device=DEVICE)
    for n, row in enumerate(rows):
        truth[n, row.words] = 1.0
    words = functional.binary_cross_entropy_with_logits(each, truth, reduction="none")
    return ((words * looked).sum(1) / looked.sum(1) * known).mean()
