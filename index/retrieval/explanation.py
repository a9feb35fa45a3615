"""Why a passage was found, for people: which signals speak for it, and which of its words answer to which of the question's.

Pure once the words have been looked up. The bands come from the development questions: strong is above the middle of all right
first passages, weak below nine in ten of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

import numpy as np

from index.contract.answer_object import SignalShown, Why, WordPair
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence, joined
from index.questions.question import Question
from index.retrieval.candidates import Found, Hit
from index.retrieval.signals import AskedWord, Signals
from index.retrieval.weights import WEIGHTS
from index.stores.token_index import Near

_LIKE = 0.6
_BANDS = {"sentence": (0.68, 0.56), "words_together": (0.69, 0.60), "asked_words": (0.61, 0.48)}
_SAID = {
    "sentence": "a sentence close in meaning",
    "words_together": "the words of the question together in one sentence",
    "asked_words": "the words that are asked for",
}


_NAMES = tuple(f.name for f in fields(Signals))
_WORTHS = np.array([getattr(WEIGHTS, name) for name in _NAMES])
_values = attrgetter(*_NAMES)


def whys_found(found: Found, question: Question, snapshot: Snapshot) -> tuple[Why, ...]:
    """For each hit its signals with what each is worth in the order, and the words of the passage nearest to those asked."""
    tokens = found.encoded.tokens if found.encoded is not None else None
    nearest: Sequence[Sequence[Near]] = [()] * len(found.hits)
    if tokens is not None and found.asked:
        asked = np.array([tokens[list(word.tokens)].mean(axis=0) for word in found.asked])
        nearest = snapshot.words.nearest(asked, [hit.seen.row for hit in found.hits])
    values = np.array([_values(hit.signals) for hit in found.hits]).reshape(-1, len(_NAMES))
    rounded, worths = values.round(3).tolist(), (values * _WORTHS).round(2).tolist()
    whys = []
    for hit, near, of_hit, worth in zip(found.hits, nearest, rounded, worths, strict=True):
        shown = tuple(
            SignalShown(name, value, points, _band(name, value))
            for name, value, points in zip(_NAMES, of_hit, worth, strict=True)
        )
        words = _pairs(hit.passage.text, found.asked, near)
        whys.append(Why(shown, words, _said(hit, shown, words, question, snapshot)))
    return tuple(whys)


def _pairs(text: str, asked: Sequence[AskedWord], nearest: Sequence[Near]) -> tuple[WordPair, ...]:
    pairs = []
    for word, (span, likeness) in zip(asked, nearest, strict=False):
        if likeness >= _LIKE:
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
    if name not in _BANDS:
        return ""
    strong, weak = _BANDS[name]
    return "strong" if value >= strong else "fair" if value >= weak else "weak"


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
