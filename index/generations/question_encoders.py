"""How an index encodes questions: by an ONNX graph of the model, made once and checked against the model before use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import ModelError, OcqaError
from index.encoders.protocol import Encoder, ModelSpec, QuestionEncoder
from index.encoders.sentence_transformer import open_encoder
from index.generations import folders
from index.generations.manifest import REBUILD, Manifest

RUNTIME, WHY, MADE, LEAST = "runtime", "why", "made", "lowest cosine"
GRAPH, MODEL = "onnxruntime", "sentence-transformers"
# What decides the graph, besides what decides a vector.
_LIBRARIES = ("onnx", "onnxscript", "onnxruntime")
_LEAST_COSINE = 0.9999
OpenEncoder = Callable[[ModelSpec], QuestionEncoder]
# One word and many, names, numbers, other scripts, and more text than the model reads.
_PROBES = (
    "gold",
    "who controls illegal gold mining in Peru",
    "Which role do port officials in Côte d'Ivoire play in the shipping of cocaine to Europe?",
    "How many people were convicted of human trafficking in 2019, and what share (in %) was under 18?",
    "¿Quién controla la minería ilegal? 谁控制非法采矿 — кто?",
    "the profile says " * 200,
)


@dataclass(frozen=True, slots=True)
class QuestionModel:
    """The graph, None if the model itself encodes questions, and for the manifest how it was made or why not."""

    graph: bytes | None
    record: Mapping[str, str]


def question_model(encoder: Encoder, earlier: Iterable[tuple[Path, Manifest]]) -> QuestionModel:
    """The graph of a model: taken from an earlier generation made from the same weights in the same way, else a new one.

    A graph whose vectors differ from the model's (cosine below 0.9999 for any probe or any of its tokens) is not used.
    """
    made = _made(encoder.spec)
    for folder, manifest in earlier:
        if manifest.questions[MADE] == made:
            try:
                return QuestionModel(stored_graph(folder, manifest), manifest.questions)
            except ModelError:
                continue
    from index.encoders.onnx_question import open_question_encoder

    try:
        graph = encoder.export_questions()
        lowest = _lowest_cosine(encoder, open_question_encoder(graph, encoder.spec))
        if lowest < _LEAST_COSINE:
            raise ModelError(f"its graph gives different vectors (cosine {lowest:.4f})")
    except ModelError as error:
        return QuestionModel(None, {RUNTIME: MODEL, WHY: error.message, MADE: made})
    return QuestionModel(graph, {RUNTIME: GRAPH, LEAST: f"{lowest:.6f}", MADE: made})


class LazyEncoder:
    """A question encoder that is opened by the first question that needs one, once for all threads.

    If the first way to open one fails, the next is tried, and `trouble` says why.
    """

    def __init__(self, spec: ModelSpec, *ways: OpenEncoder) -> None:
        self._spec = spec
        self._ways = ways
        self._lock = threading.Lock()
        self._encoder: QuestionEncoder | None = None
        self.trouble = ""

    def get(self) -> QuestionEncoder:
        """The encoder. Raises ModelError if its weights are not those the index was built with."""
        if self._encoder is None:
            with self._lock:
                if self._encoder is None:
                    self._encoder = self._opened()
        return self._encoder

    def begin(self) -> None:
        """Start opening it in a thread of its own; `get` reports any failure."""

        def open_quietly() -> None:
            with suppress(OcqaError):
                self.get()

        threading.Thread(target=open_quietly).start()

    def _opened(self) -> QuestionEncoder:
        for open_one in self._ways[:-1]:
            try:
                return open_one(self._spec)
            except ModelError as error:
                self.trouble = error.message
        encoder = self._ways[-1](self._spec)
        if encoder.spec != self._spec:
            raise ModelError(
                f"the model {self._spec.name!r} is not the one this index was built with (its weights differ)", REBUILD
            )
        return encoder


def openers(folder: Path, manifest: Manifest) -> tuple[Callable[[ModelSpec], QuestionEncoder], ...]:
    """Ways to open a question encoder for a generation, the quickest first. Each raises ModelError if it fails."""

    def by_model(spec: ModelSpec) -> QuestionEncoder:
        return open_encoder(spec.name, download=False)

    def by_graph(spec: ModelSpec) -> QuestionEncoder:
        from index.encoders.onnx_question import open_question_encoder  # not for questions about scores

        return open_question_encoder(stored_graph(folder, manifest) or b"", spec)

    return (by_graph, by_model) if manifest.questions[RUNTIME] == GRAPH else (by_model,)


def stored_graph(folder: Path, manifest: Manifest) -> bytes | None:
    """The graph of a generation, None if it was built without one. Raises ModelError if it is damaged."""
    if manifest.questions[RUNTIME] != GRAPH:
        return None
    try:
        graph = (folder / folders.QUESTIONS).read_bytes()
    except OSError as error:
        raise ModelError(f"{folders.QUESTIONS} cannot be read ({error.strerror})") from error
    if folders.record_of(graph) != manifest.files.get(folders.QUESTIONS):
        raise ModelError(f"{folders.QUESTIONS} was changed after the build")
    return graph


def _made(spec: ModelSpec) -> str:
    from importlib.metadata import version  # slow to import, and readers do not need it

    libraries = (f"{name} {version(name)}" for name in ("torch", "transformers", "sentence-transformers", *_LIBRARIES))
    return ", ".join([f"weights {spec.weights_sha256}", *libraries])


def _lowest_cosine(model: QuestionEncoder, graph: QuestionEncoder) -> float:
    lowest = 1.0
    for text in _PROBES:
        right, ours = model.encode_question(text), graph.encode_question(text)
        if not np.array_equal(right.spans, ours.spans):
            return -1.0
        lowest = min(lowest, float(right.vector @ ours.vector), float((right.tokens * ours.tokens).sum(axis=1).min()))
    return lowest
