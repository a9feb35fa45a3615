"""The question reader for fitting: the packaged encoder with small changes learned to each of its matrices, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from start_encoder import changed_encoder
from torch import nn
from torch.nn import functional

from index.meaning.roles import ROLES, ROLES_OF, SLOTS

DIMENSION, LONGEST = 384, 256
RANK = 16
DROPPED, TOKENS_DROPPED, TAGS_DROPPED, SMOOTHING = 0.1, 0.05, 0.1, 0.05
ORDERS_COUNT, INDICATORS_COUNT, SLOTS_COUNT, ROLES_COUNT = 0.3, 0.1, 0.1, 0.5
# The older questions about text are as many as all others of an author's kinds together; at full weight they drown them.
EXTRA_WEIGHT = 0.3


@dataclass(frozen=True)
class Labels:
    """What the reader tells apart, each in a fixed order."""

    tags: tuple[str, ...]
    kinds: tuple[str, ...]
    orders: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def sizes(self) -> list[int]:
        """How many labels each part of the output has: kinds, orders, indicators, then the slots."""
        return [len(self.kinds), len(self.orders), len(self.indicators), *map(len, SLOTS.values())]


@dataclass(frozen=True)
class Read:
    """A question with its labels as numbers: `ids` and `tags` of its tokens (with the special ones), and the roles of its marks,
    each as (tokens, letter, role). An older text has only a kind; its order is -1."""

    ids: list[int]
    tags: list[int]
    kind: int
    order: int = -1
    indicators: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    roles: tuple[tuple[tuple[int, ...], str, int], ...] = ()


class Network(nn.Module):
    """Scores of all labels, float[questions, labels], and of the roles of each token, float[questions, tokens, roles]."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.model = changed_encoder(RANK)
        self.tags = nn.Embedding(len(labels.tags), DIMENSION)
        nn.init.normal_(self.tags.weight, std=0.02)
        self.drop = nn.Dropout(DROPPED)
        self.whole, self.each = nn.Linear(2 * DIMENSION, sum(labels.sizes)), nn.Linear(DIMENSION, len(ROLES))

    def forward(
        self, ids: torch.Tensor, tags: torch.Tensor, seen: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`seen`, float[questions, tokens], is 1 for the tokens that are looked at; None for all."""
        words = self.model.embeddings.word_embeddings(ids) + self.tags(tags)
        rows = self.model(inputs_embeds=words, attention_mask=seen).last_hidden_state
        mean = rows.mean(1) if seen is None else (rows * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        return self.whole(self.drop(torch.cat([rows[:, 0], mean], 1))), self.each(self.drop(rows))


def batch(reads: list[Read]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids, tags, and which tokens there are, padded to the longest."""
    longest = max(len(r.ids) for r in reads)
    ids, tags = (torch.zeros(len(reads), longest, dtype=torch.long) for _ in range(2))
    there = torch.zeros(len(reads), longest)
    for at, r in enumerate(reads):
        n = len(r.ids)
        ids[at, :n], tags[at, :n], there[at, :n] = torch.tensor(r.ids), torch.tensor(r.tags), 1.0
    return ids, tags, there


def loss_of(network: Network, reads: list[Read]) -> torch.Tensor:
    """With some tokens and tags left out at random."""
    ids, tags, there = batch(reads)
    dropped = torch.rand(there.shape) < TOKENS_DROPPED
    dropped[:, 0] = False
    tags = tags * (torch.rand(tags.shape) >= TAGS_DROPPED)
    whole, each = network(ids, tags, there * ~dropped)
    kinds, orders, indicators, *slots = whole.split(network.labels.sizes, 1)
    weights = torch.tensor([EXTRA_WEIGHT if r.order < 0 else 1.0 for r in reads])
    of_kinds = functional.cross_entropy(kinds, torch.tensor([r.kind for r in reads]), reduction="none", label_smoothing=SMOOTHING)
    known = [at for at, r in enumerate(reads) if r.order >= 0]
    loss = (of_kinds * weights).mean()
    if not known:
        return loss
    truth = torch.zeros(len(known), len(network.labels.indicators))
    for row, at in enumerate(known):
        truth[row, list(reads[at].indicators)] = 1.0
    share = len(known) / len(reads)
    of_orders = functional.cross_entropy(orders[known], torch.tensor([reads[at].order for at in known]))
    of_indicators = functional.binary_cross_entropy_with_logits(indicators[known], truth, reduction="none").sum(1).mean()
    of_slots = [
        functional.cross_entropy(scores[known], torch.tensor([reads[at].slots[n] for at in known]))
        for n, scores in enumerate(slots)
    ]
    loss = loss + share * (
        ORDERS_COUNT * of_orders + INDICATORS_COUNT * of_indicators + SLOTS_COUNT * torch.stack(of_slots).sum()
    )
    marks = [(at, tokens, letter, role) for at in known for tokens, letter, role in reads[at].roles]
    if marks:
        scores = torch.stack([each[at, list(tokens)].mean(0) for at, tokens, _, _ in marks])
        scores = scores + torch.stack([role_mask(letter) for _, _, letter, _ in marks])
        loss = loss + ROLES_COUNT * share * functional.cross_entropy(scores, torch.tensor([role for *_, role in marks]))
    return loss


def role_mask(letter: str) -> torch.Tensor:
    """0 for the roles that a mark of this letter can have, else far below: float[roles]."""
    return torch.tensor([0.0 if role in ROLES_OF[letter] else -1e4 for role in ROLES])
