"""Passages as they are stored, the range of each profile's passages, and the text that the keyword index sees."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from corpus.taxonomy import Taxonomy
from index.passages.passage import Passage, PassageKind


@dataclass(frozen=True, slots=True)
class PassageRange:
    """Rows `start` up to but excluding `end`: passages of one kind, country and edition."""

    kind: PassageKind
    country: str | None
    edition: int | None
    start: int
    end: int


def places_of(passages: Iterable[Passage]) -> tuple[PassageRange, ...]:
    """The ranges of passages in the order of `index.passages.passage.cut_passages`: one for each profile."""
    places: list[PassageRange] = []
    for (kind, country, edition), of_place in groupby(passages, key=lambda p: (p.kind, p.country, p.edition)):
        start = places[-1].end if places else 0
        places.append(PassageRange(kind, country, edition, start, start + sum(1 for _ in of_place)))
    return tuple(places)


def passages_to_jsonl(passages: Iterable[Passage]) -> str:
    """One passage per line, in order."""
    return "".join(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in passages)


def passages_from_jsonl(text: str) -> tuple[Passage, ...]:
    """Read what `passages_to_jsonl` wrote."""
    # Parsing one text takes half the time of parsing each line.
    lines = ",".join(text.split("\n")[:-1])
    return tuple(map(_passage, json.loads(f"[{lines}]")))


_KINDS = {kind.value: kind for kind in PassageKind}


def _passage(data: dict[str, Any]) -> Passage:
    data["kind"] = _KINDS[data["kind"]]
    data["sentences"] = tuple(map(tuple, data["sentences"]))
    data["chunks"] = tuple(map(tuple, data["chunks"]))
    return Passage(**data)


def section_indicators(passage: Passage, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The indicators a passage may be about: those of its section, or the one it defines."""
    if passage.indicator is not None:
        return (passage.indicator,)
    return next((s.indicators for s in taxonomy.sections if s.id == passage.section_id), ())


def keyword_text(passage: Passage, taxonomy: Taxonomy) -> str:
    """The passage with its heading and the names of its indicators; countries are filtered by, not searched for."""
    names = (taxonomy.indicators[i].name for i in section_indicators(passage, taxonomy))
    return " ".join((passage.text, passage.section or "", *names))
