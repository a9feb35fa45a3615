"""The judge for fitting: the packaged encoder, learning to read a question and a window together, and what it says of them.

Differences of low rank, which are enough for the question reader, learn this three times as slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from judge_pairs import FAULTS
from start_encoder import learned_encoder
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from index.judging.pair_tags import TAGS, question_tags, window_tags

DIMENSION, LONGEST = 384, 160
DROPPED, TOKENS_DROPPED, TAGS_DROPPED = 0.1, 0.04, 0.1
FAULTS_COUNT, WORDS_COUNT = 0.3, 0.3


@dataclass(frozen=True)
class ReadPair:
    """A question beside a window as numbers: `ids`, `types` (0 for the question) and `tags` of the tokens; `words` are the
    tokens of the evidence. `bias` is the log-odds that a question worded like this is answered, by a model that saw no window."""

    ids: list[int]
    types: list[int]
    tags: list[int]
    answers: float
    fault: int
    words: list[int]
    bias: float = 0.0


class Judge(nn.Module):
    """Log-odds that the window answers, float[rows], scores of the faults, float[rows, faults], and log-odds that a token is one
    of the words that answer or come nearest, float[rows, tokens]."""

    def __init__(self) -> None:
        super().__init__()
        self.model = learned_encoder()
        self.tags = nn.Embedding(len(TAGS), DIMENSION)
        nn.init.normal_(self.tags.weight, std=0.02)
        self.drop = nn.Dropout(DROPPED)
        self.hidden = nn.Linear(2 * DIMENSION, DIMENSION)
        self.whole, self.each = nn.Linear(DIMENSION, 1 + len(FAULTS)), nn.Linear(DIMENSION, 1)

    def forward(
        self, ids: torch.Tensor, texts: torch.Tensor, tags: torch.Tensor, seen: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`seen`, float[rows, tokens], is 1 for the tokens that are looked at; None for all."""
        words = self.model.embeddings.word_embeddings(ids) + self.tags(tags)
        rows = self.model(inputs_embeds=words, attention_mask=seen, token_type_ids=texts).last_hidden_state
        mean = rows.mean(1) if seen is None else (rows * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        pooled = functional.gelu(self.hidden(self.drop(torch.cat([rows[:, 0], mean], 1))))
        return self.whole(self.drop(pooled)), self.each(self.drop(rows))[:, :, 0]


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
    return ids, types, tags, there


def loss_of(network: Judge, rows: list[ReadPair]) -> torch.Tensor:
    """With some tokens and tags left out at random.

    What a question's wording alone gives away is added to what the network says before it is held against the truth, so that the
    network learns the rest (a product of experts; Clark et al. 2019).
    """
    ids, types, tags, there = batch(rows)
    dropped = torch.rand(there.shape) < TOKENS_DROPPED
    dropped[:, 0] = False
    tags = tags * (torch.rand(tags.shape) >= TAGS_DROPPED)
    whole, each = network(ids, types, tags, there * ~dropped)
    answers = functional.binary_cross_entropy_with_logits(
        whole[:, 0] + torch.tensor([r.bias for r in rows]), torch.tensor([r.answers for r in rows]), reduction="none"
    )
    faults = functional.cross_entropy(whole[:, 1:], torch.tensor([r.fault for r in rows]), reduction="none")
    loss = (answers + FAULTS_COUNT * faults).mean()
    known = [at for at, r in enumerate(rows) if r.words]
    if known:
        truth = torch.zeros(len(known), ids.shape[1])
        for n, at in enumerate(known):
            truth[n, rows[at].words] = 1.0
        looked = (types * there)[known]
        words = functional.binary_cross_entropy_with_logits(each[known], truth, reduction="none")
        loss = loss + WORDS_COUNT * len(known) / len(rows) * ((words * looked).sum(1) / looked.sum(1)).mean()
    return loss
