"""Which profiles and sections a generation has, so that missing pages are not mistaken for silent ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from corpus.records import Corpus


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """One profile: its address, header facts, and what its sections contain.

    `paragraphs` counts by section id; `placeholders` gives, for a section that only announces its topic, the first edition
    that covers it.
    """

    country: str
    edition: int
    url: str
    header: tuple[tuple[str, str], ...]
    paragraphs: Mapping[str, int]
    placeholders: Mapping[str, int]
    note: str


def coverage_of(corpus: Corpus) -> tuple[LoadedProfile, ...]:
    """The loaded profiles, by country and edition."""
    return tuple(
        LoadedProfile(
            country=p.country,
            edition=p.edition,
            url=p.url,
            header=p.header,
            paragraphs={s.id: len(s.paragraphs) for s in p.sections},
            placeholders={s.id: s.first_edition for s in p.sections if s.first_edition is not None},
            note=p.note,
        )
        for p in corpus.profiles
    )


def coverage_to_json(coverage: tuple[LoadedProfile, ...]) -> str:
    """The text of coverage.json."""
    return json.dumps([asdict(profile) for profile in coverage], ensure_ascii=False, indent=1)


def coverage_from_json(text: str) -> tuple[LoadedProfile, ...]:
    """Read coverage.json."""
    return tuple(
        LoadedProfile(
            **{**entry, "header": tuple((label, value) for label, value in entry["header"])},
        )
        for entry in json.loads(text)
    )
