"""Runs the graph of the question reader on the weights of the packaged model, without torch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.encoders.model_files import PACKAGED_SHA256, model_folder, weights_hash
from index.encoders.onnx_question import open_session, open_tokenizer
from index.encoders.protocol import PACKAGED_MODEL

DESCRIBED = "described"
_LONGEST = 256


class ReadingSession:
    """A graph with its tokenizer. Safe to share between threads, which run in parallel."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    def tokens(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The ids of the tokens of a text, int64[tokens], and their ranges of characters, int32[tokens, 2], empty for special
        ones."""
        read = self._tokenizer.encode(text)
        return np.array(read.ids, dtype=np.int64), np.array(read.offsets, dtype=np.int32).reshape(-1, 2)

    def run(self, ids: NDArray[np.int64], tags: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The scores of all labels, float32[labels], and of the roles of each token, float32[tokens, roles]."""
        labels, roles = self._session.run(["labels", "roles"], {"input_ids": ids[None, :], "tags": tags[None, :]})
        return labels[0], roles[0]


def open_reading_session(graph: bytes) -> tuple[ReadingSession, str]:
    """The session of a graph, and what the graph says of itself. Raises ModelError if the packaged model is missing or another
    one, or the graph cannot be opened."""
    folder = model_folder(PACKAGED_MODEL)
    assert folder is not None
    with ThreadPoolExecutor(1) as executor:
        # Hashing the weights takes as long as creating the session, so both run at once.
        weights = executor.submit(weights_hash, folder)
        session = open_session(graph, folder)
        if weights.result() != PACKAGED_SHA256:
            raise ModelError(f"the weights of the model {PACKAGED_MODEL!r} are not those the question reader was fitted on")
    described = session.get_modelmeta().custom_metadata_map.get(DESCRIBED, "")
    return ReadingSession(session, open_tokenizer(folder, _LONGEST)), described
