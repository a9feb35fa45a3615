"""Questions that what is loaded answers, to show to somebody who asks for help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.taxonomy import Indicator
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence, in_sentence

COUNT = 3
_TOPIC = "cocaine_trade"


def example_questions(snapshot: Snapshot) -> tuple[str, ...]:
    """At most three complete questions, of different kinds, chosen by what is loaded alone; empty if nothing is."""
    return tuple(question for question in (_of_rank(snapshot), _of_order(snapshot), _of_text(snapshot)) if question)[:COUNT]


def _of_rank(snapshot: Snapshot) -> str:
    countries = sorted(c for c in snapshot.loaded.countries if snapshot.loaded.editions("criminality", (c,)))
    if not countries:
        return ""
    with_text = [country for country in countries if country in snapshot.text_editions]
    chosen = (with_text or countries)[len(with_text or countries) // 2]
    region = group_in_sentence(snapshot.taxonomy.countries[chosen].region, snapshot.taxonomy)
    return f"How does {snapshot.taxonomy.countries[chosen].name} rank for criminality in {region}?"


def _of_order(snapshot: Snapshot) -> str:
    indicator = _best_covered(snapshot)
    if indicator is None:
        return ""
    edition = snapshot.loaded.editions(indicator.id)[-1]
    regions = Counter(snapshot.taxonomy.region(c, edition) for c in snapshot.loaded.having(indicator.id, edition))
    region = min(regions, key=lambda name: (-regions[name], name))
    place = group_in_sentence(region, snapshot.taxonomy)
    return f"Which country in {place} has the highest score for {in_sentence(indicator)} in {edition}?"


def _best_covered(snapshot: Snapshot) -> Indicator | None:
    measured = snapshot.taxonomy.indicators
    loaded = [i for i in measured if snapshot.loaded.editions(i)]
    return measured[_TOPIC if _TOPIC in loaded else loaded[0]] if loaded else None


def _of_text(snapshot: Snapshot) -> str:
    for section in snapshot.taxonomy.sections:
        with_text = sorted(set(_with_paragraphs(snapshot, section.id)))
        if with_text and section.indicators:
            country = snapshot.taxonomy.countries[with_text[len(with_text) // 2]].name
            topic = in_sentence(snapshot.taxonomy.indicators[section.indicators[0]])
            return f"What does the profile of {country} say about {topic}?"
    return ""


def _with_paragraphs(snapshot: Snapshot, section: str) -> Iterator[str]:
    return (p.country for p in snapshot.coverage if p.paragraphs.get(section) and section not in p.placeholders)
