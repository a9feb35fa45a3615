"""An encoder that opens its model only when a text has to be embedded: an update that embeds nothing never imports torch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from tokenizers import Tokenizer

from index.encoders.model_files import model_folder, weights_hash
from index.encoders.protocol import PACKAGED_MODEL, Encoded, ModelSpec, Progress, Vectors
from index.encoders.sentence_transformer import SentenceTransformerEncoder, open_encoder

_TOKENIZER = "tokenizer.json"


class DeferredEncoder:
    """Encodes as the model that it opens on first use. Safe to share between threads."""

    def __init__(self, spec: ModelSpec, tokenizer: Tokenizer, open_model: Callable[[], SentenceTransformerEncoder]) -> None:
        self._spec = spec
        self._tokenizer = tokenizer
        self._open = open_model
        self._lock = threading.Lock()
        self._encoder: SentenceTransformerEncoder | None = None

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""
        return self._spec

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Rows of unit length, float32[len(texts), dimension]; no texts give shape (0, dimension)."""
        if not texts:
            return np.zeros((0, self._spec.dimension), dtype=np.float32)
        return self._opened().encode_passages(texts, progress)

    def encode_chunks(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Encoded]]:
        """Each text with its tokens, as (its index in `texts`, its encoding), the shortest first."""
        return self._opened().encode_chunks(texts, progress) if texts else iter(())

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""
        return self._opened().encode_question(text)

    def export_questions(self) -> bytes:
        """The graph that encodes questions (see `index.encoders.onnx_export`). Raises ModelError if it cannot be exported."""
        return self._opened().export_questions()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens excluded."""
        return [len(e.ids) for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)] if texts else []

    def _opened(self) -> SentenceTransformerEncoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._open()
        return self._encoder


def passage_encoder(name: str = PACKAGED_MODEL, known: ModelSpec | None = None) -> DeferredEncoder | SentenceTransformerEncoder:
    """An encoder for passages, opened on first use if an earlier build recorded the spec (`known`) of these very weights.

    Any other model is opened at once. Raises ModelError if it cannot be opened.
    """
    folder = model_folder(name)
    if known is None or known.name != name or folder is None or not (folder / _TOKENIZER).is_file():
        return open_encoder(name)
    if weights_hash(folder) != known.weights_sha256:
        return open_encoder(name)
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    # The file may ask for padding and truncation, which would change the counts.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return DeferredEncoder(known, tokenizer, lambda: open_encoder(name))
