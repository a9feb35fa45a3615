"""What speaks for a passage: each signal on its own, before anything is summed.

Vectors of passages and sentences say what a text is about, words held against words say whether all that is asked is in it,
shared stems say it literally, and the rest is known from the place: the section, the edition, the length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.naming import fold
from index.chunk import Passage
from index.dense import DenseIndex, Rows
from index.embed import Encoded, Vectors
from index.keyword import STOPWORDS, stem, stems
from index.passages import section_indicators
from index.question import Question
from index.snapshot import Snapshot
from index.words import Likeness

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was found. Cosines are -1 to 1, `keyword` is a BM25 relevance of 0 or more.

    `passage` and `sentence` are the cosines of its best chunk and best sentence. `words` is how near the words of the question
    come, on average, to the nearest word of the passage, `words_together` the same within its best sentence, and `asked_words`
    that of the words that are asked for alone, rare ones counting more. `topic` is 1 where its section speaks of an
    indicator that was asked for, `older` how many newer editions of the country are loaded (0 where the question names
    editions), `length` the logarithm of its length in characters.
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
    """A word that says what is asked: as typed, the numbers of its tokens in the encoded question, and how rare it is."""

    text: str
    tokens: tuple[int, ...]
    rarity: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage looked at: its signals and, sentence by sentence, the cosines and how near each word of the question comes."""

    row: int
    signals: Signals
    sentences: tuple[float, ...]
    likeness: Likeness


def asked_words(question: Question, encoded: Encoded, snapshot: Snapshot) -> tuple[AskedWord, ...]:
    """The words of a question that say what is asked: neither names of places read as such nor words of every question."""
    reworded = (word for _, read in question.reworded for word in read.split())
    asked = {fold(word) for word in (*question.words, *question.topic_words, *reworded)}
    capitals = (name for c in question.capitals for name in snapshot.taxonomy.countries[c].capitals)
    left_out = STOPWORDS.union(*(fold(name).split() for name in capitals))
    found = []
    for match in _WORD.finditer(question.read_text):
        parts = [part for part in fold(match.group()).split() if part in asked and part not in left_out]
        tokens = tuple(i for i, (a, b) in enumerate(encoded.spans) if a < match.end() and b > match.start())
        if parts and tokens:
            found.append(AskedWord(match.group(), tokens, snapshot.keywords.rarity(stem(parts[0]))))
    return tuple(found)


def look_at(
    snapshot: Snapshot, question: Question, encoded: Encoded, asked: Sequence[AskedWord], keyword: Vectors, rows: Sequence[int]
) -> list[Seen]:
    """The signals of these passages, in order."""
    in_chunks = similarities(snapshot.chunks, encoded.vector, rows, snapshot.chunk_starts)
    in_sentences = similarities(snapshot.sentences, encoded.vector, rows, snapshot.sentence_starts)
    likeness = snapshot.words.likeness(encoded.tokens, rows)
    weights = asked_weights(asked, len(encoded.tokens))
    found = []
    for row, near in zip(rows, likeness, strict=True):
        passage = snapshot.passages[row]
        signals = Signals(
            passage=max(in_chunks[row]),
            sentence=max(in_sentences[row], default=0.0),
            words=_mean(near.passage),
            words_together=_highest(near.sentences.mean(axis=1)) if near.sentences.size else 0.0,
            asked_words=_highest(near.sentences @ weights),
            keyword=float(keyword[row]),
            topic=float(_on_topic(passage, question, snapshot)),
            older=float(_older(passage, question, snapshot)),
            length=math.log(1 + len(passage.text)),
        )
        found.append(Seen(row, signals, tuple(in_sentences[row]), near))
    return found


def asked_weights(asked: Sequence[AskedWord], tokens: int) -> Vectors:
    """What each token of the question counts among the asked words, rare ones more: sums to 1, to 0 where none is asked."""
    weights = np.zeros(tokens, dtype=np.float32)
    total = sum(word.rarity for word in asked)
    for word in asked:
        weights[list(word.tokens)] += word.rarity / (total * len(word.tokens))
    return weights


def keyword_relevance(snapshot: Snapshot, question: Question) -> Vectors:
    """The BM25 relevance of every passage to the words that say what is asked and name the topic."""
    return snapshot.keywords.relevance(stems(" ".join((*question.words, *question.topic_words))))


def owned_rows(passages: Sequence[int] | Rows, starts: Rows) -> list[int]:
    """The rows that belong to these passages."""
    return [row for p in passages for row in range(int(starts[p]), int(starts[p + 1]))]


def similarities(index: DenseIndex, query: Vectors, passages: Sequence[int], starts: Rows) -> dict[int, list[float]]:
    """The similarity of every row that each passage owns, in order."""
    values = iter(index.similarities(query, owned_rows(passages, starts)))
    return {p: [float(next(values)) for _ in range(int(starts[p]), int(starts[p + 1]))] for p in passages}


def _highest(values: Vectors) -> float:
    return float(values.max()) if values.size else 0.0


def _mean(values: Vectors) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _on_topic(passage: Passage, question: Question, snapshot: Snapshot) -> bool:
    topics = section_indicators(passage, snapshot.taxonomy)
    return any(i in topics for i in question.indicators) or passage.section_id in question.sections


def _older(passage: Passage, question: Question, snapshot: Snapshot) -> int:
    if question.editions or passage.country is None or passage.edition is None:
        return 0
    return snapshot.text_editions[passage.country].index(passage.edition)
