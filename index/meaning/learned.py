"""The learned reader: how likely each kind of question, each order and each indicator is, by fitted weights.

The weights in `index/data/reader.npz` are made by `tests/fitting/fit_reader.py`. Reading needs nothing but numpy. Joined with
`index.meaning.question_reader`, which sees the words in their order, it is right more often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from corpus.taxonomy import Taxonomy, load_taxonomy
from index.meaning.asked import Learned
from index.meaning.features import asking_features, hashed, order_features, topic_features
from index.meaning.masked import Masked

FILE = "reader.npz"
HEADS = ("kinds", "orders", "indicators")

Floats = NDArray[np.float32]
Keys = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Linear weights from features to labels.

    `keys`, uint32[features] in order, are the hashes of features. `weights`, int8[features, labels], are multiplied by `scale`,
    float32[labels], and `bias`, float32[labels], is added. Scores are divided by a temperature, which makes the chances true on
    average for authors who wrote none of the questions learned from.
    """

    labels: tuple[str, ...]
    keys: Keys
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats
    temperature: float

    def scores(self, features: tuple[Keys, Floats]) -> Floats:
        """A score for each label, float32[labels], from hashed features; a feature never seen adds nothing."""
        keys, values = features
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        found = (values[known] @ self.weights[at[known]].astype(np.float32)) * self.scale + self.bias
        return np.asarray(found / self.temperature, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class LearnedReader:
    """Reads masked questions. Safe to share between threads. `pillars` has the pillar of each indicator."""

    kinds: Head
    orders: Head
    indicators: Head
    pillars: Mapping[str, str]

    def read(self, masked: Masked) -> Learned:
        """What is learned of a question from its words."""
        asking = hashed(asking_features(masked))
        indicators = _named(self.indicators, _each(self.indicators.scores(hashed(topic_features(masked)))))
        order = hashed(order_features(masked, scale_of(masked, indicators, self.pillars)))
        return Learned(
            _named(self.kinds, _shares(self.kinds.scores(asking))),
            _named(self.orders, _shares(self.orders.scores(order))),
            indicators,
        )

    def unknown_words(self, masked: Masked) -> int:
        """How many words of a question, marks left out, stand in too few questions to be learned from."""
        words = {f"word {word}" for word in masked.text.split() if word not in masked.marks}
        keys, _ = hashed(dict.fromkeys(words, 1.0))
        at = np.minimum(np.searchsorted(self.kinds.keys, keys), len(self.kinds.keys) - 1)
        return int((self.kinds.keys[at] != keys).sum())


def scale_of(masked: Masked, indicators: Mapping[str, float], pillars: Mapping[str, str]) -> str:
    """The pillars of the indicators that a question names, or else that of the likeliest one."""
    named = masked.ids("I") or (max(indicators, key=indicators.__getitem__),)
    return " ".join(sorted({pillars[i] for i in named}))


def open_reader(file: IO[bytes], taxonomy: Taxonomy) -> LearnedReader:
    """The reader whose weights are in a file of `stored` arrays. Nothing in the file can carry code."""
    with np.load(file, allow_pickle=False) as arrays:
        kinds, orders, indicators = (_head(arrays, name) for name in HEADS)
    return LearnedReader(kinds, orders, indicators, pillars_of(taxonomy))


def pillars_of(taxonomy: Taxonomy) -> dict[str, str]:
    """The pillar of each indicator."""
    return {i.id: str(i.pillar) for i in taxonomy.indicators.values()}


@cache
def learned_reader() -> LearnedReader:
    """The reader that comes with the package."""
    with as_file(files("index").joinpath("data", FILE)) as path, path.open("rb") as file:
        return open_reader(file, load_taxonomy())


def stored(heads: Mapping[str, Head]) -> dict[str, NDArray[Any]]:
    """Heads as arrays by name, to be written with `numpy.savez_compressed`."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, head in heads.items():
        arrays |= {
            f"{name}.labels": np.array(head.labels),
            f"{name}.keys": head.keys,
            f"{name}.weights": head.weights,
            f"{name}.scale": head.scale,
            f"{name}.bias": head.bias,
            f"{name}.temperature": np.array(head.temperature),
        }
    return arrays


def _head(arrays: Mapping[str, NDArray[Any]], name: str) -> Head:
    return Head(
        tuple(arrays[f"{name}.labels"].tolist()),
        arrays[f"{name}.keys"],
        arrays[f"{name}.weights"],
        arrays[f"{name}.scale"],
        arrays[f"{name}.bias"],
        float(arrays[f"{name}.temperature"]),
    )


def _named(head: Head, chances: Floats) -> dict[str, float]:
    return dict(zip(head.labels, chances.tolist(), strict=True))


def _shares(scores: Floats) -> Floats:
    """Softmax: chances that sum to 1."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _each(scores: Floats) -> Floats:
    """A chance for each, independent of the others."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
