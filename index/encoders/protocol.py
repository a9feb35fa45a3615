"""The interface of encoders: a spec, and vectors of unit length for passages and questions.

Passages and questions have separate protocols, since `onnx_question` encodes questions with the same weights without torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
PACKAGED_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """What must be equal for two vectors to be comparable. `window` is in tokens, special tokens excluded."""

    name: str
    weights_sha256: str
    dimension: int
    window: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as vectors of unit length: the whole text, float32[dimension], and each token, float32[tokens, dimension].

    `spans` are the character ranges of the tokens in the text, int32[tokens, 2]; special tokens are excluded.
    """

    vector: Vectors
    tokens: Vectors
    spans: NDArray[np.int32]


class PassageEncoder(Protocol):
    """Encodes texts to be stored."""

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Rows of unit length, float32[len(texts), dimension]; no texts give shape (0, dimension)."""

    def encode_chunks(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Encoded]]:
        """Each text with its tokens, as (its index in `texts`, its encoding), in any order."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens excluded."""


class QuestionEncoder(Protocol):
    """Encodes questions into vectors comparable with those of a PassageEncoder of the same spec."""

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""


class Encoder(PassageEncoder, QuestionEncoder, Protocol):
    """Encodes both, and can export how it encodes questions."""

    def export_questions(self) -> bytes:
        """The graph that encodes questions (see `index.encoders.onnx_export`). Raises ModelError if it cannot be exported."""


def unit(rows: Vectors) -> Vectors:
    """The rows scaled to unit length; a row of zeros stays as it is."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(length == 0, 1, length), dtype=np.float32)
