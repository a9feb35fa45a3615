"""The token head: how likely each kind and each order of a question is, from the vectors of its tokens.

A small transformer, in numpy: it sees the tokens in their order, each with what it is in the reading, and so tells apart what the
words of the learned reader and the vector of the whole question leave mixed. The two err on different questions; together they
are right more often than either. The weights in `index/data/token_head.npz` are made by `tests/fitting/fit_token_head.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from corpus.taxonomy import Taxonomy, load_taxonomy
from index.encoders.protocol import Encoded
from index.meaning.asked import Learned
from index.meaning.learned import pillars_of
from index.meaning.token_tags import WORD, token_tags
from index.questions.question import Question

FILE = "token_head.npz"
# A transformer of one layer: its parts, each with weights and a bias.
LINEAR = ("tokens", "whole", "attending", "attended", "wider", "narrower", "kinds", "orders")
NORMS = ("before_attending", "before_wider", "before_labels")
TABLES = ("tags", "places")
HEADS = 4

_SURE = 1e-6
_STEADY = 1e-5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Joining:
    """How the chances of two readers are joined: softmax((log of one + weight x log of the other) / temperature)."""

    weight: float
    temperature: float


@dataclass(frozen=True, slots=True, eq=False)
class TokenHead:
    """Reads encoded questions. Safe to share between threads.

    `arrays` has, float32, "x.weights"[inputs, outputs] and "x.bias"[outputs] for x in LINEAR, the same, both [inputs], for x in
    NORMS, and "tags"[tags, width] and "places"[places, width]. `pillars` has the pillar of each indicator.
    """

    tags: Mapping[str, int]
    kinds: tuple[str, ...]
    orders: tuple[str, ...]
    arrays: Mapping[str, Floats]
    join_kinds: Joining
    join_orders: Joining
    pillars: Mapping[str, str]

    def read(self, question: Question, encoded: Encoded) -> Learned:
        """The chances of kinds and orders by the tokens alone. `encoded` is the `read_text` of the question."""
        kinds, orders = self._scores(question, encoded)
        return Learned(_shares(self.kinds, kinds), _shares(self.orders, orders))

    def joined(self, learned: Learned, question: Question, encoded: Encoded) -> Learned:
        """What was learned of a question from its words and its vector, with the chances of its tokens joined in."""
        found = self.read(question, encoded)
        return replace(
            learned,
            kinds=_joined(learned.kinds, found.kinds, self.join_kinds),
            orders=_joined(learned.orders, found.orders, self.join_orders),
        )

    def _scores(self, question: Question, encoded: Encoded) -> tuple[Floats, Floats]:
        known = [self.tags.get(tag, self.tags[WORD]) for tag in token_tags(question, encoded.spans, self.pillars)]
        places = np.minimum(np.arange(len(known)), len(self.arrays["places"]) - 1)
        tokens = self._linear("tokens", encoded.tokens) + self.arrays["tags"][known] + self.arrays["places"][places]
        rows = np.concatenate([self._linear("whole", encoded.vector[None, :]), tokens])
        rows = rows + self._linear("attended", self._attended(self._norm("before_attending", rows)))
        rows = rows + self._linear("narrower", _gelu(self._linear("wider", self._norm("before_wider", rows))))
        pooled = self._norm("before_labels", np.concatenate([rows[0], rows.mean(0)]))
        return self._linear("kinds", pooled), self._linear("orders", pooled)

    def _attended(self, rows: Floats) -> Floats:
        """Each row as a mean of all, weighted by how much it attends to them, in several heads side by side."""
        count, width = rows.shape
        split = self._linear("attending", rows).reshape(count, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        query, key, value = split
        raised = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(width // HEADS))
        weights = np.exp(raised - raised.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(count, width))

    def _linear(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self.arrays[f"{name}.weights"] + self.arrays[f"{name}.bias"])

    def _norm(self, name: str, rows: Floats) -> Floats:
        centred = rows - rows.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(_STEADY))
        return np.asarray(centred / spread * self.arrays[f"{name}.weights"] + self.arrays[f"{name}.bias"])


def open_token_head(file: IO[bytes], taxonomy: Taxonomy) -> TokenHead:
    """The head in a file of `stored_head`. Nothing in the file can carry code: that raises ValueError."""
    with np.load(file, allow_pickle=False) as arrays:
        names = [*(f"{n}.{part}" for n in (*LINEAR, *NORMS) for part in ("weights", "bias")), *TABLES]
        joining = arrays["joining"].tolist()
        return TokenHead(
            {tag: number for number, tag in enumerate(arrays["labels.tags"].tolist())},
            tuple(arrays["labels.kinds"].tolist()),
            tuple(arrays["labels.orders"].tolist()),
            {name: arrays[name].astype(np.float32) for name in names},
            Joining(*joining[:2]),
            Joining(*joining[2:]),
            pillars_of(taxonomy),
        )


def stored_head(head: TokenHead) -> dict[str, NDArray[np.generic]]:
    """A head as arrays by name, to be written with `numpy.savez_compressed`."""
    return {
        "labels.tags": np.array(list(head.tags)),
        "labels.kinds": np.array(head.kinds),
        "labels.orders": np.array(head.orders),
        "joining": np.array([j for of in (head.join_kinds, head.join_orders) for j in (of.weight, of.temperature)]),
        **{name: array.astype(np.float16) for name, array in head.arrays.items()},
    }


@cache
def token_head() -> TokenHead:
    """The head that comes with the package."""
    with as_file(files("index").joinpath("data", FILE)) as path, path.open("rb") as file:
        return open_token_head(file, load_taxonomy())


def _joined(one: Mapping[str, float], other: Mapping[str, float], how: Joining) -> dict[str, float]:
    """The chances of both, by label; a label that the other does not know gets the least that it can say."""
    scores = [math.log(max(p, _SURE)) + how.weight * math.log(max(other.get(label, 0.0), _SURE)) for label, p in one.items()]
    return _shares(tuple(one), np.array(scores, dtype=np.float32) / np.float32(how.temperature))


def _shares(labels: tuple[str, ...], scores: Floats) -> dict[str, float]:
    """Softmax: chances that sum to 1."""
    raised = np.exp(scores - scores.max())
    return dict(zip(labels, (raised / raised.sum()).tolist(), strict=True))


def _gelu(x: Floats) -> Floats:
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(math.sqrt(2 / math.pi)) * (x + np.float32(0.044715) * x * x * x))))
