"""The reviewed entries about the Index and this page, in the order in which one reads them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.about.entries import about_entries
from index.answers.about_words import filled
from index.generations.snapshot import Snapshot

_PARTS: Mapping[str, Sequence[str]] = {
    "What the Index is": ("index", "purpose", "publisher", "organized_crime", "funding", "other_indices"),
    "How the scores are made": ("method", "experts", "review", "averages", "weights", "perception", "limitations", "uncertainty"),
    "How to read a score": ("scale", "direction_of_resilience", "criminality_and_resilience", "ranks", "bands"),
    "What is measured": ("indicators", "markets", "actors", "resilience", "not_measured"),
    "Editions": ("editions", "new_in_2023", "new_in_2025", "comparability", "frequency"),
    "Countries": ("coverage", "not_scored", "subnational", "regions", "profile_text", "loaded"),
    "Using it": ("citing", "licence", "download", "report", "contact"),
    "This page": ("how_it_answers", "confidence", "limits", "is_it_ai", "languages", "privacy", "program_makers"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A question about the Index, its answer, and where the answer comes from: an address, or this program."""

    question: str
    text: str
    source: str


def about_parts(snapshot: Snapshot) -> dict[str, tuple[Told, ...]]:
    """The entries by heading, with what is loaded filled in. Every entry named here exists, or this raises KeyError."""
    entries = about_entries().entries
    return {
        heading: tuple(
            Told(_as_question(entries[id].asks[0]), filled(entries[id].text, "", snapshot), entries[id].source) for id in ids
        )
        for heading, ids in _PARTS.items()
    }


def _as_question(asked: str) -> str:
    return f"{asked[:1].upper()}{asked[1:].rstrip('?')}?"
