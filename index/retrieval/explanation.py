"""Why a passage was found, for people: its signals, and which of its words match which words of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from index.contract.answer_object import SignalShown, Why, WordPair
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence, joined
from index.questions.question import Question
from index.retrieval.candidates import Hit, Retrieved
from index.retrieval.signals import AskedWord, Signals
from index.retrieval.weights import weights
from index.stores.token_index import Near

_NAMES = tuple(f.name for f in fields(Signals))
_SAID = {
    "sentence": "a sentence close in meaning",
    "words_together": "the words of the question together in one sentence",
    "asked_words": "the words asked for",
}


def whys_found(retrieved: Retrieved, question: Question, snapshot: Snapshot) -> tuple[Why, ...]:
    """For each hit its signals, with what each adds to the relevance, and the words of the passage nearest to those asked."""
    tokens = retrieved.encoded.tokens if retrieved.encoded is not None else None
    nearest: Sequence[Sequence[Near]] = [()] * len(retrieved.hits)
    if tokens is not None and retrieved.asked:
        asked = np.array([tokens[list(word.tokens)].mean(axis=0) for word in retrieved.asked])
        nearest = snapshot.words.nearest(asked, [hit.match.row for hit in retrieved.hits])
    ranking = np.array([getattr(weights().ranking, name) for name in _NAMES])
    values = np.array([[getattr(hit.signals, name) for name in _NAMES] for hit in retrieved.hits]).reshape(-1, len(_NAMES))
    rounded, added = values.round(3).tolist(), (values * ranking).round(2).tolist()
    whys = []
    for hit, near, of_hit, points in zip(retrieved.hits, nearest, rounded, added, strict=True):
        shown = tuple(
            SignalShown(name, value, worth, _band(name, value)) for name, value, worth in zip(_NAMES, of_hit, points, strict=True)
        )
        words = _pairs(hit.passage.text, retrieved.asked, near)
        whys.append(Why(shown, words, _said(hit, shown, words, question, snapshot)))
    return tuple(whys)


def _pairs(text: str, asked: Sequence[AskedWord], nearest: Sequence[Near]) -> tuple[WordPair, ...]:
    pairs, shown = [], weights().likeness.shown
    for word, (span, likeness) in zip(asked, nearest, strict=False):
        if likeness >= shown:
            start, end = _whole_word(text, span)
            pairs.append(WordPair(word.text, text[start:end], (start, end), round(likeness, 3)))
    return tuple(pairs)


def _whole_word(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The word that a token is part of."""
    start, end = span
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _band(name: str, value: float) -> str:
    band = weights().bands.get(name)
    if band is None:
        return ""
    return "strong" if value >= band.strong else "fair" if value >= band.weak else "weak"


def _said(hit: Hit, shown: Sequence[SignalShown], words: Sequence[WordPair], question: Question, snapshot: Snapshot) -> str:
    by_band: dict[str, list[str]] = {}
    for signal in shown:
        if signal.band:
            by_band.setdefault(signal.band, []).append(_SAID[signal.name])
    parts = [f"{band}: {joined(by_band[band])}" for band in ("strong", "fair", "weak") if band in by_band]
    if words:
        pairs = dict.fromkeys(w.found if w.asked.casefold() == w.found.casefold() else f"{w.asked} → {w.found}" for w in words)
        parts.append(f"words: {', '.join(pairs)}")
    if hit.signals.topic:
        names = [in_sentence(snapshot.taxonomy.indicators[i]) for i in question.indicators]
        parts.append(f"its section covers {joined(names)}" if names else "its section is the one asked for")
    if hit.signals.older:
        parts.append("an older edition, which counts against it")
    if question.reworded:
        parts.append("searched as: " + ", ".join(f"{typed} = {read}" for typed, read in question.reworded))
    return "; ".join(parts)
