"""Runs graphs that read texts, without torch: with the weights of the packaged model, or with their own."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.encoders.model_files import PACKAGED_SHA256, model_folder, weights_hash
from index.encoders.onnx_question import open_session, open_tokenizer
from index.encoders.protocol import PACKAGED_MODEL

DESCRIBED = "described"

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a text or of two, special ones included: `ids` int64[tokens]; `spans` int32[tokens, 2] are their ranges of
    characters in their text, empty for special ones; `texts` int64[tokens] is 1 for those of the second text."""

    ids: Ids
    spans: NDArray[np.int32]
    texts: Ids


class ReadingSession:
    """A graph with its tokenizer. Safe to share between threads, which run in parallel."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._outputs = [output.name for output in session.get_outputs()]

    def tokens(self, text: str, other: str | None = None) -> Tokens:
        """The tokens of a text, or of two; the second is cut off where both are too long."""
        read = self._tokenizer.encode(text, other)
        ids, texts = (np.array(values, dtype=np.int64) for values in (read.ids, read.type_ids))
        return Tokens(ids, np.array(read.offsets, dtype=np.int32).reshape(-1, 2), texts)

    def run(self, **inputs: NDArray[Any]) -> list[Floats]:
        """The outputs of the graph in its own order, for a single row of each input."""
        found = self._session.run(self._outputs, {name: row[None, :] for name, row in inputs.items()})
        return [output[0] for output in found]


def open_reading_session(graph: bytes, longest: int) -> tuple[ReadingSession, str]:
    """The session of a graph that reads at most `longest` tokens, its weights in the packaged model's file, and what the graph
    says of itself.

    Raises ModelError if the packaged model is missing or another one, or the graph cannot be opened.
    """
    folder = _packaged_folder()
    with ThreadPoolExecutor(1) as executor:
        # Hashing the weights takes as long as creating the session, so both run at once.
        weights = executor.submit(weights_hash, folder)
        session = open_session(graph, folder)
        if weights.result() != PACKAGED_SHA256:
            raise ModelError(f"the weights of the model {PACKAGED_MODEL!r} are not those that this reader was fitted on")
    return _reading(session, folder, longest), session.get_modelmeta().custom_metadata_map.get(DESCRIBED, "")


def open_whole_session(graph: bytes, weights: Mapping[str, NDArray[Any]], longest: int) -> ReadingSession:
    """The session of a graph with these weights, of which only the tokenizer is the packaged model's.

    Raises ModelError if the packaged model is missing or the graph cannot be opened.
    """
    folder = _packaged_folder()
    return _reading(open_session(graph, folder, weights), folder, longest)


def _packaged_folder() -> Path:
    folder = model_folder(PACKAGED_MODEL)
    assert folder is not None
    return folder


def _reading(session: InferenceSession, folder: Path, longest: int) -> ReadingSession:
    tokenizer = open_tokenizer(folder, longest)
    tokenizer.enable_truncation(longest, strategy="longest_first")
    return ReadingSession(session, tokenizer)
