"""The judge: whether a window of a passage answers a question, from both read together.

It is a sentence encoder of twelve layers (all-mpnet-base-v2) that has learned to judge from questions that authors wrote beside
pages, each with a twin that the page does not answer (`index/data/judge.*`, made by `tests/fitting/fit_judge.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.encoders.onnx_reading import ReadingSession, Tokens, open_whole_session
from index.judging.judge_file import JudgeFiles, judge_files
from index.judging.packed import Bytes, matrix, matrix_size, word_vectors
from index.judging.pair_tags import TAGS, question_tags, window_tags
from index.judging.windows import lead_of, window_around
from index.language.sentences import Span
from index.passages.passage import Passage

LONGEST, DIMENSION = 160, 768
# Among the reasons why a window does not answer: that it does, that it lacks the detail, that it is about something else.
ANSWERS, DETAIL, OTHER = "", "detail", "other"
_OPENING = Lock()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge makes of a window, a character range of its passage.

    `answers` is in log-odds. `faults` has the chance of each reason why it does not answer, and "" that it does; they sum to 1.
    `words` are the character ranges of the passage's words that answer or come nearest, with the log-odds of each.
    """

    window: Span
    answers: float
    faults: Mapping[str, float]
    words: tuple[tuple[Span, float], ...]

    @property
    def against(self) -> float:
        """The chance, 0 to 1, that the window speaks against the question: on its topic, with something in it otherwise."""
        return max(0.0, 1.0 - sum(self.faults.get(fault, 0.0) for fault in (ANSWERS, DETAIL, OTHER)))


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Judges windows. Safe to share between threads. `words` are its word vectors as they are stored, `pairs` the hash of the
    questions that it was fitted on."""

    session: ReadingSession
    words: Bytes
    faults: tuple[str, ...]
    pairs: str

    def judgement(self, question: str, passage: Passage, sentence: int) -> Judgement:
        """Of the window of a passage around one of its sentences. `question` is a `read_text`."""
        start, end = window_around(passage.text, passage.sentences, sentence)
        lead = f"{lead_of(passage)}: "
        beside = lead + passage.text[start:end]
        read = self.session.tokens(question, beside)
        vectors = word_vectors(self.words, read.ids, DIMENSION)
        whole, each = self.session.run(words=vectors, texts=read.texts, tags=tag_numbers(read, question, beside))
        raised = np.exp(whole[1:] - whole[1:].max())
        moved = start - len(lead)
        words = tuple(
            ((first + moved, last + moved), float(score))
            for (first, last), text, score in zip(read.spans.tolist(), read.texts.tolist(), each.tolist(), strict=True)
            if text and last > first >= len(lead)
        )
        return Judgement(
            (start, end), float(whole[0]), dict(zip(self.faults, (raised / raised.sum()).tolist(), strict=True)), words
        )


def tag_numbers(read: Tokens, question: str, beside: str) -> NDArray[np.int64]:
    """The position in TAGS of each token's tag, int64[tokens], of a question and what stands beside it."""
    tags = np.zeros(len(read.ids), dtype=np.int64)
    for text, tagged in ((0, question_tags), (1, window_tags)):
        own = read.texts == text
        tags[own] = [TAGS.index(tag) for tag in tagged(question, beside, read.spans[own])]
    return tags


def open_judge(files: JudgeFiles) -> Judge:
    """The judge of these files. Raises ModelError if it cannot be opened, or the packaged model is missing."""
    try:
        if files.about["tags"] != list(TAGS):
            raise ModelError("the judge was fitted for other tags")
        matrices, start = {}, 0
        for name, rows, columns in files.about["matrices"]:
            size = matrix_size(rows, columns)
            matrices[name] = matrix(files.matrices[start : start + size], rows, columns)
            start += size
        session = open_whole_session(files.graph, matrices, LONGEST)
        return Judge(session, files.words, tuple(files.about["faults"]), files.about["pairs"])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the files of the judge do not fit together ({error})", "install ocqa again") from error


def judge() -> Judge | None:
    """The judge that comes with the package, opened once for all threads; None if a file of it is not there. Raises ModelError
    if the packaged model is missing or a file cannot be read."""
    with _OPENING:
        return _packaged()


@cache
def _packaged() -> Judge | None:
    files = judge_files()
    return None if files is None else open_judge(files)
