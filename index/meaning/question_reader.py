"""The question reader: what a question asks, from its words in their order, and what each of its names and numbers does in it.

It is the packaged encoder with small changes to its matrices, learned from labelled questions (`index/data/question_reader.onnx`,
made by `tests/fitting/fit_question_reader.py`); the encoder's own weights are read from its file. It and the words alone err on
different questions; joined they are right more often than either.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from corpus.taxonomy import load_taxonomy
from index.encoders.onnx_reading import ReadingSession, open_reading_session
from index.meaning.asked import Learned
from index.meaning.learned import pillars_of
from index.meaning.masked import Masked
from index.meaning.roles import ROLES, ROLES_OF, SLOTS
from index.meaning.token_tags import NOTHING, WORD, token_tags, token_words
from index.questions.question import Question

FILE = "question_reader.onnx"
_SURE = 1e-6
_LONGEST = 256
_OPENING = Lock()

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Joining:
    """How the reader is joined with what words alone say: `words` and `reader` are the weights of their logarithms."""

    words: float
    reader: float


@dataclass(frozen=True, slots=True, eq=False)
class QuestionReader:
    """Reads questions. Safe to share between threads. `pillars` has the pillar of each indicator, `questions` is the hash of the
    questions that it was fitted on."""

    session: ReadingSession
    tags: Mapping[str, int]
    kinds: tuple[str, ...]
    orders: tuple[str, ...]
    indicators: tuple[str, ...]
    join: Mapping[str, Joining]
    pillars: Mapping[str, str]
    questions: str

    def joined(self, words: Learned, question: Question, masked: Masked) -> Learned:
        """What was learned of a question from its words alone, joined with what this reader makes of it."""
        found = self.read(question, masked)
        return replace(
            found,
            kinds=_one_of(words.kinds, found.kinds, self.join["kinds"]),
            orders=_one_of(words.orders, found.orders, self.join["orders"]),
            indicators=_each_of(words.indicators, found.indicators, self.join["indicators"]),
        )

    def read(self, question: Question, masked: Masked) -> Learned:
        """What this reader alone makes of a question. `masked` is its masked text."""
        read = self.session.tokens(question.read_text)
        spans = read.spans
        inside = spans[:, 1] > spans[:, 0]
        tags = np.full(len(spans), self.tags[NOTHING])
        tags[inside] = [self.tags.get(tag, self.tags[WORD]) for tag in token_tags(question, spans[inside], self.pillars)]
        labels, roles = self.session.run(input_ids=read.ids, tags=tags)
        sizes = [len(self.kinds), len(self.orders), len(self.indicators), *map(len, SLOTS.values())]
        kinds, orders, indicators, *slots = np.split(labels, np.cumsum(sizes)[:-1])
        return Learned(
            _shares(self.kinds, kinds),
            _shares(self.orders, orders),
            dict(zip(self.indicators, (1 / (1 + np.exp(-indicators))).tolist(), strict=True)),
            {name: _shares(values, scores) for (name, values), scores in zip(SLOTS.items(), slots, strict=True)},
            {
                mark: _shares(ROLES_OF[mark[0]], roles[list(tokens)].mean(0)[[ROLES.index(r) for r in ROLES_OF[mark[0]]]])
                for mark, tokens in mark_tokens(question, masked, spans).items()
                if mark[0] in ROLES_OF
            },
        )


def mark_tokens(question: Question, masked: Masked, spans: NDArray[np.int32]) -> dict[str, tuple[int, ...]]:
    """The tokens of each mark of a masked question; a mark whose words were replaced in the `read_text` may have none.

    `spans` are the character ranges of the tokens in the `read_text`, int32[tokens, 2], empty for special tokens.
    """
    inside = np.flatnonzero(spans[:, 1] > spans[:, 0]).tolist()
    words = dict(zip(inside, token_words(question, spans[inside]), strict=True))
    found = {}
    for mark, span in masked.marks.items():
        tokens = tuple(t for t, word in words.items() if word is not None and span.start <= word < max(span.end, span.start + 1))
        if tokens:
            found[mark] = tokens
    return found


def open_question_reader(graph: bytes) -> QuestionReader:
    """The reader of a graph. Raises ModelError if it cannot be opened, or the packaged model is missing or another one."""
    session, described = open_reading_session(graph, _LONGEST)
    try:
        about = json.loads(described)
        if about["roles"] != list(ROLES) or about["slots"] != {name: list(values) for name, values in SLOTS.items()}:
            raise ModelError("the question reader was fitted for other slots")
        return QuestionReader(
            session,
            {tag: number for number, tag in enumerate(about["tags"])},
            tuple(about["kinds"]),
            tuple(about["orders"]),
            tuple(about["indicators"]),
            {name: Joining(**how) for name, how in about["joining"].items()},
            pillars_of(load_taxonomy()),
            about["questions"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the question reader does not say what it reads ({error})") from error


def question_reader() -> QuestionReader:
    """The reader that comes with the package, opened once for all threads. Raises ModelError if the packaged model is missing or
    another one."""
    with _OPENING:
        return _packaged()


@cache
def _packaged() -> QuestionReader:
    return open_question_reader(files("index").joinpath("data", FILE).read_bytes())


def _one_of(one: Mapping[str, float], other: Mapping[str, float], how: Joining) -> dict[str, float]:
    """The chances of both, of labels of which one holds; a label that the other does not know gets the least it can say."""
    labels = tuple(other)
    scores = [how.words * _log(one.get(label, 0.0)) + how.reader * _log(other[label]) for label in labels]
    return _shares(labels, np.array(scores, dtype=np.float32))


def _each_of(one: Mapping[str, float], other: Mapping[str, float], how: Joining) -> dict[str, float]:
    """The chances of both, of labels that hold independently."""
    return {
        label: 1 / (1 + math.exp(-(how.words * _log_odds(one.get(label, 0.0)) + how.reader * _log_odds(p))))
        for label, p in other.items()
    }


def _log(p: float) -> float:
    return math.log(max(p, _SURE))


def _log_odds(p: float) -> float:
    bounded = min(max(p, _SURE), 1 - _SURE)
    return math.log(bounded / (1 - bounded))


def _shares(labels: tuple[str, ...], scores: Floats) -> dict[str, float]:
    """Softmax: chances that sum to 1."""
    raised = np.exp(scores - scores.max())
    return dict(zip(labels, (raised / raised.sum()).tolist(), strict=True))
