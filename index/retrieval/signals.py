"""The signals that rank a passage, each on its own, before they are weighted and summed.

Vectors of passages and sentences say what a text is about, token vectors whether each word of the question has a match in it,
and BM25 whether the words themselves are there. The rest is known from the passage's place: its section, edition and length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.naming import fold
from index.encoders.protocol import Encoded, Vectors
from index.generations.snapshot import Snapshot
from index.language.stems import STOPWORDS, stem, stems
from index.passages.passage_file import section_indicators
from index.questions.question import Question
from index.stores.row_ranges import Runs
from index.stores.token_index import Likeness, Likenesses
from index.stores.vector_index import Rows, VectorIndex

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was retrieved. Cosines are -1 to 1, `keyword` is a BM25 relevance of 0 or more.

    `passage` and `sentence` are the cosines of its best chunk and its best sentence. `words` is the cosine of each word of the
    question with the nearest word of the passage, on average; `words_together` is the same within the best sentence, and
    `asked_words` counts only the words that say what is asked, rare ones more. `topic` is 1 if its section covers an indicator
    asked for, `older` the number of newer editions loaded for the country (0 if the question names editions), `length` the
    logarithm of its length in characters.
    """

    passage: float
    sentence: float
    words: float
    words_together: float
    asked_words: float
    keyword: float
    topic: float
    older: float
    length: float


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that says what is asked: as typed, the positions of its tokens in the encoded question, and how rare it is."""

    text: str
    tokens: tuple[int, ...]
    rarity: float


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """How a passage matches a question: its signals and, by sentence, the cosines and the likeness of words.

    `nearness` float32[sentences] is the mean likeness of all words of the question plus that of the words asked for.
    """

    row: int
    signals: Signals
    sentences: Vectors
    likeness: Likeness
    nearness: Vectors


@dataclass(frozen=True, slots=True)
class CandidateSignals:
    """The signals of all candidates: `rows` int64[passages], `signals` float64[passages, signals] in the order of `Signals`.

    `sentences` float32[sentences] are the cosines of their sentences, those of passage i starting at `starts[i]`; `nearness`
    float32[sentences] belongs to the sentences of `likenesses`.
    """

    rows: Rows
    signals: NDArray[np.float64]
    sentences: Vectors
    starts: Rows
    likenesses: Likenesses
    nearness: Vectors

    def match(self, at: int) -> PassageMatch:
        """One candidate, by its position."""
        near = self.likenesses.starts
        return PassageMatch(
            int(self.rows[at]),
            Signals(*self.signals[at].tolist()),
            self.sentences[self.starts[at] : self.starts[at + 1]],
            self.likenesses.of(at),
            self.nearness[near[at] : near[at + 1]],
        )


def asked_words(question: Question, encoded: Encoded, snapshot: Snapshot) -> tuple[AskedWord, ...]:
    """The words of a question that say what is asked: no stop words, no names that were read as places."""
    reworded = (word for _, read in question.reworded for word in read.split())
    asked = {fold(word) for word in (*question.words, *question.topic_words, *reworded)}
    capitals = (name for c in question.capitals for name in snapshot.taxonomy.countries[c].capitals)
    left_out = STOPWORDS.union(*(fold(name).split() for name in capitals))
    found = []
    spans = encoded.spans.tolist()
    for match in _WORD.finditer(question.read_text):
        parts = [part for part in fold(match.group()).split() if part in asked and part not in left_out]
        tokens = tuple(i for i, (a, b) in enumerate(spans) if a < match.end() and b > match.start())
        if parts and tokens:
            found.append(AskedWord(match.group(), tokens, snapshot.keywords.rarity(stem(parts[0]))))
    return tuple(found)


def candidate_signals(
    snapshot: Snapshot, question: Question, encoded: Encoded, asked: Sequence[AskedWord], keyword: Vectors, rows: Rows
) -> CandidateSignals:
    """The signals of these passages, by row, int64[passages], in that order."""
    in_chunks, chunk_starts = similarities(snapshot.chunks, encoded.vector, rows, snapshot.chunk_starts)
    in_sentences, starts = similarities(snapshot.sentences, encoded.vector, rows, snapshot.sentence_starts)
    near = snapshot.words.likeness(encoded.tokens, rows)
    # One row averages all words, the other only the words asked for.
    means = np.stack([np.full(len(encoded.tokens), 1 / max(1, len(encoded.tokens))), asked_weights(asked, len(encoded.tokens))])
    of_sentences = near.sentences @ means.T.astype(np.float32)
    columns = (
        highest(in_chunks, chunk_starts),
        highest(in_sentences, starts),
        near.passages.mean(axis=1) if near.passages.shape[1] else np.zeros(len(rows)),
        highest(of_sentences[:, 0], near.starts),
        highest(of_sentences[:, 1], near.starts),
        keyword[rows],
        _on_topic(snapshot, question, rows),
        _older(snapshot, question, rows),
        snapshot.log_lengths[rows],
    )
    signals = np.stack(columns, axis=1, dtype=np.float64)
    return CandidateSignals(rows, signals, in_sentences, starts, near, of_sentences.sum(axis=1))


def highest(values: Vectors, starts: Rows) -> Vectors:
    """The highest value of each segment, float32[segments], 0 for an empty one; a segment ends where the next starts."""
    found = np.zeros(len(starts) - 1, np.float32)
    held = np.flatnonzero(starts[1:] > starts[:-1])
    if len(held):
        found[held] = np.maximum.reduceat(values, starts[held])
    return found


def asked_weights(asked: Sequence[AskedWord], tokens: int) -> Vectors:
    """The weight of each token of the question among the asked words, rare ones more: they sum to 1, to 0 if none is asked."""
    weights = np.zeros(tokens, dtype=np.float32)
    total = sum(word.rarity for word in asked)
    for word in asked:
        weights[list(word.tokens)] += word.rarity / (total * len(word.tokens))
    return weights


def keyword_relevance(snapshot: Snapshot, question: Question, allowed: Runs) -> Vectors:
    """The BM25 relevance of every passage to the words that say what is asked or name the topic; 0 for those not allowed."""
    return snapshot.keywords.relevance(stems(" ".join((*question.words, *question.topic_words))), allowed)


def owned_rows(passages: Rows, starts: Rows) -> tuple[Rows, Rows]:
    """The rows that belong to these passages, in order, and where those of each passage start: int64[passages + 1]."""
    counts = starts[passages + 1] - starts[passages]
    begins = np.concatenate([[0], np.cumsum(counts)])
    return np.arange(begins[-1]) + np.repeat(starts[passages] - begins[:-1], counts), begins


def similarities(index: VectorIndex, query: Vectors, passages: Rows, starts: Rows) -> tuple[Vectors, Rows]:
    """The similarity of every row of each passage, in order, and where those of each passage start: int64[passages + 1]."""
    rows, begins = owned_rows(passages, starts)
    return index.similarities(query, rows), begins


def _on_topic(snapshot: Snapshot, question: Question, rows: Rows) -> list[bool]:
    known: dict[tuple[str | None, str | None], bool] = {}
    found = []
    for passage in map(snapshot.passages.__getitem__, rows.tolist()):
        place = (passage.section_id, passage.indicator)
        if place not in known:
            topics = section_indicators(passage, snapshot.taxonomy)
            known[place] = passage.section_id in question.sections or any(i in topics for i in question.indicators)
        found.append(known[place])
    return found


def _older(snapshot: Snapshot, question: Question, rows: Rows) -> Rows:
    return np.zeros(len(rows), np.int64) if question.editions else snapshot.newer_editions[rows]
