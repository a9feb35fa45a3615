"""Where the sentences of a paragraph begin and end, as character ranges of the text.

The sentencex library handles abbreviations and numbers. In addition, clauses joined by semicolons, as in reference works, are
split at the semicolons, so that a single clause can be shown as the answer.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

# A full stop after these does not end a sentence if a digit or a lower-case letter follows.
_OPEN_ABBREVIATION = re.compile(r"\b(?:est|approx|ca|cf|incl|nos?|vs|etc|pp?|fig|art|sec|ch|vol)\.\s*$", re.IGNORECASE)
_CLAUSE = re.compile(r";\s+|\s\+\+\s")
_SHORTEST_CLAUSE = 25


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Half-open character ranges in order, without surrounding space or the semicolon that ends a clause."""
    starts = sorted({0, *(b["start_index"] for b in get_sentence_boundaries("en", text) if b["start_index"] < len(text))})
    spans = [(a, b) for a, b in pairwise([*starts, len(text)])]
    merged: list[Span] = []
    for start, end in spans:
        if merged and _continues(text[merged[-1][0] : merged[-1][1]], text[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(t for span in merged for clause in _clauses(text, span) if (t := _trimmed(text, clause)))


def _continues(before: str, after: str) -> bool:
    follows = after.lstrip()[:1]
    return bool(_OPEN_ABBREVIATION.search(before)) and (follows.isdigit() or follows.islower())


def _clauses(text: str, span: Span) -> list[Span]:
    start, end = span
    cuts = [start]
    for match in _CLAUSE.finditer(text, start, end):
        if match.end() - cuts[-1] >= _SHORTEST_CLAUSE and end - match.end() >= _SHORTEST_CLAUSE:
            cuts.append(match.end())
    return list(pairwise([*cuts, end]))


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    body = text[start:end]
    kept = body.rstrip(" ;\n\t\u00a0").lstrip()
    if not kept:
        return None
    first = start + body.index(kept)
    return first, first + len(kept)
