"""Where the time of an answer goes: its functions are wrapped from outside while questions are asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from index.answers.answer import ask
from index.encoders.protocol import Encoded, ModelSpec, QuestionEncoder
from index.generations.question_encoders import LazyEncoder
from index.generations.snapshot import Snapshot

ENCODE = "encode"
SEARCH = "search"
REST = "everything else"
# The name of a stage, the module that calls its function, the function.
_WRAPPED = (
    ("understand", "index.answers.answer", "understand"),
    ("read", "index.answers.answer", "readings_of"),
    (SEARCH, "index.retrieval.text_answer", "retrieve"),
    ("evidence", "index.retrieval.text_answer", "evidence_of"),
    ("why found", "index.answers.quoted_answer", "whys_found"),
    ("facts beside the text", "index.answers.quoted_answer", "score_facts"),
    ("scores", "index.answers.scored_answer", "answer_queries"),
)


@dataclass
class Stages:
    """Seconds by stage, each without the stages inside it. For one thread."""

    seconds: dict[str, float] = field(default_factory=dict)
    _inside: list[float] = field(default_factory=lambda: [0.0])

    def measured(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted under a name."""

        def call(*arguments: Any, **named: Any) -> Any:
            self._inside.append(0.0)
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                whole = time.perf_counter() - start
                inside = self._inside.pop()
                self._inside[-1] += whole
                self.seconds[name] = self.seconds.get(name, 0.0) + whole - inside

        return call

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Measure the stages inside this block. A function that does not exist is counted with the rest."""
        found = [(name, import_module(module), function) for name, module, function in _WRAPPED]
        kept = [(module, function, getattr(module, function)) for _, module, function in found if hasattr(module, function)]
        try:
            for name, module, function in found:
                if hasattr(module, function):
                    setattr(module, function, self.measured(name, getattr(module, function)))
            yield
        finally:
            for module, function, original in kept:
                setattr(module, function, original)


class WatchedEncoder:
    """A question encoder that can be measured as a stage."""

    def __init__(self, encoder: QuestionEncoder) -> None:
        self._encoder = encoder
        self.encode: Callable[[str], Encoded] = encoder.encode_question

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""
        return self._encoder.spec

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""
        return self.encode(text)

    def watch(self, stages: Stages) -> None:
        """Count the time of encoding from now on."""
        self.encode = stages.measured(ENCODE, self._encoder.encode_question)


def watched(snapshot: Snapshot) -> tuple[Snapshot, WatchedEncoder]:
    """The snapshot with its encoder open and watched."""
    encoder = WatchedEncoder(snapshot.encoder.get())
    return replace(snapshot, encoder=LazyEncoder(encoder.spec, lambda spec: encoder)), encoder


def is_searched(snapshot: Snapshot, question: str) -> bool:
    """Whether the text is searched for a question, rather than the question declined before."""
    stages = Stages()
    with stages.watching():
        ask(snapshot, question)
    return SEARCH in stages.seconds
