"""Questions to vectors with the graph that a build exports, without torch. The only module that imports onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.encoders.model_files import model_folder, weights_hash
from index.encoders.onnx_export import INPUTS, OUTPUTS
from index.encoders.protocol import Encoded, ModelSpec, unit

TOKENIZER = "tokenizer.json"
_WEIGHTS_IN = "session.model_external_initializers_file_folder_path"


class OnnxQuestionEncoder:
    """Encodes questions as the model of its spec does. Safe to share between threads, which run in parallel."""

    def __init__(self, session: ort.InferenceSession, tokenizer: Tokenizer, spec: ModelSpec) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._spec = spec

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""
        return self._spec

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""
        read = self._tokenizer.encode(text)
        ids = np.array([read.ids], dtype=np.int64)
        sentence, tokens = self._session.run(OUTPUTS, dict(zip(INPUTS, (ids, np.ones_like(ids)), strict=True)))
        spans = np.array(read.offsets, dtype=np.int32).reshape(-1, 2)
        # Special tokens cover no characters.
        kept = spans[:, 1] > spans[:, 0]
        return Encoded(unit(sentence[0]), unit(tokens[0][kept]), spans[kept])


def open_question_encoder(graph: bytes, spec: ModelSpec) -> OnnxQuestionEncoder:
    """Open a graph on the weights in a model's folder. Raises ModelError if they are missing or not those of the spec."""
    folder = model_folder(spec.name)
    if folder is None:
        raise ModelError(f"the model {spec.name!r} is not in a folder on this machine")
    with ThreadPoolExecutor(1) as executor:
        # Hashing 90 MB of weights takes as long as creating the session, so both run at once.
        weights = executor.submit(weights_hash, folder)
        session = open_session(graph, folder)
        if weights.result() != spec.weights_sha256:
            raise ModelError(f"the weights of the model {spec.name!r} are not those the index was built with")
    return OnnxQuestionEncoder(session, open_tokenizer(folder, spec.window), spec)


def open_session(graph: bytes, folder: Path, given: Mapping[str, NDArray[Any]] | None = None) -> ort.InferenceSession:
    """A session of a graph whose weights are in a model's folder, or are `given` by name. Raises ModelError if it cannot be
    opened."""
    options = _options(folder)
    try:
        if given:
            values = [ort.OrtValue.ortvalue_from_numpy(weights) for weights in given.values()]
            options.add_external_initializers(list(given), values)
        return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises many kinds
        raise ModelError(f"the graph of the model cannot be opened ({type(error).__name__}: {str(error)[:200]})") from error


def _options(folder: Path) -> ort.SessionOptions:
    options = ort.SessionOptions()
    # A question is too short to share among threads; more of them would only spin.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Higher levels cost more at the start than they save.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 4
    options.add_session_config_entry(_WEIGHTS_IN, str(folder))
    return options


def open_tokenizer(folder: Path, window: int) -> Tokenizer:
    """The tokenizer of a model, which cuts a text off after `window` tokens. Raises ModelError if it cannot be read."""
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # the library raises plain exceptions
        raise ModelError(f"{TOKENIZER} of the model in {folder} cannot be read ({error})") from error
    tokenizer.no_padding()
    # The tokenizer file of the packaged model truncates at 128 tokens, the model's own settings at 256.
    tokenizer.enable_truncation(window + tokenizer.num_special_tokens_to_add(False))
    return tokenizer
