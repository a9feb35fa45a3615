"""The most telling sentence of each section of a page, without a question: the one nearest to what the section is about.

What a section is about are the definitions of its indicators, whose vectors are stored with those of the sentences, so nothing
is encoded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from index.encoders.protocol import Vectors
from index.generations.snapshot import Snapshot
from index.language.sentences import Span
from index.passages.passage import Passage, PassageKind
from index.retrieval.signals import owned_rows

_SHORTEST = 40
# Chosen by hand: on the development pages, sentences further from the definitions than this are about something else.
_LEAST = 0.2
# A sentence that leans on the one before it does not stand alone.
_LEANS = re.compile(
    r"(?:they|it|he|she|its|their|these|this|those|such|however|moreover|furthermore|additionally|in addition|also|but|"
    r"as a result|therefore|both|another|others|the (?:former|latter))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage with the character range of its section's most telling sentence; `score` is its cosine, -1 to 1."""

    passage: Passage
    sentence: Span
    score: float


def telling_sentences(snapshot: Snapshot, country: str, edition: int, about: Collection[str] = ()) -> tuple[Telling, ...]:
    """One for each section of the page that has a sentence near its topic, in the order of the Index.

    With `about`, only the sections that cover one of these indicators, and each sentence is the nearest to their definitions.
    """
    rows: dict[str, list[int]] = {}
    for place in snapshot.places:
        if (place.kind, place.country, place.edition) == (PassageKind.PARAGRAPH, country, edition):
            for row in range(place.start, place.end):
                rows.setdefault(snapshot.passages[row].section_id or "", []).append(row)
    found = []
    for section in snapshot.taxonomy.sections:
        wanted = [i for i in section.indicators if i in about] if about else list(section.indicators)
        if section.id in rows and wanted:
            best = _most_telling(snapshot, rows[section.id], _meaning_of(snapshot, wanted))
            found += [best] if best is not None and best.score >= _LEAST else []
    return tuple(found)


def _meaning_of(snapshot: Snapshot, indicators: Collection[str]) -> Vectors:
    """The mean of the definitions' vectors, float32[dimension]."""
    first = [int(snapshot.chunk_starts[snapshot.definition_rows[i]]) for i in indicators]
    mean: Vectors = np.mean([snapshot.chunks.vector(row) for row in first], axis=0, dtype=np.float32)
    return mean / np.float32(np.linalg.norm(mean))


def _most_telling(snapshot: Snapshot, passages: list[int], meaning: Vectors) -> Telling | None:
    """The best sentence that stands alone; the best of all where none does."""
    rows, _ = owned_rows(np.array(passages, dtype=np.int64), snapshot.sentence_starts)
    cosines = snapshot.sentences.similarities(meaning, rows).tolist()
    sentences = [(snapshot.passages[p], span) for p in passages for span in snapshot.passages[p].sentences]
    if not sentences:
        return None
    alone = [
        n
        for n, (passage, (start, end)) in enumerate(sentences)
        if end - start >= _SHORTEST and not _LEANS.match(passage.text[start:end])
    ]
    best = max(alone or range(len(sentences)), key=lambda n: (round(cosines[n], 4), -n))
    passage, span = sentences[best]
    return Telling(passage, span, round(cosines[best], 4))
